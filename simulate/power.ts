import { judgeDifference } from "../src/judge/difference/judge-difference.js";
import type { JudgedClasses, JudgedNumbers } from "../src/judge/pairing/judged-sample.js";
import { logLosses } from "../src/scores/log-loss.js";
import type { ScoreName } from "../src/scores/registry.js";
import { studentTwoSided } from "../src/statistics/student-distribution.js";
import { type Random, randomDraws } from "./random.js";

/** A score, how often the better of two models is called better, and how often by a known method. */
export interface PowerOutcome {
  score: ScoreName;
  samples: number;
  ours: number;
  known: number;
  method: string;
}

type Pair<Sample> = readonly [a: Sample, b: Sample];
/** The p-value of a method that others use. */
type KnownMethod<Sample> = { method: string; p: (pair: Pair<Sample>, random: Random) => number };

const ofClasses: Partial<Record<ScoreName, KnownMethod<JudgedClasses>>> = {
  accuracy: { method: "exact McNemar", p: ([a, b]) => exactMcNemar(a, b) },
  f1: { method: "paired randomization", p: (pair, random) => randomized(pair, random, f1Of) },
  precision: { method: "paired randomization", p: (pair, random) => randomized(pair, random, precisionOf) },
  log_loss: { method: "paired t", p: (pair) => pairedT(pair.map((sample) => logLosses(sample))) },
};

const ofErrors: Partial<Record<ScoreName, KnownMethod<JudgedNumbers>>> = {
  mean_absolute_error: {
    method: "paired t",
    p: (pair) => pairedT(pair.map((sample) => errorsOf(sample, 1))),
  },
  mean_squared_error: { method: "paired t", p: (pair) => pairedT(pair.map((sample) => errorsOf(sample, 2))) },
  median_absolute_error: {
    method: "paired bootstrap, percentiles",
    p: (pair, random) =>
      bootstrapped(
        pair.map((sample) => errorsOf(sample, 1)),
        random,
      ),
  },
};

export const powerSizes = [50, 200, 1000] as const;

/** Two models of which b is better, judged again and again. */
export function runPower({ runs, seed }: { runs: number; seed: number }): PowerOutcome[] {
  return powerSizes.flatMap((samples) => [
    ...powerOf(ofClasses, classesPair, samples, runs, seed),
    ...powerOf(ofErrors, errorsPair, samples, runs, seed),
  ]);
}

function powerOf<Sample extends JudgedClasses | JudgedNumbers>(
  methods: Partial<Record<ScoreName, KnownMethod<Sample>>>,
  draw: (random: Random, samples: number) => Pair<Sample>,
  samples: number,
  runs: number,
  seed: number,
): PowerOutcome[] {
  const known = Object.entries(methods) as [ScoreName, KnownMethod<Sample>][];
  const random = randomDraws(seed);
  const [ours, theirs] = [new Map<string, number>(), new Map<string, number>()];
  for (let run = 0; run < runs; run++) {
    const pair = draw(random, samples);
    const scores = known.map(([score]) => score);
    for (const { score, verdict } of judgeDifference(...pair, { level: 0.95, seed: run, scores }).scores) {
      if (verdict === "better") ours.set(score, (ours.get(score) ?? 0) + 1);
    }
    for (const [score, { p }] of known) {
      if (p(pair, random) < 0.05) theirs.set(score, (theirs.get(score) ?? 0) + 1);
    }
  }
  return known.map(([score, { method }]) => ({
    score,
    samples,
    ours: (ours.get(score) ?? 0) / runs,
    known: (theirs.get(score) ?? 0) / runs,
    method,
  }));
}

/** One positive in four; the logits of b are further from the middle, half of the noise is common. */
function classesPair(random: Random, samples: number): Pair<JudgedClasses> {
  const yTrue = Int32Array.from({ length: samples }, () => Number(random.uniform() < 0.25));
  const common = Float64Array.from(yTrue, () => random.normal());
  const model = (skill: number): JudgedClasses => {
    const scores = Float64Array.from(yTrue, (truth, i) => {
      const logit = skill * (2 * truth - 1) - 0.3 + (common[i]! + random.normal()) / Math.SQRT2;
      return 1 / (1 + Math.exp(-logit));
    });
    const yPred = Int32Array.from(scores, (score) => Number(score >= 0.5));
    return {
      kind: "classification",
      labels: [0, 1],
      yTrue,
      yPred,
      positive: 1,
      scores: [scores],
      scored: [1],
    };
  };
  return [model(0.9), model(1.15)];
}

/** Normal errors of which half is common; those of b are smaller. */
function errorsPair(random: Random, samples: number): Pair<JudgedNumbers> {
  const yTrue = Float64Array.from({ length: samples }, () => 60 + 10 * random.normal());
  const common = Float64Array.from(yTrue, () => random.normal());
  const model = (size: number): JudgedNumbers => ({
    kind: "regression",
    yTrue,
    yPred: yTrue.map((truth, i) => truth + (size * (common[i]! + random.normal())) / Math.SQRT2),
  });
  return [model(1), model(0.88)];
}

function errorsOf({ yTrue, yPred }: JudgedNumbers, power: number): Float64Array {
  return yTrue.map((truth, i) => Math.abs(yPred[i]! - truth) ** power);
}

function pairedT([first, second]: readonly Float64Array[]): number {
  const differences = first!.map((value, i) => second![i]! - value);
  const n = differences.length;
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return studentTwoSided(mean / Math.sqrt(variance / n), n - 1);
}

/** Twice the binomial tail of the samples on which only one is right. */
function exactMcNemar(a: JudgedClasses, b: JudgedClasses): number {
  let [onlyA, onlyB] = [0, 0];
  for (let i = 0; i < a.yTrue.length; i++) {
    const [rightA, rightB] = [a.yPred[i] === a.yTrue[i], b.yPred[i] === b.yTrue[i]];
    if (rightA && !rightB) onlyA += 1;
    else if (rightB && !rightA) onlyB += 1;
  }
  const all = onlyA + onlyB;
  let [term, tail] = [0.5 ** all, 0];
  for (let k = 0; k <= Math.min(onlyA, onlyB); k++) {
    tail += term;
    term *= (all - k) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}

type Score = (yTrue: Int32Array, yPred: Int32Array) => number;

function countsOf(yTrue: Int32Array, yPred: Int32Array): { hits: number; predicted: number; actual: number } {
  let [hits, predicted, actual] = [0, 0, 0];
  for (let i = 0; i < yTrue.length; i++) {
    hits += yTrue[i]! & yPred[i]!;
    predicted += yPred[i]!;
    actual += yTrue[i]!;
  }
  return { hits, predicted, actual };
}

function f1Of(yTrue: Int32Array, yPred: Int32Array): number {
  const { hits, predicted, actual } = countsOf(yTrue, yPred);
  return predicted + actual > 0 ? (2 * hits) / (predicted + actual) : 0;
}

function precisionOf(yTrue: Int32Array, yPred: Int32Array): number {
  const { hits, predicted } = countsOf(yTrue, yPred);
  return predicted > 0 ? hits / predicted : 0;
}

/** A. Yeh (2000): chance decides which prediction of a sample is whose. */
function randomized([a, b]: Pair<JudgedClasses>, { uniform }: Random, score: Score): number {
  const found = Math.abs(score(a.yTrue, b.yPred) - score(a.yTrue, a.yPred));
  const [first, second] = [a.yPred.slice(), b.yPred.slice()];
  const draws = 300;
  let beyond = 0;
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < first.length; i++) {
      const isSwapped = uniform() < 0.5;
      first[i] = (isSwapped ? b : a).yPred[i]!;
      second[i] = (isSwapped ? a : b).yPred[i]!;
    }
    beyond += Number(Math.abs(score(a.yTrue, second) - score(a.yTrue, first)) >= found - 1e-12);
  }
  return (beyond + 1) / (draws + 1);
}

/** Twice the smaller share of resampled differences of medians beyond 0. */
function bootstrapped([first, second]: readonly Float64Array[], { integer }: Random): number {
  const n = first!.length;
  const draws = 300;
  let [above, below] = [0, 0];
  const [some, others] = [new Float64Array(n), new Float64Array(n)];
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < n; i++) {
      const row = integer(n);
      some[i] = first![row]!;
      others[i] = second![row]!;
    }
    const difference = others.sort()[n >> 1]! - some.sort()[n >> 1]!;
    above += Number(difference >= 0);
    below += Number(difference <= 0);
  }
  return Math.min(1, (2 * (Math.min(above, below) + 1)) / (draws + 1));
}
