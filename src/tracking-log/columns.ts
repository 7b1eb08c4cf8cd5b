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
  /** Of a column that is empty for the other kind of experiment. */
  kind?: Kind;
}

const before: readonly Column[] = [
  {
    name: "prediction_id",
    type: "text",
    meaning: "the experiment's id: 12 characters of lower-case Crockford base 32, the first one a letter",
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
const positiveLabel: Column = {
  name: "positive_label",
  type: "text",
  meaning: "of two classes, the one that `precision`, `recall` and `f1` are about; empty for more",
  kind: "classification",
};
const runId: Column = {
  name: "run_id",
  type: "text",
  meaning: "the run that the experiment belongs to; empty for none",
};
const surroundings: readonly Column[] = [
  { name: "extra_parameters", type: "json", meaning: "whatever else the user recorded" },
  { name: "user", type: "text", meaning: "the user of the operating system" },
  { name: "host", type: "text", meaning: "the machine" },
  { name: "source", type: "text", meaning: "the script that logged" },
  { name: "git_commit", type: "text", meaning: "the commit that the script's repository was at" },
  { name: "git_dirty", type: "boolean", meaning: "`true` when tracked files differed from that commit" },
  { name: "runtime", type: "json", meaning: "language and package versions" },
];
const format: Column = { name: "format", type: "integer", meaning: "version of this format" };

function scoreColumns(kind: Kind): Column[] {
  return scoreNames(kind).map((name) => ({ name, type: "number", meaning: "score", kind }));
}

const isJson = ({ type }: Column) => type === "json";
const isPlain = (column: Column) => !isJson(column);

/**
 * The columns of every tracking log in their order, whatever the kind of its experiments: what was tried, the
 * scores of both kinds, and what surrounds it. JSON stands last: a program that ends a cell with quotes at
 * its first comma, as Spark does by default, has every score in its column all the same.
 */
export const logColumns: readonly Column[] = [
  ...before.filter(isPlain),
  ...scoreColumns("classification"),
  ...scoreColumns("regression"),
  positiveLabel,
  ...surroundings.filter(isPlain),
  runId,
  ...[...before, ...surroundings].filter(isJson),
  format,
];

/**
 * The columns of format 1, in which a file had the scores of one kind; readers that go by name need not know.
 * @param isEarlier of files that were begun before `positive_label` was kept
 */
export function columnsOfFormat1(kind: Kind, isEarlier = false): readonly Column[] {
  const hasLabel = kind === "classification" && !isEarlier;
  return [...before, ...scoreColumns(kind), ...(hasLabel ? [positiveLabel] : []), ...surroundings, format];
}
