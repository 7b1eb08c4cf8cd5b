import type { JudgedNumbers } from "../../src/judge/pairing/judged-sample.js";
import { regressionRecords } from "../../src/scores/registry.js";
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
export const regressionCells: Cell[] = Object.entries(distributions).flatMap(([data, errors]): Cell[] => [
  { kind: "regression", data, models: "alike", equal: all, draw: pairOf(errors, () => true) },
  {
    kind: "regression",
    data,
    models: "nearly identical",
    equal: all,
    draw: pairOf(errors, ({ uniform }) => uniform() < 0.04),
  },
]);

function pairOf(errors: Errors, isOther: (random: Random) => boolean): Cell["draw"] {
  return (random, samples) => {
    const yTrue = new Float64Array(samples);
    const [ofA, ofB] = [new Float64Array(samples), new Float64Array(samples)];
    for (let i = 0; i < samples; i++) {
      const size = Math.exp(random.normal());
      const truth = 10 * random.normal();
      yTrue[i] = Math.round(truth);
      ofA[i] = yTrue[i]! + errors(random, size);
      ofB[i] = isOther(random) ? yTrue[i]! + errors(random, size) : ofA[i]!;
    }
    return { a: numbers(yTrue, ofA), b: numbers(yTrue, ofB) };
  };
}

function numbers(yTrue: Float64Array, yPred: Float64Array): JudgedNumbers {
  return { kind: "regression", yTrue, yPred };
}
