import { expect, it } from "vitest";

import type { Columns } from "../../../../web/src/api/types.js";
import {
  drawnMetrics,
  groupingColumns,
  metricColumns,
  usualColumns,
} from "../../../../web/src/pages/runs/shown-columns.js";
import { columnChoices } from "../../../../web/src/run/column-title.js";

type Column = Columns["columns"][number];

const column = (name: string, kind: Column["kind"]): Column => ({
  name,
  filter_name: name,
  kind,
  type: kind === "metric" ? "number" : "text",
  count: 3,
  min: null,
  max: null,
  distinct: 2,
});

it("what MLflow's clients note by themselves is chosen, but neither shown at first nor grouped by", () => {
  const columns = [
    column("tags.mlflow.user", "tag"),
    column("tags.team", "tag"),
    column("metrics.system/cpu_utilization_percentage", "metric"),
    column("metrics.loss", "metric"),
  ];
  expect(metricColumns(columns).map(({ name }) => name)).toEqual(["metrics.loss"]);
  expect(usualColumns(columns)).toEqual(["status", "metrics.loss", "duration", "started_at"]);
  expect(groupingColumns(columns).map(({ name }) => name)).toEqual(["tags.team"]);
  expect(columnChoices(columns)[0]).toEqual({
    group: "Tags",
    items: [
      { value: "tags.team", label: "team" },
      { value: "tags.mlflow.user", label: "mlflow.user" },
    ],
  });
});

it("shows metrics first, then parameters that differ, and none that is the same everywhere", () => {
  const columns = [
    { ...column("params.cv", "parameter"), distinct: 1 },
    { ...column("params.max_features", "parameter"), distinct: 1, count: 2 },
    { ...column("params.best_depth", "parameter"), count: 1, distinct: 2 },
    column("params.max_depth", "parameter"),
    column("metrics.mean_fit_time", "metric"),
    column("metrics.std_test_score", "metric"),
    column("metrics.mean_test_score", "metric"),
    { ...column("metrics.best_cv_score", "metric"), count: 1 },
  ];
  expect(usualColumns(columns)).toEqual([
    "status",
    "metrics.mean_test_score",
    "params.max_depth",
    "params.best_depth",
    "metrics.mean_fit_time",
    "metrics.std_test_score",
    "metrics.best_cv_score",
    "duration",
    "started_at",
  ]);
});

it("draws metrics with a course before those of which each run has one value", () => {
  const values = (key: string, kinds: Partial<Record<Column["kind"], [number, number]>>) =>
    Object.entries(kinds).map(([kind, [min, max]]) => ({
      ...column(`${kind === "metric" ? "metrics" : kind}.${key}`, kind as Column["kind"]),
      min,
      max,
    }));
  const columns = [
    ...values("accuracy", { metric: [0.8, 0.9], first: [0.8, 0.9], min: [0.8, 0.9], max: [0.8, 0.9] }),
    ...values("going on", { metric: [1, 2] }),
    ...values("loss", { metric: [0.1, 0.2], first: [1, 2], min: [0.1, 0.2], max: [1, 2] }),
  ];
  expect(drawnMetrics(columns)).toEqual(["going on", "loss", "accuracy"]);
});
