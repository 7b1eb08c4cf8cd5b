import { type ConfusionTable, confusionTable } from "../../scores/confusion-table.js";
import type { CountGradient } from "../../scores/count-gradient.js";
import { type Estimate, estimateDifference, estimateInterval } from "../../statistics/estimate.js";
import { mcNemarMidP } from "../../statistics/mcnemar.js";
import { pairedSharesInterval } from "../../statistics/paired-shares-interval.js";
import { bootstrapMethod } from "../bootstrap-scores.js";
import { countCells } from "../count-cells.js";
import { countEstimate, countGradient } from "../count-gradient.js";
import { askedScores, mostCells } from "../count-scores.js";
import { drawDifferences, randomizationMethod } from "../draw-differences.js";
import { noSpread } from "../intervals/add-interval.js";
import type { JudgeOptions } from "../judge-options.js";
import type { Agreement } from "../judge-schema.js";
import type { JudgedClasses } from "../pairing/judged-sample.js";
import type { FoundDifference } from "./found-difference.js";

/**
 * With fewer samples that the two predict differently, the bootstrap's intervals leave 0 out far too often.
 */
const leastDiffering = 20;

/** The differences of the scores of true and predicted labels; fills in the agreement. */
export function differenceOfCounts(
  a: JudgedClasses,
  b: JudgedClasses,
  { level, seed }: JudgeOptions,
  wanted: (score: string) => boolean,
  agreement: Agreement,
): FoundDifference[] {
  const { yTrue, positive = a.labels.length } = a;
  const labels = [...a.labels.keys()];
  const right = countRight(a, b);
  agreement.both_right = right.both;
  agreement.only_a_right = right.onlyA;
  agreement.only_b_right = right.onlyB;
  agreement.both_wrong = yTrue.length - right.both - right.onlyA - right.onlyB;

  const asked = askedScores(labels.length, wanted);
  if (asked.length === 0) return [];
  const tables = [a, b].map(({ yPred }) => confusionTable({ labels, yTrue, yPred })) as Pair<ConfusionTable>;
  const values = asked.map(
    ({ of }) => tables.map((table) => of(table, positive)) as Pair<number | undefined>,
  );
  const gradients = asked.map(
    (record) => tables.map((table) => countGradient(record, table, positive)) as Pair<CountGradient>,
  );
  const cells = countCells([yTrue, a.yPred, b.yPred], labels.length, mostCells);
  let differing = 0;
  for (let i = 0; i < yTrue.length; i++) differing += Number(a.yPred[i] !== b.yPred[i]);
  const drawn =
    cells && differing > 0
      ? drawDifferences(cells, { asked, gradients, positive, labels: labels.length, level, seed })
      : undefined;
  const midP = mcNemarMidP(right.onlyA, right.onlyB);
  const { both, onlyA: onlyFirst, onlyB: onlySecond } = right;
  const shares = { both, onlyFirst, onlySecond, neither: agreement.both_wrong };
  const judged = (i: number): Pick<FoundDifference, "interval" | "method" | "isDrawn" | "reason"> => {
    if (differing === 0) {
      const interval = { low: 0, high: 0, p: 1, standardError: 0 };
      return { interval, method: "the predictions are the same", isDrawn: false, reason: noSpread };
    }
    if (drawn) {
      const { p, bootstrapped } = drawn[i]!;
      if (bootstrapped && differing >= leastDiffering) {
        const method = `${randomizationMethod}; interval: paired ${bootstrapMethod}`;
        return { interval: { ...bootstrapped, p }, method, isDrawn: true, reason: noSpread };
      }
      const reason = `${differing} ${differing === 1 ? "sample is" : "samples are"} predicted differently, and the interval takes ${leastDiffering}`;
      const interval = bootstrapped ? { p, standardError: bootstrapped.standardError } : { p };
      return {
        interval,
        method: randomizationMethod,
        isDrawn: true,
        reason: bootstrapped ? reason : noSpread,
      };
    }
    const [ofA, ofB] = [a, b].map(({ yPred }, which) =>
      countEstimate(values[i]![which] ?? 0, gradients[i]![which]!, yTrue, yPred),
    ) as Pair<Estimate>;
    const interval = yTrue.length < 2 ? undefined : estimateInterval(estimateDifference(ofA, ofB), level);
    return { interval, method: "paired delta method", isDrawn: false, reason: noSpread };
  };
  return asked.map(({ name, isShareRight }, i): FoundDifference => {
    const [valueA, valueB] = values[i]!;
    const found = { score: name, a: valueA, b: valueB, ...judged(i) };
    if (differing === 0 || !isShareRight) return found;
    const interval = { ...found.interval, ...pairedSharesInterval(shares, level), p: midP };
    return { ...found, interval, method: "McNemar mid-p; interval: Newcombe", isDrawn: false };
  });
}

type Pair<T> = [T, T];

function countRight(a: JudgedClasses, b: JudgedClasses): { both: number; onlyA: number; onlyB: number } {
  let both = 0;
  let onlyA = 0;
  let onlyB = 0;
  for (let i = 0; i < a.yTrue.length; i++) {
    const isRightA = a.yPred[i] === a.yTrue[i];
    const isRightB = b.yPred[i] === b.yTrue[i];
    if (isRightA && isRightB) both += 1;
    else if (isRightA) onlyA += 1;
    else if (isRightB) onlyB += 1;
  }
  return { both, onlyA, onlyB };
}
