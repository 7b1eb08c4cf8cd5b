import { compareLabels, type Label } from "../../experiment/input/class-labels.js";
import { integerLabel, namedLabels } from "../../experiment/named-labels.js";
import { sampleWeightName } from "../../experiment/sample-weight.js";
import type { DoubleColumn, PredictionColumn, PredictionTable } from "../../predictions/prediction-table.js";
import { positiveCode, positiveLabel } from "../../scores/positive-label.js";
import { TrackingError } from "../../tracking-error.js";
import {
  type Dependence,
  type DependenceSettings,
  dependenceOf,
  takeDependence,
} from "../dependence/dependence.js";

/** The predictions of one experiment, as they are judged. */
export type JudgedSample = JudgedClasses | JudgedNumbers;

export interface JudgedClasses {
  kind: "classification";
  /** Distinct labels, sorted; the codes are positions in it. */
  labels: readonly Label[];
  yTrue: Int32Array;
  yPred: Int32Array;
  /** Of one or two labels, the code of the positive class. */
  positive: number | undefined;
  /** The scores of each class in `scored`; none without y_score. */
  scores: readonly Float64Array[];
  /** Codes of the classes that have scores: the positive one of two, else all. */
  scored: readonly number[];
  /** How much each sample counts, where they were weighted. */
  weights?: Float64Array | undefined;
  dependence?: Dependence | undefined;
}

export interface JudgedNumbers {
  kind: "regression";
  yTrue: Float64Array;
  yPred: Float64Array;
  /** How much each sample counts, where they were weighted. */
  weights?: Float64Array | undefined;
  dependence?: Dependence | undefined;
}

/** Takes the columns of a predictions file apart. @throws TrackingError INVALID_ARGUMENT */
export function judgedSample(table: PredictionTable, settings: DependenceSettings = {}): JudgedSample {
  const { columns, metadata, rows } = table;
  const dependence = dependenceOf(table, settings);
  const column = (name: string) => columns.find((each) => each.name === name)!;
  const [yTrue, yPred] = [column("y_true"), column("y_pred")];
  const weightColumn = columns.find(({ name }) => name === sampleWeightName);
  const weights = weightColumn && unequal(numbers(weightColumn));
  if ((metadata["ml_tracking.kind"] ?? (yTrue.type === "double" ? "regression" : "")) === "regression") {
    return { kind: "regression", yTrue: numbers(yTrue), yPred: numbers(yPred), weights, dependence };
  }
  const codeOf = new Map<Label, number>();
  for (const label of namedLabels(metadata["ml_tracking.labels"])) codeOf.set(label, codeOf.size);
  const trueCodes = codes(yTrue, codeOf);
  const predictedCodes = codes(yPred, codeOf);
  const labels = [...codeOf.keys()].sort(compareLabels);
  const sortedCode = Int32Array.from(codeOf.keys(), (label) => labels.indexOf(label));
  const [named] = namedLabels(wrapped(metadata["ml_tracking.positive_label"]));
  const positive = labels.length > 2 ? undefined : positiveCode(labels, named ?? positiveLabel(labels)!);
  const scored = positive === undefined ? labels.map((_, code) => code) : [positive];
  const scoreColumns = scored
    .map((code) =>
      columns.find(({ name }) => name === (positive === undefined ? `y_score_${code}` : "y_score")),
    )
    .filter((each) => each?.type === "double");
  return {
    kind: "classification",
    labels,
    yTrue: recode(trueCodes, sortedCode),
    yPred: recode(predictedCodes, sortedCode),
    positive,
    scores: scoreColumns.length === scored.length ? scoreColumns.map((each) => numbers(each, rows)) : [],
    scored,
    weights,
    dependence,
  };
}

function wrapped(json: string | undefined): string | undefined {
  return json === undefined ? undefined : `[${json}]`;
}

/** Each code as the new one in its place; the same array where none changes. */
function recode(old: Int32Array, to: ArrayLike<number>): Int32Array {
  let same = 0;
  while (same < to.length && to[same] === same) same += 1;
  if (same === to.length) return old;
  const found = new Int32Array(old.length);
  for (let i = 0; i < old.length; i++) found[i] = to[old[i]!]!;
  return found;
}

/** Labels of a file's metadata: strings, or integers that may be larger than JSON.parse reads exactly. */
/** Codes into the labels of `codeOf`, which gains those that it lacks. */
function codes(column: PredictionColumn, codeOf: Map<Label, number>): Int32Array {
  const codeFor = (value: string | number | bigint) => {
    const label = typeof value === "string" ? value : integerLabel(value);
    let code = codeOf.get(label);
    if (code === undefined) codeOf.set(label, (code = codeOf.size));
    return code;
  };
  if ("codes" in column) {
    const own = Array.from<string | number | bigint, number>(column.dictionary, codeFor);
    return recode(column.codes, own);
  }
  if (column.type === "double") {
    throw new TrackingError(
      "PREDICTIONS_NOT_READABLE",
      `column ${column.name} of the predictions has fractions where a classification has labels; bring the file back from a copy`,
    );
  }
  return Int32Array.from<string | number | bigint>(column.values, codeFor);
}

function numbers(column: PredictionColumn, rows?: number): Float64Array {
  if (column.type === "double" && (column as DoubleColumn).stride === undefined) return column.values;
  if (column.type === "double") {
    const { values, offset = 0, stride = 1 } = column;
    return Float64Array.from({ length: rows ?? values.length }, (_, i) => values[offset + i * stride]!);
  }
  if ("codes" in column) return Float64Array.from(column.codes, (code) => Number(column.dictionary[code]));
  return Float64Array.from<string | number | bigint>(column.values, Number);
}

/**
 * The same samples with the labels of `labels`, which must have all that the sample has.
 * @param rows which of them, in this order; all where undefined
 */
export function takeRows(
  sample: JudgedSample,
  rows: Int32Array | undefined,
  labels: readonly Label[] = [],
): JudgedSample {
  const pick = (values: Float64Array) => (rows ? Float64Array.from(rows, (row) => values[row]!) : values);
  const dependence = takeDependence(sample.dependence, rows);
  const weights = sample.weights && pick(sample.weights);
  if (sample.kind === "regression") {
    return { kind: "regression", yTrue: pick(sample.yTrue), yPred: pick(sample.yPred), weights, dependence };
  }
  const codeOf = sample.labels.map((label) => labels.indexOf(label));
  const pickCodes = (values: Int32Array) =>
    rows ? Int32Array.from(rows, (row) => codeOf[values[row]!]!) : recode(values, codeOf);
  const recoded = (code: number) => codeOf[code] ?? labels.length;
  return {
    ...sample,
    labels,
    yTrue: pickCodes(sample.yTrue),
    yPred: pickCodes(sample.yPred),
    positive: sample.positive === undefined ? undefined : recoded(sample.positive),
    scores: sample.scores.map(pick),
    scored: sample.scored.map(recoded),
    weights,
    dependence,
  };
}

/** Weights that are all the same weigh nothing: the samples are judged without them. */
function unequal(weights: Float64Array): Float64Array | undefined {
  return weights.some((weight) => weight !== weights[0]) ? weights : undefined;
}
