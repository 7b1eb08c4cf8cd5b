/** What is searched: each kind has its own attributes, defaults and rules, as in MLflow. */
export type SearchKind = "runs" | "experiments" | "registered_models" | "model_versions" | "logged_models";

/** One thing that a filter and an order look at. Undefined is "has none", which no filter but IS NULL finds. */
export interface SearchItem {
  /**
   * By the name in search-fields.ts, whatever alias the filter used: `start_time` for `Created`. Times are
   * milliseconds; `version_number` is a number, `experiment_id` its decimal text; the `status` of a logged
   * model is PENDING, READY or FAILED.
   */
  attribute(name: string): string | number | undefined;
  /**
   * The latest value, NaN included: of the highest step, then time, then value. With `scopes`, of a logged
   * model, only of what was logged with one of these data sets.
   */
  metric(key: string, scopes?: readonly DatasetScope[]): number | undefined;
  param(key: string): string | undefined;
  tag(key: string): string | undefined;
  /** The data sets that a run was given. */
  datasets?(): readonly SearchedDataset[];
  /** Whether a logged model has any metric that was logged with one of these data sets. */
  hasMetricOn?(scopes: readonly DatasetScope[]): boolean;
}

/** `context` is the input's tag `mlflow.data.context`. */
export interface SearchedDataset {
  name: string;
  digest: string;
  context: string | undefined;
}

/** The data sets of this name, of this digest, or of both. */
export interface DatasetScope {
  name?: string;
  digest?: string;
}
