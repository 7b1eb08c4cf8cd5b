import { readFileSync } from "node:fs";

import type { LoggedModelOrder } from "../../../src/mlflow/search/order-by.js";
import type { DatasetScope, SearchedDataset, SearchItem } from "../../../src/mlflow/search/search-item.js";

type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

interface LoggedMetric {
  key: string;
  value: JsonNumber;
  timestamp: number;
  step: number;
  dataset_name?: string;
  dataset_digest?: string;
}

export interface PlainItem {
  id: string;
  attributes?: Record<string, string | number>;
  metrics?: Record<string, JsonNumber>;
  params?: Record<string, string>;
  tags?: Record<string, string>;
  datasets?: { name: string; digest: string; context?: string }[];
  /** Of a logged model: every metric that was logged with it. */
  logged?: LoggedMetric[];
}

/** A search, and what MLflow found, as places in `items`, or how it refused. */
export interface GoldenCase {
  filter: string;
  order_by: (string & LoggedModelOrder)[];
  datasets?: { dataset_name: string; dataset_digest?: string }[] | null;
  found?: number[];
  error?: string;
  code?: string;
}

export function golden(kind: string): { mlflow: string; items: PlainItem[]; cases: GoldenCase[] } {
  return JSON.parse(readFileSync(new URL(`golden/${kind}.json`, import.meta.url), "utf8"));
}

/** A plain record as a search sees it. */
export function searched(item: PlainItem): SearchItem & { id: string } {
  const within = (metric: LoggedMetric, scopes: readonly DatasetScope[]) =>
    scopes.some(
      ({ name, digest }) =>
        (name === undefined || name === metric.dataset_name) &&
        (digest === undefined || digest === metric.dataset_digest),
    );
  const logged = (item.logged ?? []).toSorted(
    (a, b) => a.step - b.step || a.timestamp - b.timestamp || Number(a.value) - Number(b.value),
  );
  return {
    id: item.id,
    attribute: (name) => item.attributes?.[name],
    metric: (key, scopes) => {
      const value = item.logged
        ? logged.findLast((each) => each.key === key && (!scopes || within(each, scopes)))?.value
        : item.metrics?.[key];
      return value === undefined ? undefined : Number(value);
    },
    param: (key) => item.params?.[key],
    tag: (key) => item.tags?.[key],
    datasets: () => (item.datasets ?? []).map((each): SearchedDataset => ({ context: undefined, ...each })),
    hasMetricOn: (scopes) => logged.some((each) => within(each, scopes)),
  };
}
