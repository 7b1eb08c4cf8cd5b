import type { Kind } from "../experiment/input/experiment-input.js";
import { scoreNames } from "../scores/registry.js";

/**
 * What a column holds: `json` columns are compact JSON, `number` is in shortest round-trip form; empty means
 * missing.
 */
export type ColumnType = "text" | "json" | "number" | "integer" | "boolean" | "time";

export interface Column {
  name: string;
  type: ColumnType;
  meaning: string;
}

const before: readonly Column[] = [
  {
    name: "prediction_id",
    type: "text",
    meaning: "the experiment's id: 12 characters of lower-case Crockford base 32",
  },
  { name: "logged_at", type: "time", meaning: "when it was logged, UTC with milliseconds" },
  { name: "project", type: "text", meaning: "the project's name" },
  { name: "name", type: "text", meaning: "what the user calls the experiment" },
  { name: "kind", type: "text", meaning: "`classification` or `regression`" },
  { name: "model", type: "text", meaning: "the model's class name" },
  { name: "model_parameters", type: "json", meaning: "the model's hyperparameters" },
  { name: "dataset_uri", type: "text", meaning: "where the data came from" },
  { name: "target_column", type: "text", meaning: "what is predicted" },
  { name: "test_set_size", type: "integer", meaning: "number of ids in the test set" },
  {
    name: "test_set_digest",
    type: "text",
    meaning: "digest of the pairs (sample id, true value), whatever their order",
  },
  { name: "samples", type: "integer", meaning: "number of predictions" },
  { name: "predictions", type: "text", meaning: "path of the predictions in the store" },
];
/** Of classifications only, after their scores. Files that were begun without it go on as they are. */
const positiveLabel: Column = {
  name: "positive_label",
  type: "text",
  meaning: "of two classes, the one that `precision`, `recall` and `f1` are about; empty for more",
};
const after: readonly Column[] = [
  { name: "extra_parameters", type: "json", meaning: "whatever else the user recorded" },
  { name: "user", type: "text", meaning: "the user of the operating system" },
  { name: "host", type: "text", meaning: "the machine" },
  { name: "source", type: "text", meaning: "the script that logged" },
  { name: "git_commit", type: "text", meaning: "the commit that the script's repository was at" },
  { name: "git_dirty", type: "boolean", meaning: "`true` when tracked files differed from that commit" },
  { name: "runtime", type: "json", meaning: "language and package versions" },
  { name: "format", type: "integer", meaning: "version of this format" },
];

/**
 * Columns of files that were begun before `positive_label` was kept: the same without it. Readers that go by
 * name need not know.
 */
export function earlierLogColumns(): readonly Column[] {
  return logColumns("classification").filter((column) => column !== positiveLabel);
}

/**
 * The columns of a tracking log in their order: the scores of the kind stand between what was tried and what
 * surrounds it.
 */
export function logColumns(kind: Kind): readonly Column[] {
  const scores = scoreNames(kind).map((name): Column => ({ name, type: "number", meaning: "score" }));
  return [...before, ...scores, ...(kind === "classification" ? [positiveLabel] : []), ...after];
}
