import type { AddedScore, FeatureValues } from "../../added-scores/added-score.js";
import { fewestDrawn } from "../../statistics/bootstrap-draws.js";
import { bootstrapDifference, bootstrapInterval } from "../../statistics/bootstrap-interval.js";
import type { Interval } from "../../statistics/estimate.js";
import type { Dependence } from "../dependence/dependence.js";
import { verdictOf } from "../difference/verdict-of.js";
import type { JudgeOptions } from "../judge-options.js";
import type { AddedDifference, AddedInterval } from "../judge-schema.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { type AddedStatistic, addedStatistic } from "./added-statistic.js";

/** A sample, with the features that the scores name. */
export interface FeaturedSample {
  sample: JudgedSample;
  features: ReadonlyMap<string, FeatureValues>;
}

/** Each added score of the sample's kind, with its interval; where it has no value or none, the reason. */
export function addedIntervals(
  { sample, features }: FeaturedSample,
  scores: readonly AddedScore[],
  { level, seed }: JudgeOptions,
): AddedInterval[] {
  const n = sample.yTrue.length;
  return ofKind(scores, sample).map((score): AddedInterval => {
    const facts = { ...factsOf(score), n, level };
    const none = { low: null, high: null, method: null, seed: null };
    const statistic = addedStatistic(score, sample, features);
    if ("why" in statistic) return { ...facts, ...none, value: null, reason: statistic.why };
    const { value, valueOf, range, biasedBelow } = statistic;
    const drawn =
      biasedBelow !== undefined && n < biasedBelow.samples
        ? { why: biasedBelow.why }
        : draw(bootstrapInterval, value, valueOf, statistic, sample, level, seed);
    if ("why" in drawn) return { ...facts, ...none, value, reason: drawn.why };
    const [least, greatest] = range;
    return {
      ...facts,
      value,
      low: Math.max(drawn.low, least),
      high: Math.min(drawn.high, greatest),
      method: methodOf(sample.dependence),
      seed,
      reason: null,
    };
  });
}

/** What b has more than a, of each added score of their kind. Both have the same samples in the same order. */
export function addedDifferences(
  a: FeaturedSample,
  b: FeaturedSample,
  scores: readonly AddedScore[],
  { level, seed }: JudgeOptions,
): AddedDifference[] {
  const n = a.sample.yTrue.length;
  return ofKind(scores, a.sample).map((score): AddedDifference => {
    const [ofA, ofB] = [a, b].map(({ sample, features }) => addedStatistic(score, sample, features)) as [
      ReturnType<typeof addedStatistic>,
      ReturnType<typeof addedStatistic>,
    ];
    const facts = { ...factsOf(score), n, level };
    const none = { low: null, high: null, p: null, method: null, seed: null } as const;
    if ("why" in ofA || "why" in ofB) {
      const [valueA, valueB] = [ofA, ofB].map((of) => ("why" in of ? null : of.value)) as [
        number | null,
        number | null,
      ];
      const reason = "why" in ofA ? ofA.why : "why" in ofB ? ofB.why : null;
      return {
        ...facts,
        ...none,
        a: valueA,
        b: valueB,
        difference: null,
        verdict: "cannot be tested",
        reason,
      };
    }
    const values = { a: ofA.value, b: ofB.value };
    const gap = (x: number | undefined, y: number | undefined) =>
      score.direction === "zero" ? Math.abs(y!) - Math.abs(x!) : y! - x!;
    const difference = gap(ofA.value, ofB.value);
    const drawn = drawnDifference(a.sample, b.sample, ofA, ofB, difference, gap, { level, seed });
    if ("why" in drawn) {
      return { ...facts, ...none, ...values, difference, verdict: "cannot be tested", reason: drawn.why };
    }
    const widest = ofA.range[1] - ofA.range[0];
    return {
      ...facts,
      ...values,
      difference,
      low: Math.max(drawn.low, -widest),
      high: Math.min(drawn.high, widest),
      p: drawn.p,
      verdict: verdictOf(drawn.p, difference, score.direction, level),
      method: `paired ${methodOf(a.sample.dependence ?? b.sample.dependence)}`,
      seed,
      reason: null,
    };
  });
}

function drawnDifference(
  a: JudgedSample,
  b: JudgedSample,
  ofA: AddedStatistic,
  ofB: AddedStatistic,
  difference: number,
  gap: (x: number | undefined, y: number | undefined) => number,
  { level, seed }: Pick<JudgeOptions, "level" | "seed">,
): Interval | { why: string } {
  if (ofA.noInterval !== undefined) return { why: ofA.noInterval };
  const differing = differingSamples(a, b, ofA.isOfScores);
  if (differing === 0 && difference === 0) return { low: 0, high: 0, p: 1, standardError: 0 };
  if (differing < fewestDrawn) {
    const what = ofA.isOfScores ? "scored" : "predicted";
    return { why: `the two ${what} ${differing} samples differently, fewer than ${fewestDrawn}` };
  }
  const valueOf = (rows: Int32Array) => gap(ofA.valueOf(rows), ofB.valueOf(rows));
  const sample = a.dependence ? a : b;
  return draw(bootstrapDifference, difference, valueOf, ofA, sample, level, seed);
}

/** Interval and p of a value by samples drawn from these; of samples in groups, by whole groups. */
function draw(
  interval: typeof bootstrapInterval,
  value: number,
  valueOf: (rows: Int32Array) => number | undefined,
  { noInterval, cost }: AddedStatistic,
  { yTrue, dependence }: JudgedSample,
  level: number,
  seed: number,
): Interval | { why: string } {
  if (noInterval !== undefined) return { why: noInterval };
  if (dependence?.by === "order") {
    return { why: "its samples follow each other in time, and it is judged by samples drawn one by one" };
  }
  return interval(value, { count: yTrue.length, groups: dependence, valueOf, cost }, level, seed);
}

/** How many samples the two predict differently, or score differently where the score is about that. */
function differingSamples(a: JudgedSample, b: JudgedSample, isOfScores: boolean): number {
  const columns = ({ yPred, ...sample }: JudgedSample) =>
    isOfScores && sample.kind === "classification" ? [yPred, ...sample.scores] : [yPred];
  const [ofA, ofB] = [columns(a), columns(b)];
  let differing = 0;
  for (let i = 0; i < a.yTrue.length; i++) {
    differing += Number(ofA.some((column, place) => column[i] !== ofB[place]![i]));
  }
  return differing;
}

function ofKind(scores: readonly AddedScore[], { kind }: JudgedSample): AddedScore[] {
  return scores.filter((score) => score.kind === kind);
}

function factsOf({ name, definition, expression, direction }: AddedScore) {
  return { score: name, definition: definition ?? null, expression: expression ?? null, direction };
}

function methodOf(dependence: Dependence | undefined): string {
  return dependence ? "bootstrap of whole groups" : "bootstrap";
}
