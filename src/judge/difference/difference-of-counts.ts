import { confusionTable } from "../../scores/confusion-table.js";
import type { Interval } from "../../statistics/estimate.js";
import { intervalOfLimits } from "../../statistics/interval-of-limits.js";
import { mcNemarMidP } from "../../statistics/mcnemar.js";
import { normalQuantile } from "../../statistics/normal-distribution.js";
import { type PairedOutcomes, pairedSharesInterval } from "../../statistics/paired-shares-interval.js";
import { shareLimits } from "../../statistics/share-limits.js";
import { type ClassAgreement, classAgreement, total } from "../class-agreement.js";
import { type CountedScore, classShares } from "../class-shares.js";
import { type Cells, countCells } from "../count-cells.js";
import { countGradient } from "../count-gradient.js";
import { askedScores, mostCells } from "../count-scores.js";
import { noSpread } from "../intervals/add-interval.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedClasses } from "../pairing/judged-sample.js";
import { tooFewOfClass } from "../too-few-of-class.js";
import { classesDifference, differenceVariance, sharesDifference } from "./count-differences.js";
import type { FoundDifference } from "./found-difference.js";

type Judged = Pick<FoundDifference, "interval" | "method" | "reason">;

/** The differences of the scores of true and predicted labels. */
export function differenceOfCounts(
  a: JudgedClasses,
  b: JudgedClasses,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
): FoundDifference[] {
  const { yTrue, positive = a.labels.length } = a;
  const labels = [...a.labels.keys()];
  const classes = classAgreement(a, b);
  const all = overAll(classes);
  const asked = askedScores(labels.length, wanted);
  if (asked.length === 0) return [];
  const [tableA, tableB] = [a, b].map(({ yPred }) => confusionTable({ labels, yTrue, yPred }));
  const pairs = ({ yPred }: JudgedClasses) => countCells([yTrue, yPred], labels.length, Infinity)!;
  let differing = 0;
  for (let i = 0; i < yTrue.length; i++) differing += Number(a.yPred[i] !== b.yPred[i]);
  // So few may all speak for the same model by luck.
  const leastP = 2 ** -Math.min(1000, differing);
  let cells: [Cells, Cells] | undefined;
  const triples = countCells([yTrue, a.yPred, b.yPred], labels.length, mostCells);
  return asked.map((record): FoundDifference => {
    const [valueA, valueB] = [record.of(tableA!, positive), record.of(tableB!, positive)];
    const found = { score: record.name, a: valueA, b: valueB };
    const judged = (): Judged => {
      if (valueA === undefined || valueB === undefined) return { method: null, reason: noSpread };
      if (record.share?.of === "all") return outcomesDifference(all, level);
      if (record.share?.of === "actual") return outcomesDifference(ofClass(classes, positive), level);
      const reason = tooFewOfClass(record, tableA!, a.labels);
      if (reason !== undefined) return { method: null, reason };
      const [ofA, ofB] = ([tableA!, tableB!] as const).map((table, which): CountedScore => {
        const gradient = countGradient(record, table, positive);
        return { record, value: which === 0 ? valueA : valueB, table, gradient, positive };
      }) as [CountedScore, CountedScore];
      const variance = differenceVariance(ofA, ofB, a, b, triples);
      const standardError = Math.sqrt(variance);
      const interval = (limits: Parameters<typeof intervalOfLimits>[1]) =>
        noSurerThan(leastP, intervalOfLimits(valueB - valueA, limits, standardError, level), level);
      if (record.share) {
        const limits = sharesDifference(ofA, ofB, classes);
        return { interval: interval(limits), method: "paired MOVER of the two shares", reason: noSpread };
      }
      cells ??= [pairs(a), pairs(b)];
      const shares = [classShares(ofA, cells[0]), classShares(ofB, cells[1])] as const;
      const limits = classesDifference(ofA, ofB, shares, classes, variance);
      const method = `paired MOVER of the classes' ${record.classShares ?? "recalls"}`;
      return { interval: interval(limits), method, reason: noSpread };
    };
    return { ...found, ...judged() };
  });
}

function overAll({ both, onlyA, onlyB, neither }: ClassAgreement): PairedOutcomes {
  return { both: total(both), onlyFirst: total(onlyA), onlySecond: total(onlyB), neither: total(neither) };
}

function ofClass({ both, onlyA, onlyB, neither }: ClassAgreement, code: number): PairedOutcomes {
  return {
    both: both[code]!,
    onlyFirst: onlyA[code]!,
    onlySecond: onlyB[code]!,
    neither: neither[code]!,
  };
}

/**
 * No p is below what so many samples allow; where that does not show a difference, 0 is within the interval.
 */
function noSurerThan(leastP: number, interval: Interval, level: number): Interval {
  if (interval.p >= leastP) return interval;
  const isShown = leastP < 1 - level;
  return {
    ...interval,
    p: leastP,
    low: isShown ? interval.low : Math.min(interval.low, 0),
    high: isShown ? interval.high : Math.max(interval.high, 0),
  };
}

/**
 * Of shares of the same samples. Where McNemar's test and Newcombe's interval disagree, the limit towards 0
 * is the test's own: that of the share that is one model's of the samples only one gets right.
 */
export function outcomesDifference(outcomes: PairedOutcomes, level: number): Judged {
  const { both, onlyFirst, onlySecond, neither } = outcomes;
  const differing = onlyFirst + onlySecond;
  const n = both + differing + neither;
  const p = mcNemarMidP(onlyFirst, onlySecond);
  const found = pairedSharesInterval(outcomes, level);
  if (p < 1 - level !== (found.low > 0 || found.high < 0)) {
    const share = shareLimits(onlySecond, differing, -normalQuantile((1 - level) / 2));
    if (onlySecond > onlyFirst) found.low = ((2 * share.low - 1) * differing) / n;
    else found.high = ((2 * share.high - 1) * differing) / n;
  }
  const standardError = Math.sqrt(differing - (onlySecond - onlyFirst) ** 2 / n) / n;
  return {
    interval: { ...found, p, standardError },
    method: "McNemar mid-p; interval: Newcombe",
    reason: noSpread,
  };
}
