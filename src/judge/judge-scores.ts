import { confusionTable } from "../scores/confusion-table.js";
import { absoluteErrors } from "../scores/errors.js";
import { findScore, regressionRecords, type ScoreName, scoreNames } from "../scores/registry.js";
import type { WeightedScore } from "../scores/score.js";
import { type Estimate, estimateInterval, type Interval } from "../statistics/estimate.js";
import { medianInterval } from "../statistics/median-interval.js";
import { wilsonInterval } from "../statistics/wilson-interval.js";
import { bootstrapMethod, bootstrapScores, rowsMethod } from "./bootstrap-scores.js";
import { countCells } from "./count-cells.js";
import { countEstimate, countGradient, influenceOf } from "./count-gradient.js";
import { askedScores, emptyTable, fillTable, mostCells, type NamedCountScore } from "./count-scores.js";
import type { ScoreInterval } from "./judge-schema.js";
import type { JudgedClasses, JudgedNumbers, JudgedSample } from "./pairing/judged-sample.js";
import { sampleScores } from "./sample-scores.js";
import { weightedRows } from "./weighted-rows.js";

export type Method =
  | "Wilson"
  | typeof bootstrapMethod
  | typeof rowsMethod
  | "DeLong"
  | "delta method"
  | "t interval"
  | "order statistics";

const methodNames = { t: "t interval", delong: "DeLong", delta: "delta method" } as const;

export interface JudgeOptions {
  level: number;
  seed: number;
  scores: readonly string[] | undefined;
}

type Add = (
  score: ScoreName,
  value: number | undefined,
  interval: { low: number; high: number } | undefined,
  method: Method | null,
  reason: string,
) => void;

/** Every score of a sample that is defined, with its interval, in the order of the registry. */
export function judgeScores(sample: JudgedSample, options: JudgeOptions): ScoreInterval[] {
  const wanted = (score: string) => options.scores?.includes(score) ?? true;
  const n = sample.yTrue.length;
  const found: ScoreInterval[] = [];
  const add: Add = (score, value, interval, method, reason) => {
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
      seed: interval && (method === bootstrapMethod || method === rowsMethod) ? options.seed : null,
      reason: interval ? null : reason,
    });
  };
  if (sample.kind === "classification") addCounts(sample, options, wanted, add);
  addSampleScores(sample, options, wanted, add);
  if (sample.kind === "regression") addErrors(sample, options, wanted, add);
  const order: string[] =
    sample.kind === "classification" ? scoreNames("classification") : scoreNames("regression");
  return found.sort((a, b) => order.indexOf(a.score) - order.indexOf(b.score));
}

/** The scores of a regression that not every sample has its part in. */
function addErrors(
  sample: JudgedNumbers,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
  add: Add,
): void {
  for (const record of regressionRecords) {
    if (!wanted(record.name)) continue;
    const value = record.of(sample.yTrue, sample.yPred);
    if (record.by === "extreme") add(record.name, value, undefined, null, record.noInterval);
    if (record.by !== "median") continue;
    const interval = medianInterval(absoluteErrors(sample), level);
    add(record.name, value, interval, "order statistics", "it takes 8 samples at least");
  }
}

/**
 * Up to so many samples the delta method and DeLong's cover too little: then rows are drawn, where the score
 * is no plain mean.
 */
export const fewSamples = 500;

function addSampleScores(
  sample: JudgedSample,
  { level, seed }: JudgeOptions,
  wanted: (score: string) => boolean,
  add: Add,
): void {
  const n = sample.yTrue.length;
  const found = sampleScores(sample, wanted).flatMap(({ score, method, estimate }) => {
    const made = estimate();
    return made ? [{ score, method, made }] : [];
  });
  const weighted = n <= fewSamples ? weightedRows(sample, wanted) : new Map<ScoreName, WeightedScore>();
  const drawn = found.filter(({ score }) => weighted.has(score));
  const scores = drawn.map(({ score }) => weighted.get(score)!);
  const intervals = bootstrapScores(
    new Float64Array(n).fill(1),
    {
      scoresOf(weights, values) {
        for (let i = 0; i < scores.length; i++) values[i] = scores[i]!(weights);
      },
      influences: drawn.map(({ made }) => made.parts),
    },
    level,
    seed,
  );
  for (const { score, method, made } of found) {
    const bootstrapped = intervals[drawn.findIndex((each) => each.score === score)];
    if (bootstrapped) add(score, made.value, bootstrapped, rowsMethod, noSpread);
    else {
      const interval = spreadInterval(made, level, method === "t" ? n - 1 : undefined);
      add(score, made.value, interval, methodNames[method], noSpread);
    }
  }
}

/** Why there is no interval where nothing varies. */
export const noSpread = "the samples do not vary in it, so they do not say how it varies";

function addCounts(
  { labels, yTrue, yPred, positive = labels.length }: JudgedClasses,
  { level, seed }: JudgeOptions,
  wanted: (score: string) => boolean,
  add: Add,
): void {
  const table = confusionTable({ labels: [...labels.keys()], yTrue, yPred });
  const { samples } = table;
  const share = (part: number, whole: number) => (whole > 0 ? wilsonInterval(part, whole, level) : undefined);
  const others: NamedCountScore[] = [];
  for (const record of askedScores(labels.length, wanted)) {
    if (!record.share) {
      others.push(record);
      continue;
    }
    const interval = share(...record.share(table, positive));
    add(record.name, record.of(table, positive), interval, "Wilson", noSpread);
  }
  if (others.length === 0) return;
  const gradients = others.map((record) => countGradient(record, table, positive));
  const cells = countCells([yTrue, yPred], labels.length, mostCells);
  if (!cells) {
    for (const [i, { name, of }] of others.entries()) {
      const value = of(table, positive);
      if (value === undefined) continue;
      const estimate = countEstimate(value, gradients[i]!, yTrue, yPred);
      add(name, value, spreadInterval(estimate, level), "delta method", noSpread);
    }
    return;
  }
  const [trueCodes, predictedCodes] = cells.codes as [Int32Array, Int32Array];
  const scratch = emptyTable(labels.length);
  const intervals = bootstrapScores(
    cells.counts,
    {
      scoresOf(draw, scores) {
        fillTable(scratch, draw, trueCodes, predictedCodes);
        for (let i = 0; i < others.length; i++) scores[i] = others[i]!.of(scratch, positive) ?? 0;
      },
      influences: gradients.map((gradient) =>
        cells.counts.map((_, cell) =>
          influenceOf(gradient, samples, trueCodes[cell]!, predictedCodes[cell]!),
        ),
      ),
    },
    level,
    seed,
  );
  for (const [i, { name, of }] of others.entries()) {
    add(name, of(table, positive), intervals[i], bootstrapMethod, noSpread);
  }
}

/** None where the samples do not vary in it: no difference is not no spread. */
function spreadInterval(estimate: Estimate, level: number, degreesOfFreedom?: number): Interval | undefined {
  if (estimate.parts.length < 2) return undefined;
  const interval = estimateInterval(estimate, level, degreesOfFreedom);
  const isRounding = !interval || interval.standardError <= 1e-14 * Math.abs(estimate.value);
  return isRounding ? undefined : interval;
}
