import type { JudgedNumbers } from "../../src/judge/pairing/judged-sample.js";
import { type RegressionScore, regressionRecords } from "../../src/scores/registry.js";
import type { Cell } from "../cell.js";
import type { Random } from "../random.js";

const all = regressionRecords.map(({ name }) => name);

/** Errors of a model: `size` is the sample's own, for heteroscedastic ones. */
type Errors = (random: Random, size: number) => number;

const distributions: Record<string, Errors> = {
  "normal errors": ({ normal }) => normal(),
  "t3 errors": ({ t3 }) => t3(),
  "lognormal errors": ({ lognormal, uniform }) => (uniform() < 0.5 ? -1 : 1) * lognormal(),
  "2 % outliers": ({ normal, uniform }) => normal() * (uniform() < 0.02 ? 20 : 1),
  "integers with ties": ({ normal }) => Math.round(normal()),
  "heteroscedastic errors": ({ normal }, size) => normal() * size,
};

/** Models whose errors are drawn alike, and ones that give another prediction of one sample in 25 only. */
const alike = Object.entries(distributions).flatMap(([data, errors]): Cell[] => {
  const cell = {
    kind: "regression",
    data,
    equal: all,
    ...(data === "t3 errors" ? { truth: truthOfT3() } : {}),
  } as const;
  return [
    { ...cell, models: "alike", draw: pairOf(errors, () => true) },
    { ...cell, models: "nearly identical", draw: pairOf(errors, ({ uniform }) => uniform() < 0.04) },
  ];
});

/** Whose squares have no variance, so that even a million samples say little of their mean. */
function truthOfT3(): NonNullable<Cell["truth"]> {
  const explained = 1 - 3 / (100 + 1 / 12);
  return {
    mean_squared_error: [3, 3],
    root_mean_squared_error: [Math.sqrt(3), Math.sqrt(3)],
    r2: [explained, explained],
    explained_variance: [explained, explained],
  };
}

const laplace: Errors = ({ uniform }) => (uniform() < 0.5 ? -1 : 1) * -Math.log(uniform());

/** Of distributions around 0 the mean and the median size, and the mean square. */
const sizes: [name: string, errors: Errors, mean: number, median: number, square: number][] = [
  ["t3", distributions["t3 errors"]!, (2 * Math.sqrt(3)) / Math.PI, 0.7648923284, 3],
  ["lognormal", distributions["lognormal errors"]!, Math.exp(0.5), 1, Math.exp(2)],
  ["2 % outliers", distributions["2 % outliers"]!, 1.38 * Math.sqrt(2 / Math.PI), 0.6897405323, 8.98],
  ["Laplace", laplace, 1, Math.log(2), 2],
];
const ofMean: RegressionScore[] = ["mean_absolute_error", "mean_pinball_loss", "d2_absolute_error_score"];
const ofSquare: RegressionScore[] = [
  "mean_squared_error",
  "root_mean_squared_error",
  "r2",
  "explained_variance",
];

/** Normal errors of a against others of b that are as large by one measure. */
const shapes = sizes.flatMap(([name, errors, mean, median, square]): Cell[] => {
  const cell = (measure: string, equal: RegressionScore[], scale: number): Cell => ({
    kind: "regression",
    data: `normal and ${name} errors of equal ${measure}`,
    models: "different in shape",
    equal: [...equal, "mean_error"],
    draw: pairOf(
      ({ normal }) => normal(),
      () => true,
      (random, size) => scale * errors(random, size),
    ),
  });
  return [
    cell("mean", ofMean, Math.sqrt(2 / Math.PI) / mean),
    cell("median", ["median_absolute_error"], 0.6744897502 / median),
    cell("square", ofSquare, 1 / Math.sqrt(square)),
  ];
});

export const regressionCells: Cell[] = [...alike, ...shapes];

function pairOf(errors: Errors, isOther: (random: Random) => boolean, others = errors): Cell["draw"] {
  return (random, samples) => {
    const yTrue = new Float64Array(samples);
    const [ofA, ofB] = [new Float64Array(samples), new Float64Array(samples)];
    for (let i = 0; i < samples; i++) {
      const size = Math.exp(random.normal());
      const truth = 60 + 10 * random.normal();
      yTrue[i] = Math.round(truth);
      ofA[i] = yTrue[i]! + errors(random, size);
      ofB[i] = isOther(random) ? yTrue[i]! + others(random, size) : ofA[i]!;
    }
    return { a: numbers(yTrue, ofA), b: numbers(yTrue, ofB) };
  };
}

function numbers(yTrue: Float64Array, yPred: Float64Array): JudgedNumbers {
  return { kind: "regression", yTrue, yPred };
}
