import { maxError } from "../scores/max-error.js";
import { medianAbsoluteError } from "../scores/median-absolute-error.js";
import { findScore, type ScoreName, scoreNames } from "../scores/registry.js";
import { estimateInterval } from "../statistics/estimate.js";
import { medianInterval } from "../statistics/median-interval.js";
import { wilsonInterval } from "../statistics/wilson-interval.js";
import { bootstrapScores } from "./bootstrap-scores.js";
import { countCells, countScores, emptyTable, fillTable } from "./count-scores.js";
import type { JudgedClasses, JudgedSample } from "./judged-sample.js";
import { sampleScores } from "./sample-scores.js";

/** A score and where it would lie on other samples of the same kind. */
export interface ScoreInterval {
  score: ScoreName;
  value: number;
  /** How many samples it is from. */
  n: number;
  /** Null where there is no interval; `reason` says why. */
  low: number | null;
  high: number | null;
  level: number;
  method: Method | null;
  /** Of the bootstrap; null for what is not drawn. */
  seed: number | null;
  reason: string | null;
}

export type Method =
  | "Wilson"
  | "bootstrap BCa, 2000 replicates"
  | "DeLong"
  | "delta method"
  | "t interval"
  | "order statistics";

export const methodNames = { t: "t interval", delong: "DeLong", delta: "delta method" } as const;

export interface JudgeOptions {
  level: number;
  seed: number;
  scores: readonly string[] | undefined;
}

/** Every score of a sample that is defined, with its interval, in the order of the registry. */
export function judgeScores(sample: JudgedSample, options: JudgeOptions): ScoreInterval[] {
  const wanted = (score: string) => options.scores?.includes(score) ?? true;
  const n = sample.yTrue.length;
  const found: ScoreInterval[] = [];
  const add = (
    score: ScoreName,
    value: number | undefined,
    interval: { low: number; high: number } | undefined,
    method: Method | null,
    reason: string,
  ) => {
    if (value === undefined || !wanted(score)) return;
    const [least, greatest] = findScore(score)!.range;
    found.push({
      score,
      value,
      n,
      low: interval ? Math.max(interval.low, least) : null,
      high: interval ? Math.min(interval.high, greatest) : null,
      level: options.level,
      method: interval ? method : null,
      seed: interval && method?.startsWith("bootstrap") ? options.seed : null,
      reason: interval ? null : reason,
    });
  };
  if (sample.kind === "classification") addCounts(sample, options, wanted, add);
  for (const { score, method, estimate } of sampleScores(sample, wanted)) {
    const interval =
      n < 2 || estimate.parts.every((part) => part === 0)
        ? undefined
        : estimateInterval(estimate, options.level, method === "t" ? n - 1 : undefined);
    add(score, estimate.value, interval, methodNames[method], noSpread);
  }
  if (sample.kind === "regression") {
    const { yTrue, yPred } = sample;
    if (wanted("median_absolute_error")) {
      const sizes = yTrue.map((truth, i) => Math.abs(yPred[i]! - truth)).sort();
      const interval = medianInterval(sizes, options.level);
      const value = medianAbsoluteError(yTrue, yPred);
      add("median_absolute_error", value, interval, "order statistics", "it takes 8 samples at least");
    }
    add(
      "max_error",
      maxError(yTrue, yPred),
      undefined,
      null,
      "the largest error of other samples is not bounded by these",
    );
  }
  const order: string[] =
    sample.kind === "classification" ? scoreNames("classification") : scoreNames("regression");
  return found.sort((a, b) => order.indexOf(a.score) - order.indexOf(b.score));
}

/** Why there is no interval where nothing varies. */
export const noSpread = "the samples do not vary in it, so they do not say how it varies";

function addCounts(
  { labels, yTrue, yPred, positive = labels.length }: JudgedClasses,
  { level, seed }: JudgeOptions,
  wanted: (score: string) => boolean,
  add: (
    score: ScoreName,
    value: number | undefined,
    interval: { low: number; high: number } | undefined,
    method: Method,
    reason: string,
  ) => void,
): void {
  const { counts, codes } = countCells([yTrue, yPred], labels.length);
  const [trueCodes, predictedCodes] = codes as [Int32Array, Int32Array];
  const table = fillTable(emptyTable(labels.length), counts, trueCodes, predictedCodes);
  const { samples, totalCorrect } = table;
  const share = (part: number, whole: number) => (whole > 0 ? wilsonInterval(part, whole, level) : undefined);
  const proportions = new Map([
    ["accuracy", share(totalCorrect, samples)],
    ["recall_weighted", share(totalCorrect, samples)],
    ["precision", share(table.correct[positive] ?? 0, table.predicted[positive] ?? 0)],
    ["recall", share(table.correct[positive] ?? 0, table.actual[positive] ?? 0)],
  ]);
  const applicable = [...countScores].filter(
    ([score]) => wanted(score) && (labels.length <= 2 || !findScore(score)!.binaryOnly),
  );
  const drawn = applicable.filter(([score]) => !proportions.has(score));
  for (const [score, of] of applicable) {
    if (proportions.has(score)) add(score, of(table, positive), proportions.get(score), "Wilson", noSpread);
  }
  if (drawn.length === 0) return;
  const values = drawn.map(([, of]) => of(table, positive));
  const scratch = emptyTable(labels.length);
  const intervals = bootstrapScores(
    counts,
    (draw) => {
      fillTable(scratch, draw, trueCodes, predictedCodes);
      return drawn.map(([, of]) => of(scratch, positive));
    },
    level,
    seed,
  );
  for (const [i, [score]] of drawn.entries()) {
    add(score, values[i], intervals[i], "bootstrap BCa, 2000 replicates", tooManyOrNoSpread);
  }
}

export const tooManyOrNoSpread = `${noSpread}; or the labels have more than 5000 combinations`;
