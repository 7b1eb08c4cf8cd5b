import { TrackingError } from "../../tracking-error.js";
import { compactJson } from "../compact-json.js";
import { modelClasses } from "../model/model-classes.js";
import { nearest } from "../nearest.js";
import { projectName } from "../project-name.js";
import { sampleWeightName, type WeightTotals, weightTotalsJson } from "../sample-weight.js";
import { snakeCase } from "../snake-case.js";
import { type ClassLabels, classLabels, type Label } from "./class-labels.js";
import { type ClassOrder, checkOneColumn, classOrder, type DecidedOrder } from "./class-order.js";
import { classScores, type GivenScores, type RoundingTolerance, scoreRows } from "./class-scores.js";
import { type DependenceArgument, type DependentSamples, dependentSamples } from "./dependent-samples.js";
import { duplicateIds } from "./duplicate-ids.js";
import { maskPositions } from "./mask-ids.js";
import { readArguments } from "./read-arguments.js";
import { regressionValues } from "./regression-values.js";
import { type FeatureColumn, type SampleFeatures, sampleFeatures } from "./sample-features.js";
import { type SampleIds, sampleIds } from "./sample-ids.js";
import { type SampleWeights, sampleWeights } from "./sample-weights.js";
import { scoreAgreement } from "./score-agreement.js";
import { type CheckedPredictions, suspectDependence } from "./suspect-dependence.js";
import { checkText } from "./text-field.js";
import { twinLabels } from "./twin-labels.js";
import {
  checkLabelValues,
  type DictionaryValues,
  plainValues,
  shown,
  type Values,
  valueCount,
} from "./values.js";

export type Kind = "classification" | "regression";
export const kinds: readonly Kind[] = ["classification", "regression"];

/** The arguments of `logExperiment`. */
export interface ExperimentInput {
  /** What the model predicts: classes or numbers. */
  kind: Kind;
  /** The series of experiments this one belongs to. Slashes and underscores become dashes. */
  project: string;
  parameters: {
    /** Where the data came from, as text: an address or a path. */
    datasetUri: string;
    /** The name of what is predicted. */
    targetColumn: string;
    /**
     * The ids of the test samples: as many as yTrue, or any other list that identifies the test set. A Date
     * is its ISO text; of booleans that are true as often as there are samples, the positions are the ids.
     */
    testSet: Values<string | number | bigint | boolean | Date>;
    /**
     * The model object itself, or `{ name, parameters }`; `classes` there are all it knows, in the order of
     * its probabilities.
     */
    model: object;
  };
  /** The true values: strings, integers or booleans for a classification, finite numbers for a regression. */
  yTrue: Values<string | number | bigint | boolean>;
  /** The model's predictions, one for each of yTrue. */
  yPred: Values<string | number | bigint | boolean>;
  /**
   * Two classes: the probability of the positive one. More: a row of class probabilities a sample, or a
   * column a class by its name.
   */
  yScore?: GivenScores | undefined;
  /**
   * Every class the model knows, in the order of yScore's columns; by default those of yTrue and yPred,
   * sorted.
   */
  labels?: Values<string | number | bigint | boolean> | undefined;
  /**
   * The positive one of two classes; by default 1 or true where present (for 0, -1 or false alone too), else
   * the greater.
   */
  positiveLabel?: string | number | bigint | boolean | undefined;
  /**
   * How much each sample counts, as scikit-learn's `sample_weight`: a number of 0 or more for each. All scores
   * are then the weighted ones.
   */
  sampleWeight?: Values<number | bigint> | undefined;
  /**
   * What describes the samples, a column by name with one value each: by these the scores are judged slice by
   * slice.
   */
  sampleFeatures?: SampleFeatures | undefined;
  /**
   * What samples have in common that depend on each other, such as the patient they are from: the name of a
   * feature, or a column with one value a sample. Judged by it, a hundred samples of one patient do not count
   * as a hundred.
   */
  group?: DependenceArgument | undefined;
  /**
   * When each sample was, where neighbours in time depend on each other: the name of a feature, or a column
   * of numbers, dates or ISO texts.
   */
  order?: DependenceArgument | undefined;
  /**
   * Numbers that another program computed of the same predictions, by name: `f1`, `xgboost:aucpr`. The result
   * says of each whether the predictions give it.
   */
  reported?: Readonly<Record<string, number | string>> | undefined;
  /** Whatever else is worth recording: any mapping that JSON can hold. */
  extraParameters?: object | undefined;
  /** What you call this experiment. */
  name?: string | undefined;
  /** True: start a new tracking-log file. */
  newCsv?: boolean | undefined;
  /** The store's folder; by default `ML_TRACKING_STORE`, else `./ml-tracking`. */
  store?: string | undefined;
  /**
   * True: throw when the store cannot take the experiment; by default it is kept in the local spool until it
   * can.
   */
  strict?: boolean | undefined;
  /** The run that it belongs to. */
  runId?: string | undefined;
  /** The script that called, or "" for none; by default the one that Node.js was started with. */
  source?: string | undefined;
}

/** The arguments once checked: nothing in them can fail later. */
export interface CheckedInput {
  kind: Kind;
  project: string;
  name: string | undefined;
  datasetUri: string;
  targetColumn: string;
  testSet: SampleIds;
  /** Whether the ids stand row by row beside yTrue. */
  aligned: boolean;
  samples: number;
  model: unknown;
  outcome: ClassOutcome | NumberOutcome;
  sampleWeight: SampleWeights | undefined;
  features: FeatureColumn[];
  dependence: DependentSamples | undefined;
  /** Why samples look as if they depended on each other, where nobody said so. */
  suspicion: string | undefined;
  extraParameters: string;
  /** As they were given: what checks them is loaded where there are any. */
  reported: unknown;
  newCsv: boolean;
  strict: boolean;
  runId: string | undefined;
  source: string | undefined;
  warnings: string[];
  /** Those among the warnings that must not be missed. */
  alarms: string[];
}

export interface ClassOutcome {
  kind: "classification";
  classes: ClassLabels;
  /** Two classes: P(positive) a sample; more: row-major, a column a class in label order. */
  yScore: Float64Array | undefined;
  /** The order of y_score's columns as they were given, where it has one a class; else as the call names it. */
  classOrder: ClassOrder;
  /** How many columns y_score was given with; 0 without y_score. */
  scoreColumns: number;
}

export interface NumberOutcome {
  kind: "regression";
  yTrue: Float64Array;
  yPred: Float64Array;
}

/** Every argument of `logExperiment`. */
export const argumentNames = [
  "kind",
  "project",
  "parameters",
  "yTrue",
  "yPred",
  "yScore",
  "labels",
  "positiveLabel",
  "sampleWeight",
  "sampleFeatures",
  "group",
  "order",
  "reported",
  "extraParameters",
  "name",
  "newCsv",
  "store",
  "strict",
  "runId",
  "source",
] as const;
/** Every member of the argument `parameters`. */
export const parameterNames = ["datasetUri", "targetColumn", "testSet", "model"] as const;

/**
 * Checks every argument of one experiment before anything is written.
 * @param tolerance how far the probabilities of y_score may be off by rounding
 * @throws TrackingError that names the argument, the value and its position, and the way out
 */
export function checkInput(arguments_: ExperimentInput, tolerance: RoundingTolerance): CheckedInput {
  checkKeys(arguments_, argumentNames, "argument", "put other things to record into extraParameters");
  const input = readArguments(arguments_, argumentNames);
  const { kind } = input;
  if (kind === undefined || kind === null) {
    throw new TrackingError(
      "MISSING_ARGUMENT",
      `missing argument: kind; give "classification" or "regression"`,
    );
  }
  if (!kinds.includes(kind)) {
    const guess = typeof kind === "string" ? nearest(kind, kinds) : undefined;
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `kind is ${shown(kind)}; give "classification" or "regression"${guess ? ` (did you mean "${guess}"?)` : ""}`,
    );
  }
  const project = projectName(input.project);
  if (input.parameters === undefined || input.parameters === null) {
    throw new TrackingError(
      "MISSING_ARGUMENT",
      "missing argument: parameters; give { datasetUri, targetColumn, testSet, model }",
    );
  }
  checkKeys(
    input.parameters,
    parameterNames,
    "argument: parameters",
    "put other settings into extraParameters",
  );
  const parameters = readArguments(input.parameters, parameterNames, "parameters.");
  const datasetUri = checkText(parameters.datasetUri, "parameters.dataset_uri", "data/houses.csv");
  const targetColumn = checkText(parameters.targetColumn, "parameters.target_column", "price");
  let testSet = sampleIds(parameters.testSet);
  if (!given(parameters.model)) {
    throw new TrackingError(
      "MISSING_ARGUMENT",
      "missing argument: parameters.model; pass the model object itself, or { name, parameters }",
    );
  }
  const name = given(input.name) ? checkText(input.name, "name", "deeper trees") : undefined;
  const source =
    given(input.source) && input.source !== "" ? checkText(input.source, "source", "train.py") : input.source;
  const runId = given(input.runId) ? checkText(input.runId, "run_id", "qd3k9q2m5x1a7v0w") : undefined;
  const newCsv = checkFlag(input.newCsv, "new_csv");
  const strict = checkFlag(input.strict, "strict");

  const extra = checkExtraParameters(input.extraParameters);
  const yTrue = checkLabelValues(input.yTrue, "y_true");
  const yPred = checkLabelValues(input.yPred, "y_pred");
  const samples = valueCount(yTrue);
  if (valueCount(yPred) !== samples) {
    throw new TrackingError(
      "LENGTH_MISMATCH",
      `y_pred has ${valueCount(yPred)} values but y_true has ${samples}; they must describe the same samples, in the same order`,
    );
  }
  const warnings = extra.warnings;
  const alarms: string[] = [];
  const masked = maskPositions(checkLabelValues(parameters.testSet, "parameters.test_set"), samples);
  if (masked !== undefined) {
    const { length } = testSet.values;
    testSet = { type: "integer", values: masked };
    warnings.push(
      `parameters.test_set is a mask: ${samples} of its ${length} values are true, as many as there are samples, so their positions from 0 are the ids`,
    );
  }
  const aligned = testSet.values.length === samples;
  if (!aligned) {
    alarms.push(
      `parameters.test_set has ${testSet.values.length} ids but y_true has ${samples} values: which id belongs to which prediction is lost, so that this experiment can never be compared sample by sample; give one id a value, in the order of y_true`,
    );
  } else {
    const duplicates = duplicateIds(testSet);
    if (duplicates) alarms.push(duplicates);
  }
  const warn = (text: string) => void warnings.push(text);
  const weights = given(input.sampleWeight) ? sampleWeights(input.sampleWeight, samples) : undefined;
  const features = given(input.sampleFeatures) ? sampleFeatures(input.sampleFeatures, samples, warn) : [];
  const dependence = dependentSamples({ group: input.group, order: input.order }, features, samples, warn);
  const checked =
    kind === "classification"
      ? checkClasses(input, yTrue, yPred, tolerance)
      : checkNumbers(input, yTrue, yPred);
  alarms.push(...checked.alarms);
  const suspicion = dependence
    ? undefined
    : suspectDependence(samples, () => predictionsOf(checked.outcome), features);
  if (suspicion !== undefined) alarms.push(suspicion);
  return {
    kind,
    project,
    name,
    datasetUri,
    targetColumn,
    testSet,
    aligned,
    samples,
    model: parameters.model,
    outcome: checked.outcome,
    sampleWeight: weights,
    features,
    dependence,
    suspicion,
    extraParameters: weights ? withWeights(extra.text, weights) : extra.text,
    reported: given(input.reported) ? input.reported : undefined,
    newCsv,
    strict,
    runId,
    source,
    warnings: [...alarms, ...checked.warnings, ...extra.warnings],
    alarms,
  };
}

function predictionsOf(outcome: ClassOutcome | NumberOutcome): CheckedPredictions {
  if (outcome.kind === "regression") {
    const { yTrue, yPred } = outcome;
    return { columns: [yTrue, yPred], errors: yTrue.map((truth, i) => Math.abs(yPred[i]! - truth)) };
  }
  const { classes, yScore } = outcome;
  const [yTrue, yPred] = [classes.yTrue.codes, classes.yPred.codes];
  const width = yScore ? yScore.length / yTrue.length : 0;
  const scores = Array.from({ length: width }, (_, column) =>
    Float64Array.from(yTrue, (_code, i) => yScore![i * width + column]!),
  );
  return {
    columns: [yTrue, yPred, ...scores],
    errors: Float64Array.from(yTrue, (code, i) => Number(code !== yPred[i])),
  };
}

function checkFlag(value: unknown, name: string): boolean {
  if (!given(value)) return false;
  if (typeof value === "boolean") return value;
  throw new TrackingError("INVALID_ARGUMENT", `${name} is ${shown(value)}; give true or false`);
}

type Given = Values<unknown> | DictionaryValues<unknown>;

interface CheckedClasses {
  outcome: ClassOutcome;
  warnings: string[];
  alarms: string[];
}

function checkClasses(
  input: ExperimentInput,
  yTrue: Given,
  yPred: Given,
  tolerance: RoundingTolerance,
): CheckedClasses {
  const named = given(input.labels) ? plainValues(checkLabelValues(input.labels, "labels")) : undefined;
  const positiveLabel = given(input.positiveLabel) ? input.positiveLabel : undefined;
  const rows = given(input.yScore) ? scoreRows(input.yScore) : undefined;
  const clues = {
    columns: rows?.columns,
    names: rows?.names,
    modelClasses: modelClasses(input.parameters.model),
  };
  let decided: DecidedOrder | undefined;
  const classes = classLabels(yTrue, yPred, named, positiveLabel, (found) => {
    decided = classOrder(clues, found);
    return decided.known;
  });
  const { labels, positive, columnOrder } = classes;
  const { order, model, warnings: alarms } = decided!;
  const twins = twinLabels(labels);
  if (twins !== undefined) alarms.push(twins);
  const warnings: string[] = [];
  const isNamed = positiveLabel !== undefined;
  if (positive !== undefined && !isNamed) warnings.push(...guessedPositive(labels, positive));
  if (!rows)
    return {
      outcome: { kind: "classification", classes, yScore: undefined, classOrder: order, scoreColumns: 0 },
      warnings,
      alarms,
    };
  checkOneColumn(clues, model, labels, {
    label: positive === undefined ? undefined : labels[positive],
    isNamed,
  });
  const scored = classScores(
    rows,
    valueCount(yTrue),
    { labels: labels.length, columnOrder, positive },
    tolerance,
  );
  const disagreement = scoreAgreement({
    scores: scored.scores,
    yPred: classes.yPred.codes,
    labels: labels.length,
    positive,
    isOneColumn: rows.columns === 1,
  });
  if (disagreement !== undefined) alarms.push(disagreement);
  warnings.push(...scored.warnings);
  return {
    outcome: {
      kind: "classification",
      classes,
      yScore: scored.scores,
      classOrder: order,
      scoreColumns: rows.columns,
    },
    warnings,
    alarms,
  };
}

/** Numbers have a convention, 1 or the greater; of texts the greater one is a guess. */
function guessedPositive(labels: readonly Label[], positive: number): string[] {
  const label = labels[positive];
  if (typeof label !== "string") return [];
  const why =
    labels.length === 1
      ? `the only class, ${shown(label)},`
      : `${shown(label)}, the greater of ${labels.map((each) => shown(each)).join(" and ")},`;
  return [
    `positive_label is not given: ${why} is taken for the positive class, which precision, recall and F1 are about; name the one that you mean`,
  ];
}

interface CheckedNumbers {
  outcome: NumberOutcome;
  warnings: string[];
  alarms: string[];
}

function checkNumbers(input: ExperimentInput, yTrue: Given, yPred: Given): CheckedNumbers {
  for (const key of ["yScore", "labels", "positiveLabel"] as const) {
    if (given(input[key])) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `${snakeCase(key)} is given, but kind is "regression", which has no classes; leave it out`,
      );
    }
  }
  const alarms: string[] = [];
  const outcome: NumberOutcome = {
    kind: "regression",
    yTrue: regressionValues(plainValues(yTrue), "y_true", alarms),
    yPred: regressionValues(plainValues(yPred), "y_pred", alarms),
  };
  return { outcome, warnings: [], alarms };
}

function checkExtraParameters(extra: unknown): { text: string; warnings: string[] } {
  if (!given(extra)) return { text: "{}", warnings: [] };
  const json = compactJson(extra, "extra_parameters");
  if (json.text.startsWith("{")) return json;
  const { text, warnings } = compactJson({ value: extra }, "extra_parameters");
  const what = `extra_parameters is ${shown(extra)}, not a mapping; recorded as the member "value" of one`;
  return { text, warnings: [what, ...warnings] };
}

/** Every table, filter and export shows the extra parameters, and so that scores are weighted. */
function withWeights(extra: string, weights: WeightTotals): string {
  if (Object.hasOwn(JSON.parse(extra) as object, sampleWeightName)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `extra_parameters has a member ${shown(sampleWeightName)}, which the argument sample_weight records there; give yours another name`,
    );
  }
  const member = `"${sampleWeightName}":${weightTotalsJson(weights)}`;
  return extra === "{}" ? `{${member}}` : `${extra.slice(0, -1)},${member}}`;
}

function checkKeys(value: unknown, names: readonly string[], what: string, wayOut: string): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const name = what === "argument" ? "the experiment" : "parameters";
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${name} is ${shown(value)}; give an object of named arguments`,
    );
  }
  for (const key of Object.keys(value)) {
    if (names.includes(key)) continue;
    const guess = nearest(key, names);
    const path = (what === "argument" ? "" : "parameters.") + JSON.stringify(key);
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `unknown argument: ${path}; ${guess ? `did you mean ${guess}?` : `the arguments are ${names.join(", ")}; ${wayOut}`}`,
    );
  }
}

function given<T>(value: T | undefined | null): value is T {
  return value !== undefined && value !== null;
}
