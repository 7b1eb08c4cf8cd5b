import type { Kind } from "../experiment/input/experiment-input.js";
import type { FileColumn } from "../predictions-file/column-request.js";

/** How people call the columns of true values and of predictions; the first of each needs no other evidence. */
const names = {
  true: [
    "y_true",
    "target",
    "targets",
    "label",
    "labels",
    "true_label",
    "actual",
    "ground_truth",
    "expected",
  ],
  predicted: ["y_pred", "prediction", "predictions", "predicted", "predicted_label", "output", "outputs"],
};

/**
 * Which column has the true values and which the predictions; undefined where one of the two is not there.
 * @throws Error where it could be several
 */
export function outcomeColumns(known: readonly string[]): { yTrue: string; yPred: string } | undefined {
  const yTrue = columnOf(known, names.true);
  const yPred = columnOf(known, names.predicted);
  return yTrue === undefined || yPred === undefined ? undefined : { yTrue, yPred };
}

function columnOf(known: readonly string[], usual: readonly string[]): string | undefined {
  if (known.includes(usual[0]!)) return usual[0];
  const found = known.filter((name) => usual.includes(name.toLowerCase()));
  if (found.length < 2) return found[0];
  throw new Error(
    `${found.join(" and ")} could each be the column; call the true values y_true and the predictions y_pred`,
  );
}

/** The tag of a run or an experiment that says what its tables predict. */
export const kindTag = "ml_tracking.kind";
const asking = `set the run's tag ${kindTag} to classification or regression`;
/** So many different whole numbers are classes; more may be counts. */
const mostClasses = 20;
const mostTexts = 1_000;

/**
 * What a table predicts, and why that is taken.
 * @param said by the tag `ml_tracking.kind`
 * @param model the name of the estimator, where it is known
 * @throws Error where it could be either
 */
export function kindOf(
  yTrue: FileColumn,
  yPred: FileColumn,
  { said, model }: { said: string | undefined; model: string },
): { kind: Kind; from: string } {
  if (said === "classification" || said === "regression") return { kind: said, from: `the tag ${kindTag}` };
  if (said !== undefined) throw new Error(`the tag ${kindTag} is ${JSON.stringify(said)}; ${asking}`);
  const values = [...yTrue, ...yPred];
  const different = new Set(values);
  if (values.some((value) => typeof value === "string" || typeof value === "boolean")) {
    if (different.size > mostTexts || (yTrue.length > 20 && different.size > yTrue.length / 2)) {
      throw new Error(`it has ${different.size} different texts, more than classes are; ${asking}`);
    }
    return { kind: "classification", from: "its texts" };
  }
  if (/regressor$/i.test(model)) return { kind: "regression", from: model };
  const isWhole = (value: unknown) => typeof value === "bigint" || Number.isInteger(value);
  if (values.every(isWhole)) {
    if (different.size <= mostClasses) return { kind: "classification", from: "its few whole numbers" };
    throw new Error(`its ${different.size} whole numbers are classes or amounts; ${asking}`);
  }
  const areProbabilities =
    new Set(yTrue).size <= 2 && [...yTrue].every((value) => Number(value) === 0 || Number(value) === 1);
  if (areProbabilities && [...yPred].every((value) => Number(value) >= 0 && Number(value) <= 1)) {
    throw new Error(
      `its predictions are probabilities of a class, or amounts; log the predicted classes as y_pred and the probabilities as y_score, or ${asking}`,
    );
  }
  return { kind: "regression", from: "its fractions" };
}
