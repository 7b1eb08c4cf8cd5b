import { confusionTable } from "../../scores/confusion-table.js";
import { limitsOfSum } from "../../statistics/limits-of-sum.js";
import { normalQuantile } from "../../statistics/normal-distribution.js";
import { type Limits, mostExactTrials, shareLimits } from "../../statistics/share-limits.js";
import { type ClassShare, type CountedScore, classShares } from "../class-shares.js";
import { type Cells, countCells } from "../count-cells.js";
import { countGradient, influenceOf } from "../count-gradient.js";
import { askedScores } from "../count-scores.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedClasses } from "../pairing/judged-sample.js";
import { tooFewOfClass } from "../too-few-of-class.js";
import { type AddInterval, noSpread } from "./add-interval.js";

/** Of the scores of true and predicted labels: each is a share, or made of the classes' shares. */
export function intervalsOfCounts(
  { labels, yTrue, yPred, positive = labels.length }: JudgedClasses,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
  add: AddInterval,
): void {
  const table = confusionTable({ labels: [...labels.keys()], yTrue, yPred });
  const z = -normalQuantile((1 - level) / 2);
  let pairs: Cells | undefined;
  for (const record of askedScores(labels.length, wanted)) {
    const value = record.of(table, positive);
    if (value === undefined) continue;
    if (record.share) {
      const { count, score = (share) => share } = record.share;
      const [part, whole] = count(table, positive);
      const { low, high } = shareLimits(part, whole, z);
      const method = whole > mostExactTrials ? "Wilson" : "exact mid-p";
      add(record.name, value, { low: score(low), high: score(high) }, method, noSpread);
      continue;
    }
    const reason = tooFewOfClass(record, table, labels);
    if (reason !== undefined) {
      add(record.name, value, undefined, null, reason);
      continue;
    }
    pairs ??= countCells([yTrue, yPred], labels.length, Infinity)!;
    const gradient = countGradient(record, table, positive);
    const score: CountedScore = { record, value, table, gradient, positive };
    const variance = varianceOf(score, pairs);
    const limits = scoreLimits(value, classShares(score, pairs), variance, z);
    const method = record.classShares === "precisions" ? "MOVER of precisions" : "MOVER of recalls";
    add(record.name, value, limits, method, noSpread);
  }
}

function scoreLimits(value: number, shares: readonly ClassShare[], variance: number, z: number): Limits {
  const parts = shares.map(({ part, whole, scoreAt, slope }) => {
    const { low, high } = shareLimits(part, whole, z);
    const [first, second] = [scoreAt(low), scoreAt(high)];
    const share = whole > 0 ? part / whole : 0;
    return {
      below: Math.max(0, value - Math.min(first, second)),
      above: Math.max(0, Math.max(first, second) - value),
      variance: whole > 0 ? (slope * slope * share * (1 - share)) / whole : 0,
    };
  });
  return limitsOfSum(value, parts, variance, z);
}

/** By the delta method. */
function varianceOf({ table, gradient }: CountedScore, { counts, codes }: Cells): number {
  const [truths, predictions] = codes as [Int32Array, Int32Array];
  let squares = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    squares += counts[cell]! * influenceOf(gradient, table.samples, truths[cell]!, predictions[cell]!) ** 2;
  }
  return squares / table.samples ** 2;
}
