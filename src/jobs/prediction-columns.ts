import type { ClassLabels, Label, LabelColumn } from "../experiment/input/class-labels.js";
import type { CheckedInput, ClassOutcome, NumberOutcome } from "../experiment/input/experiment-input.js";
import { sampleWeightName, weightTotalsJson } from "../experiment/sample-weight.js";
import { featureColumns, featuresKey, featuresMetadata } from "../predictions/feature-columns.js";
import type { PredictionColumn } from "../predictions/prediction-table.js";
import { type TargetType, targetType } from "../predictions/predictions-path.js";
import { format } from "../tracking-log/log-shape.js";

/**
 * The predictions table of an experiment: sample_id where the ids are aligned, y_true, y_pred, and y_score
 * for two classes or y_score_0 ... y_score_{k-1} for k, in the order of the labels; sample_weight where it was
 * given; then the features of the samples, each as feature_NAME, in a name that every program takes.
 */
export function predictionColumns(checked: CheckedInput): PredictionColumn[] {
  const { aligned, testSet, outcome, sampleWeight, features } = checked;
  const ids: PredictionColumn[] = aligned ? [{ name: "sample_id", ...testSet }] : [];
  const columns = columnsOfFeatures(features);
  return [
    ...ids,
    ...outcomeColumns(outcome),
    ...weightColumns(sampleWeight),
    ...features.map((feature) => ({ ...feature, name: columns.get(feature.name)! })),
  ];
}

function weightColumns(weights: CheckedInput["sampleWeight"]): PredictionColumn[] {
  return weights ? [{ name: sampleWeightName, type: "double", values: weights.values }] : [];
}

function columnsOfFeatures(features: CheckedInput["features"]): Map<string, string> {
  return featureColumns(features.map(({ name }) => name));
}

function outcomeColumns(outcome: ClassOutcome | NumberOutcome): PredictionColumn[] {
  if (outcome.kind === "regression") {
    return [
      { name: "y_true", type: "double", values: outcome.yTrue },
      { name: "y_pred", type: "double", values: outcome.yPred },
    ];
  }
  const { classes, yScore } = outcome;
  return [
    { name: "y_true", ...labelColumn(classes, classes.yTrue) },
    { name: "y_pred", ...labelColumn(classes, classes.yPred) },
    ...scoreColumns(classes, yScore),
  ];
}

/** The true values alone, as the digest of the test set covers them. */
export function trueColumn(outcome: ClassOutcome | NumberOutcome): PredictionColumn {
  if (outcome.kind === "regression") return { name: "y_true", type: "double", values: outcome.yTrue };
  return { name: "y_true", ...labelColumn(outcome.classes, outcome.classes.yTrue) };
}

/** The type of y_true and y_pred, which the name of the file says. */
export function targetTypeOf(outcome: ClassOutcome | NumberOutcome): TargetType {
  return outcome.kind === "regression" ? "number" : targetType(labelType(outcome.classes));
}

/** What the file says of itself: what the columns alone do not tell. */
export function predictionMetadata(checked: CheckedInput, predictionId: string): Record<string, string> {
  const { aligned, outcome, testSet, dependence, suspicion } = checked;
  const metadata: Record<string, string> = {
    "ml_tracking.format": format,
    "ml_tracking.prediction_id": predictionId,
    "ml_tracking.project": checked.project,
    "ml_tracking.kind": checked.kind,
  };
  if (outcome.kind === "classification") {
    const { labels, positive } = outcome.classes;
    metadata["ml_tracking.labels"] = jsonArray(labels);
    if (positive !== undefined) metadata["ml_tracking.positive_label"] = json(labels[positive] as Label);
    const { labels: inOrder, decidedBy } = outcome.classOrder;
    metadata["ml_tracking.class_order"] =
      `{"labels":${jsonArray(inOrder)},"decided_by":${json(decidedBy)},"columns":${outcome.scoreColumns}}`;
  }
  const { sampleWeight } = checked;
  if (sampleWeight) metadata[`ml_tracking.${sampleWeightName}`] = weightTotalsJson(sampleWeight);
  const features = featuresMetadata(columnsOfFeatures(checked.features));
  if (features !== undefined) metadata[featuresKey] = features;
  if (dependence) metadata[`ml_tracking.${dependence.by}`] = JSON.stringify(dependence.feature);
  if (suspicion !== undefined) metadata["ml_tracking.suspicion"] = suspicion;
  if (!aligned) metadata["ml_tracking.test_set"] = jsonArray(testSet.values);
  return metadata;
}

function labelColumn(classes: ClassLabels, { codes }: LabelColumn) {
  const type = labelType(classes);
  if (type === "string") return { type, dictionary: classes.labels as readonly string[], codes };
  if (type === "integer") return { type, dictionary: classes.labels as readonly (number | bigint)[], codes };
  return { type, values: Uint8Array.from(codes, (code) => Number(classes.labels[code])) };
}

/** One type for both columns, though true and 1 are one label: the file's name says which. */
function labelType({ yTrue, yPred }: ClassLabels): LabelColumn["type"] {
  return yTrue.type === yPred.type ? yTrue.type : "integer";
}

function scoreColumns(
  { labels, positive }: ClassLabels,
  yScore: Float64Array | undefined,
): PredictionColumn[] {
  if (!yScore) return [];
  if (positive !== undefined) return [{ name: "y_score", type: "double", values: yScore }];
  return labels.map((_, i) => ({
    name: `y_score_${i}`,
    type: "double",
    values: yScore,
    offset: i,
    stride: labels.length,
  }));
}

/** A label as JSON; integers beyond 2^53 as JSON numbers too, which Python and DuckDB read exactly. */
function json(label: Label): string {
  return typeof label === "string" ? JSON.stringify(label) : String(label);
}

function jsonArray(values: ArrayLike<Label>): string {
  return `[${Array.from(values, json).join(",")}]`;
}
