import { expect, it } from "vitest";

import type { Columns } from "../../../../web/src/api/types.js";
import {
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
  expect(usualColumns(columns)).toEqual(["status", "started_at", "duration", "metrics.loss"]);
  expect(groupingColumns(columns).map(({ name }) => name)).toEqual(["tags.team"]);
  expect(columnChoices(columns)[0]).toEqual({
    group: "Tags",
    items: [
      { value: "tags.team", label: "team" },
      { value: "tags.mlflow.user", label: "mlflow.user" },
    ],
  });
});
