import type { ScoreName } from "../scores/registry.js";
import { aucEstimate } from "../statistics/auc-estimate.js";
import { averagePrecisionEstimate } from "../statistics/average-precision-estimate.js";
import { type Estimate, influenceEstimate, meanEstimate, meanOf } from "../statistics/estimate.js";
import { sortOrder } from "../statistics/sort-order.js";
import type { JudgedClasses, JudgedNumbers, JudgedSample } from "./judged-sample.js";

/** A score that each sample has its part in. */
export interface SampleScore {
  score: ScoreName;
  method: "t" | "delong" | "delta";
  estimate: Estimate;
}

/** The scores that are computed from every sample's own values, with each sample's part in them; undefined ones are not there. */
export function sampleScores(sample: JudgedSample, wanted: (score: ScoreName) => boolean): SampleScore[] {
  const made: SampleScore[] = [];
  const add = (
    score: ScoreName,
    method: SampleScore["method"],
    estimate: () => Estimate | undefined,
  ): void => {
    const found = wanted(score) ? estimate() : undefined;
    if (found && Number.isFinite(found.value)) made.push({ score, method, estimate: found });
  };
  if (sample.kind === "regression") addErrors(sample, add);
  else if (sample.scores.length > 0) addProbabilities(sample, add);
  return made;
}

type Add = (score: ScoreName, method: SampleScore["method"], estimate: () => Estimate | undefined) => void;

function addProbabilities(sample: JudgedClasses, add: Add): void {
  const classes = sample.scores.map((scores, i) => ({
    scores,
    isPositive: Uint8Array.from(sample.yTrue, (code) => Number(code === sample.scored[i])),
  }));
  const orders: Uint32Array[] = [];
  const orderOf = (i: number) => (orders[i] ??= sortOrder(classes[i]!.scores));
  add("roc_auc", "delong", () =>
    mean(classes.map(({ scores, isPositive }, i) => aucEstimate(scores, isPositive, orderOf(i)))),
  );
  add("average_precision", "delta", () =>
    mean(
      classes.map(({ scores, isPositive }, i) => averagePrecisionEstimate(scores, isPositive, orderOf(i))),
    ),
  );
  const losses = new Float64Array(sample.yTrue.length);
  const squares = new Float64Array(sample.yTrue.length);
  for (const { scores, isPositive } of classes) {
    for (let i = 0; i < losses.length; i++) {
      const score = scores[i]!;
      squares[i]! += (isPositive[i]! - score) ** 2;
      if (isPositive[i] === 1) losses[i] = -Math.log(clipped(score));
      else if (classes.length === 1) losses[i] = -Math.log(clipped(1 - score));
    }
  }
  add("log_loss", "t", () => meanEstimate(losses));
  add("brier_score", "t", () => meanEstimate(squares));
}

function clipped(probability: number): number {
  return Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON);
}

/** Of the classes against all others, every class counting the same. */
function mean(estimates: readonly (Estimate | undefined)[]): Estimate | undefined {
  const [first] = estimates;
  if (!first) return undefined;
  if (estimates.length === 1) return first;
  const parts = new Float64Array(first.parts.length);
  let value = 0;
  for (const estimate of estimates) {
    if (!estimate) return undefined;
    value += estimate.value / estimates.length;
    for (let i = 0; i < parts.length; i++) parts[i]! += estimate.parts[i]! / estimates.length;
  }
  return { value, parts };
}

function addErrors({ yTrue, yPred }: JudgedNumbers, add: Add): void {
  const errors = Float64Array.from(yTrue, (truth, i) => yPred[i]! - truth);
  const squares = errors.map((error) => error * error);
  const meanSquare = meanOf(squares);
  const deviations = () => {
    const centre = meanOf(yTrue);
    return yTrue.map((truth) => (truth - centre) ** 2);
  };
  add("r2", "delta", () => explained(squares, deviations()));
  add("mean_absolute_error", "t", () => meanEstimate(errors.map(Math.abs)));
  add("mean_squared_error", "t", () => meanEstimate(squares));
  add("root_mean_squared_error", "delta", () => {
    const root = Math.sqrt(meanSquare);
    return influenceEstimate(
      root,
      squares.map((square) => (root === 0 ? 0 : (square - meanSquare) / (2 * root))),
    );
  });
  add("mean_absolute_percentage_error", "t", () =>
    meanEstimate(errors.map((error, i) => Math.abs(error) / Math.max(Math.abs(yTrue[i]!), Number.EPSILON))),
  );
  add("explained_variance", "delta", () => {
    const offset = meanOf(errors);
    return explained(
      errors.map((error) => (error - offset) ** 2),
      deviations(),
    );
  });
  add("mean_error", "t", () => meanEstimate(errors));
}

/** 1 - unexplained / total, and each sample's influence on it; undefined where there is nothing to explain. */
function explained(unexplained: Float64Array, total: Float64Array): Estimate | undefined {
  const variance = meanOf(total);
  if (variance === 0) return undefined;
  const share = meanOf(unexplained) / variance;
  return influenceEstimate(
    1 - share,
    unexplained.map((part, i) => (share * total[i]! - part) / variance),
  );
}
