import { seededRandom } from "../statistics/seeded-random.js";
import type { DefinedSample } from "./asked-definitions.js";

const perSize = 40;
const sizes = [2, 3, 4, 5, 6];

/** Small samples of two classes, of three and of numbers, the smallest first: examples on which definitions differ. */
export function smallSamples(): DefinedSample[] {
  const random = seededRandom(1);
  const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  return sizes.flatMap((size) =>
    Array.from({ length: perSize }, () => [
      ofTwo(size, one),
      ofThree(size, one),
      ofNumbers(size, one),
    ]).flat(),
  );
}

type Draw = <T>(values: readonly T[]) => T;

function ofTwo(size: number, one: Draw): DefinedSample {
  const yTrue = Int32Array.from({ length: size }, () => one([0, 1]));
  yTrue.set([0, 1]); // both classes, as in most samples
  const yScore = Float64Array.from(yTrue, () => one([0.1, 0.2, 0.4, 0.5, 0.8, 0.9]));
  const yPred = Int32Array.from(yScore, (score) => (score >= 0.5 ? 1 : 0));
  return { kind: "classification", labels: [0, 1], positive: 1, yTrue, yPred, yScore };
}

const rows = [
  [0.6, 0.3, 0.1],
  [0.2, 0.5, 0.3],
  [0.1, 0.1, 0.8],
  [0.4, 0.4, 0.2],
  [0.2, 0.4, 0.4],
];

function ofThree(size: number, one: Draw): DefinedSample {
  const yTrue = Int32Array.from({ length: size }, (_, i) => (i < 3 ? i : one([0, 1, 2])));
  const scores = Array.from(yTrue, () => one(rows));
  return {
    kind: "classification",
    labels: [0, 1, 2],
    yTrue,
    yPred: Int32Array.from(scores, (row) => row.indexOf(Math.max(...row))),
    yScore: Float64Array.from(scores.flat()),
  };
}

function ofNumbers(size: number, one: Draw): DefinedSample {
  const values = [0, 0.5, 1, 2, 3, 5, 10];
  return {
    kind: "regression",
    yTrue: Float64Array.from({ length: size }, () => one(values)),
    yPred: Float64Array.from({ length: size }, () => one(values)),
  };
}
