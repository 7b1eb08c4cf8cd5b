import { notProbabilities, unevenRows } from "./classification-context.js";
import { type ConfusionTable, rowsOf } from "./confusion-table.js";
import { explainedInfluences } from "./influences.js";
import { logLosses } from "./log-loss.js";
import type { ProbabilityScore } from "./score.js";

/**
 * Share of the log loss that the model explains: 1 - log loss / log loss of always giving each class its
 * share of y_true. At most 1, higher is better, 0 as good as those shares, below 0 worse. Undefined for fewer
 * than two samples, and where y_true has one class, of which there is nothing to explain. Source:
 * scikit-learn 1.9, `d2_log_loss_score`.
 * @param logLoss of the model, in nats
 * @example d2LogLoss(confusionTable({ labels: [0, 1], yTrue: Int32Array.of(0, 1), yPred: Int32Array.of(0, 1) }), Math.LN2 / 2) // 0.5
 */
export function d2LogLoss(table: ConfusionTable, logLoss: number): number | undefined {
  const total = entropy(table.actual, table.samples);
  return rowsOf(table) < 2 || total === 0 ? undefined : 1 - logLoss / total;
}

/** Log loss of the classes' shares, in nats. */
function entropy(counts: ArrayLike<number>, samples: number): number {
  let sum = 0;
  for (let code = 0; code < counts.length; code++) {
    if (counts[code]! > 0) sum -= counts[code]! * Math.log(counts[code]! / samples);
  }
  return sum / samples;
}

function countsOf(yTrue: Int32Array): number[] {
  const counts: number[] = [];
  for (let row = 0; row < yTrue.length; row++) {
    const code = yTrue[row]!;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return Array.from(counts, (count) => count ?? 0);
}

export const d2LogLossScore = {
  name: "d2_log_loss_score",
  title: "D² of the log loss",
  kind: "classification",
  needsScore: true,
  binaryOnly: false,
  range: [-Infinity, 1],
  direction: "higher",
  best: 1,
  headline: false,
  meaning:
    "Share of the log loss that the model explains: 0 is as good as always giving the classes' shares.",
  of({ table, probabilities }) {
    if (probabilities!.check.outside !== undefined) return undefined;
    return d2LogLoss(table, probabilities!.logLoss());
  },
  whyUndefined(context) {
    if (context.probabilities!.check.outside !== undefined) return notProbabilities(context);
    return rowsOf(context.table) < 2 ? "it takes two samples at least" : "y_true has one class only";
  },
  caution: unevenRows,
  by: "ratio",
  influences(sample) {
    const { yTrue } = sample;
    const lossOfShare = countsOf(yTrue).map((count) => -Math.log(count / yTrue.length));
    return explainedInfluences(
      logLosses(sample),
      Float64Array.from(yTrue, (code) => lossOfShare[code]!),
    );
  },
} as const satisfies ProbabilityScore;
