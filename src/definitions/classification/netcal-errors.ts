import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { noInterval } from "../no-interval.js";
import { remembered } from "../remembered.js";
import { firstBest } from "./best-class.js";
import { binned, calibrationErrors, reachedBin } from "./calibration-bins.js";
import { ranked } from "./curve.js";

const facts = {
  library: "netcal",
  version: "1.4.0",
  traits: {
    ties: "a score on an edge is in the bin above",
    oneClass: "none of several classes where y_true has two or fewer: it raises an error",
  },
  direction: "lower",
  range: [0, 1],
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  needsScore: true,
  classes: "any",
} as const;

const bins = 10;
const edges = Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? 1 : i * 0.1));
const words =
  "|share of right - mean confidence| over 10 bins of equal width; of two classes the confidence is";

/** What netcal says of how far probabilities are off, of two classes by the positive one's. */
export const netcalErrors: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "netcal:ECE(10)",
    names: ["ece", "expected_calibration_error", "calibration_error"],
    call: "ECE(10).measure(y_score, y_true)",
    formula: `The mean over samples of ${words} y_score and the share that of positives.`,
    of: (sample) => calibration(sample)?.mean,
  },
  {
    ...facts,
    id: "netcal:MCE(10)",
    names: ["mce", "maximum_calibration_error", "calibration_error"],
    call: "MCE(10).measure(y_score, y_true)",
    formula: `The greatest ${words} y_score and the share that of positives.`,
    noInterval: noInterval.ofWorstBin,
    of: (sample) => calibration(sample)?.greatest,
  },
];

const calibration = remembered((sample: ClassificationSample) => {
  const confidences = sample.labels.length > 2 ? ofBest(sample) : ofPositive(sample);
  return confidences && calibrationErrors(binned(confidences, bins, binOf));
});

/** Scores are clipped to below 1 before they are put into bins. */
function binOf(confidence: number): number {
  return Math.min(bins - 1, reachedBin(confidence, edges));
}

function ofPositive(sample: ClassificationSample) {
  const { positives, negatives } = ranked(sample);
  return {
    length: positives.length + negatives.length,
    confidence: (i: number) => positives[i] ?? negatives[i - positives.length]!,
    isRight: (i: number) => i < positives.length,
  };
}

function ofBest(sample: ClassificationSample) {
  const { labels, yTrue, yScore } = sample;
  if (new Set(yTrue).size <= 2) return undefined;
  const best = firstBest(sample);
  return {
    length: yTrue.length,
    confidence: (row: number) => yScore![row * labels.length + best[row]!]!,
    isRight: (row: number) => best[row] === yTrue[row],
  };
}
