import { confusionTable } from "../../scores/confusion-table.js";
import { type ClassificationSample, isBinary } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { firstBest } from "./best-class.js";
import { clippedLoss, meanLoss } from "./clipped-loss.js";
import { positiveOf, tableOf } from "./counts.js";
import { oneVsRestAreas } from "./curve-areas.js";
import { h2o } from "./h2o-facts.js";

const facts = {
  ...h2o,
  kind: "classification",
  traits: {},
  direction: "lower",
  needsScore: true,
  classes: "any",
} as const;

/** The mean of (1 - p)², p being the probability of the true class. */
function squares(sample: ClassificationSample): number {
  return meanLoss(sample, (score, isPositive) => (isPositive ? 1 - score : score) ** 2);
}

/** Of the true classes as the numbers 0, 1, 2: what H2O divides by in R². */
function varianceOfCodes(sample: ClassificationSample): number {
  const { yTrue } = sample;
  const positive = isBinary(sample) ? positiveOf(sample) : -1;
  const codeOf = (code: number) => (positive < 0 ? code : Number(code === positive));
  let [sum, ofSquares] = [0, 0];
  for (const code of yTrue) {
    sum += codeOf(code);
    ofSquares += codeOf(code) ** 2;
  }
  return ofSquares / yTrue.length - (sum / yTrue.length) ** 2;
}

/** H2O predicts the most probable class, the first of those. */
function meanClassError(sample: ClassificationSample): number {
  const { actual, correct } = confusionTable({ ...sample, yPred: firstBest(sample) });
  let sum = 0;
  for (let code = 0; code < actual.length; code++) {
    if (actual[code]! > 0) sum += (actual[code]! - correct[code]!) / actual[code]!;
  }
  return sum / actual.length;
}

/** What H2O says of probabilities. */
export const h2oProbabilities: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "h2o:logloss",
    names: ["logloss", "log_loss", "mlogloss", "cross_entropy"],
    call: "h2o.make_metrics(p, actuals).logloss()",
    formula: "The mean of -ln of the probability of the true class, which is at least 1e-15.",
    range: [0, Infinity],
    of: (sample) => meanLoss(sample, clippedLoss(1e-15)),
  },
  {
    ...facts,
    id: "h2o:MSE",
    names: ["mse", "mean_squared_error", "brier", "brier_score"],
    call: "h2o.make_metrics(p, actuals).mse()",
    formula:
      "The mean of (1 - p)², p being the probability of the true class; the other classes do not count.",
    range: [0, 1],
    of: squares,
  },
  {
    ...facts,
    id: "h2o:RMSE",
    names: ["rmse", "root_mean_squared_error"],
    call: "h2o.make_metrics(p, actuals).rmse()",
    formula: "The square root of the mean of (1 - p)², p being the probability of the true class.",
    range: [0, 1],
    of: (sample) => Math.sqrt(squares(sample)),
  },
  {
    ...facts,
    id: "h2o:r2",
    names: ["r2", "r2_score"],
    call: "h2o.make_metrics(p, actuals).r2()",
    formula: "1 less the mean of (1 - p)² over the variance of the classes' places 0, 1, 2.",
    direction: "higher",
    range: [-Infinity, 1],
    of: (sample) => 1 - squares(sample) / varianceOfCodes(sample),
  },
  {
    ...facts,
    id: "h2o:mean_per_class_error(several)",
    names: ["mean_per_class_error", "balanced_error_rate"],
    call: "h2o.make_metrics(p, actuals).mean_per_class_error()",
    formula: "The mean share of each class's samples of which another class is the most probable one.",
    traits: { absentClasses: "count as 0 errors", ties: "the first class" },
    classes: "several",
    range: [0, 1],
    of: meanClassError,
  },
  ...(["MACRO_OVR", "WEIGHTED_OVR"] as const).map(
    (kind): ClassificationDefinition => ({
      ...facts,
      id: `h2o:AUC(${kind})`,
      names: ["auc", "roc_auc", "auroc"],
      call: `h2o.make_metrics(p, actuals, auc_type='${kind}').auc()`,
      formula: `The mean of the ROC areas of each class against all others${kind === "MACRO_OVR" ? "" : ", weighted by its samples"}.`,
      traits: {
        averaging:
          kind === "MACRO_OVR" ? "macro, one against all others" : "weighted, one against all others",
      },
      direction: "higher",
      classes: "several",
      range: [0, 1],
      of: (sample) => meanArea(sample, kind === "WEIGHTED_OVR"),
    }),
  ),
];

function meanArea(sample: ClassificationSample, isWeighted: boolean): number {
  const { actual, samples } = tableOf(sample);
  const areas = oneVsRestAreas(sample).map((area, code) =>
    actual[code] === samples ? 1 : actual[code] === 0 ? 0 : area,
  );
  let sum = 0;
  for (let code = 0; code < areas.length; code++) {
    sum += areas[code]! * (isWeighted ? actual[code]! / samples : 1 / areas.length);
  }
  return sum;
}
