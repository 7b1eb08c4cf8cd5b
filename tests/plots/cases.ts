import { gaussian, type Logged, random } from "./predictions.js";

/** Scores of a classifier of some skill: higher for positives, continuous. */
export function binary(samples: number, seed: number, skill = 1): { yTrue: number[]; yScore: number[] } {
  const next = random(seed);
  const noise = gaussian(next);
  const yTrue = Array.from({ length: samples }, () => (next() < 0.35 ? 1 : 0));
  const yScore = yTrue.map((truth) => 1 / (1 + Math.exp(-(noise() * 1.3 + (truth ? skill : -skill)))));
  return { yTrue, yScore };
}

/** Classes with a row of probabilities a sample. */
export function multiclass(samples: number, classes: number, seed: number) {
  const next = random(seed);
  const yTrue: number[] = [];
  const yPred: number[] = [];
  const yScore: number[][] = [];
  for (let i = 0; i < samples; i++) {
    const truth = Math.floor(next() * classes);
    const weights = Array.from({ length: classes }, (_, c) => -Math.log(1 - next()) * (c === truth ? 3 : 1));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    yTrue.push(truth);
    yPred.push(weights.indexOf(Math.max(...weights)));
    yScore.push(weights.map((weight) => weight / sum));
  }
  return { yTrue, yPred, yScore };
}

const decided = (scores: readonly number[]) => scores.map((score) => (score >= 0.5 ? 1 : 0));

function binaryCase(name: string, { yTrue, yScore }: ReturnType<typeof binary>): Logged {
  return { name, kind: "classification", yTrue, yPred: decided(yScore), yScore };
}

function named(codes: readonly number[], labels: readonly string[]): string[] {
  return codes.map((code) => labels[code]!);
}

/** What generated classifications there are: each has something that plots stumble over. */
export function classificationCases(): Logged[] {
  const few = binary(800, 1);
  const ties = binary(600, 2);
  const emoji = ["\u{1F600} glad", "\uFFFD", 'it\'s "quoted"', "__proto__"];
  const some = multiclass(300, 4, 3);
  const large = [2n ** 53n + 1n, -(2n ** 62n), 2n ** 53n + 2n];
  const three = multiclass(200, 3, 4);
  const many = multiclass(3000, 250, 5);
  const labels250 = Array.from({ length: 250 }, (_, i) => (i === 7 ? "other" : `label ${i}`));
  const missing = multiclass(250, 3, 6);
  return [
    binaryCase("continuous scores", few),
    binaryCase("20,000 continuous scores", binary(20_000, 7, 0.3)),
    binaryCase("scores with ties", {
      ...ties,
      yScore: ties.yScore.map((score) => Math.round(score * 10) / 10),
    }),
    binaryCase("one score for all", { ...ties, yScore: ties.yScore.map(() => 0.5) }),
    binaryCase("scores of 0 and 1 only", { ...few, yScore: decided(few.yScore) }),
    binaryCase("scores crowded at 0 and 1", {
      ...few,
      yScore: few.yScore.map((score) =>
        score > 0.5 ? 1 - 2 ** (-53 * score) : 5e-324 + (score / 10) ** 300,
      ),
    }),
    binaryCase("positives only", { ...few, yTrue: few.yTrue.map(() => 1) }),
    binaryCase("negatives only", { ...few, yTrue: few.yTrue.map(() => 0) }),
    { ...binaryCase("all of one class", few), yTrue: [0, 0, 0], yPred: [0, 0, 0], yScore: [0.1, 0.2, 0.2] },
    { ...binaryCase("one sample", few), yTrue: [1], yPred: [0], yScore: [0.25] },
    {
      ...binaryCase("seven samples", few),
      yTrue: [1, 0, 1, 1, 0, 0, 1],
      yPred: [1, 0, 0, 1, 1, 0, 1],
      yScore: [0.9, 0.1, 0.4, 0.8, 0.7, 0.4, 1],
    },
    {
      ...binaryCase("the lesser label as the positive one", few),
      yTrue: few.yTrue.map((truth) => (truth ? "broken" : "fine")),
      yPred: decided(few.yScore).map((code) => (code ? "broken" : "fine")),
      positiveLabel: "broken",
    },
    {
      name: "booleans",
      kind: "classification",
      yTrue: few.yTrue.map(Boolean),
      yPred: decided(few.yScore).map(Boolean),
      yScore: few.yScore,
    },
    {
      name: "booleans predicted as integers",
      kind: "classification",
      yTrue: few.yTrue.map(Boolean),
      yPred: decided(few.yScore),
      yScore: few.yScore,
    },
    {
      name: "labels with emoji and quotes",
      kind: "classification",
      yTrue: named(some.yTrue, emoji),
      yPred: named(some.yPred, emoji),
      yScore: some.yScore,
      labels: emoji,
    },
    {
      name: "integers beyond 2^53",
      kind: "classification",
      yTrue: three.yTrue.map((code) => large[code]!),
      yPred: three.yPred.map((code) => large[code]!),
      yScore: three.yScore,
      labels: large,
    },
    {
      name: "a class that never occurs, and one that is only predicted",
      kind: "classification",
      yTrue: missing.yTrue.map((code) => (code === 2 ? 0 : code)),
      yPred: missing.yPred,
      yScore: missing.yScore.map(([a, b, c]) => [a!, b!, c!, 0]),
      labels: [0, 1, 2, 3],
    },
    {
      name: "250 classes, one called other",
      kind: "classification",
      yTrue: named(many.yTrue, labels250),
      yPred: named(many.yPred, labels250),
    },
    { name: "no scores", kind: "classification", yTrue: three.yTrue, yPred: three.yPred },
  ];
}

function values(length: number, make: (i: number) => number): number[] {
  return Array.from({ length }, (_, i) => make(i));
}

function off(truth: readonly number[], by: (i: number) => number): number[] {
  return truth.map((value, i) => value + by(i));
}

function regression(name: string, yTrue: number[], yPred: number[]): Logged {
  return { name, kind: "regression", yTrue, yPred };
}

/** What generated regressions there are. */
export function regressionCases(): Logged[] {
  const next = random(11);
  const noise = gaussian(next);
  const normal = values(700, () => 50 + 10 * noise());
  const skewed = values(20_000, () => Math.exp(noise()));
  const counts = values(400, () => Math.floor(next() * 4));
  return [
    regression(
      "normal errors",
      normal,
      off(normal, () => 3 * noise()),
    ),
    regression(
      "20,000 skewed values",
      skewed,
      off(skewed, (i) => 0.1 * noise() * skewed[i]!),
    ),
    regression(
      "5,001 values on a grid's edges",
      values(5001, (i) => i % 61),
      values(5001, (i) => (i * 7) % 61),
    ),
    regression(
      "whole numbers with ties",
      counts,
      values(400, () => Math.floor(next() * 4)),
    ),
    regression(
      "one true value",
      values(50, () => 7),
      values(50, () => 7 + noise()),
    ),
    regression("no error at all", normal, normal),
    regression(
      "the same error always",
      counts,
      off(counts, () => 0.5),
    ),
    regression(
      "an outlier of 1e9",
      normal,
      off(normal, (i) => (i === 5 ? 1e9 : noise())),
    ),
    regression(
      "values near 1e-300",
      values(64, () => 1e-300 * next()),
      values(64, () => 1e-300 * next()),
    ),
    regression(
      "zeros of both signs",
      values(30, (i) => (i % 2 ? 0 : -0)),
      values(30, (i) => (i % 3 ? 0 : -0)),
    ),
    regression(
      "mostly one value",
      values(300, (i) => (i % 10 ? 0 : i)),
      values(300, () => noise()),
    ),
    regression("one sample", [2], [3.5]),
    regression("two samples", [2, 4], [3.5, 1]),
    regression(
      "100 samples",
      values(100, (i) => i),
      values(100, (i) => i + noise()),
    ),
  ];
}
