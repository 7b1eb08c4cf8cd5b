import type { ConfusionTable } from "../../scores/confusion-table.js";
import type { ClassificationSample } from "../../scores/sample.js";
import { tableOf } from "./counts.js";

/** How much a mistake weighs by how many classes apart the two are: as 1, as the distance, or as its square. */
export type KappaWeights = "none" | "linear" | "quadratic";

/**
 * Cohen's kappa, 1 - weighted disagreement / weighted disagreement by chance: NaN where chance always agrees.
 * @param position of each class in the order in which distances are counted
 */
export function weightedKappa(
  sample: ClassificationSample,
  weights: KappaWeights,
  position: ArrayLike<number>,
): number {
  const table = tableOf(sample);
  const seen = disagreement(sample, weights, position);
  return 1 - (seen * table.samples) / disagreementByChance(table, weights, position);
}

/** The positions of the classes in y_true or y_pred, in order; an absent class takes no place. */
export function positionsOfPresent({ actual, predicted }: ConfusionTable): Float64Array {
  let next = 0;
  return actual.map((count, code) => (count + predicted[code]! > 0 ? next++ : next));
}

function disagreement(
  { yTrue, yPred }: ClassificationSample,
  weights: KappaWeights,
  position: ArrayLike<number>,
): number {
  let sum = 0;
  for (let i = 0; i < yTrue.length; i++) {
    const distance = Math.abs(position[yTrue[i]!]! - position[yPred[i]!]!);
    if (weights === "quadratic") sum += distance * distance;
    else if (weights === "linear") sum += distance;
    else if (distance > 0) sum += 1;
  }
  return sum;
}

/** Times the square of the number of samples. Grows with the square of the number of classes. */
function disagreementByChance(
  { actual, predicted }: ConfusionTable,
  weights: KappaWeights,
  position: ArrayLike<number>,
): number {
  let sum = 0;
  for (let truth = 0; truth < actual.length; truth++) {
    if (actual[truth] === 0) continue;
    for (let prediction = 0; prediction < predicted.length; prediction++) {
      const distance = Math.abs(position[truth]! - position[prediction]!);
      const weight =
        weights === "quadratic" ? distance * distance : weights === "linear" ? distance : +(distance > 0);
      sum += weight * actual[truth]! * predicted[prediction]!;
    }
  }
  return sum;
}
