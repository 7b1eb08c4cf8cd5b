import { classificationRecords, regressionRecords } from "../../src/scores/registry.js";
import type { Cell } from "../cell.js";
import type { Random } from "../random.js";

const classScores = classificationRecords.map(({ name }) => name);
const errorScores = regressionRecords.map(({ name }) => name);

/** A sample's weight, and how much harder than others it is. */
type Weighing = (random: Random) => { weight: number; hardness: number };

const weighings: Record<string, Weighing> = {
  "lognormal weights": ({ normal }) => ({ weight: Math.exp(0.83 * normal()), hardness: 1 }),
  "weights of 1 and 4, the heavy samples harder": ({ uniform }) =>
    uniform() < 0.5 ? { weight: 4, hardness: 2 } : { weight: 1, hardness: 1 },
  "weights of 0 and 1": ({ uniform }) => ({ weight: Number(uniform() >= 1 / 3), hardness: 1 }),
};

/** Two models of weighted samples that are equally good, or of which one is better. */
export const weightedCells: Cell[] = Object.entries(weighings).flatMap(([data, weigh]): Cell[] => [
  {
    kind: "classification",
    data: `${data}, 30 % positives`,
    models: "alike",
    equal: classScores,
    fewest: 50,
    draw: classesBy(weigh, 1),
  },
  {
    kind: "classification",
    data: `${data}, 30 % positives`,
    models: "one better",
    equal: [],
    fewest: 50,
    draw: classesBy(weigh, 1.6),
  },
  {
    kind: "regression",
    data: `${data}, normal errors`,
    models: "alike",
    equal: errorScores,
    fewest: 50,
    draw: errorsBy(weigh, 1),
  },
  {
    kind: "regression",
    data: `${data}, normal errors`,
    models: "one better",
    equal: [],
    fewest: 50,
    draw: errorsBy(weigh, 0.8),
  },
]);

export function isWeightedCell({ data }: Pick<Cell, "data">): boolean {
  return Object.keys(weighings).some((name) => data.startsWith(name));
}

/** Logits around plus or minus 1 by half of the noise in common. @param gain of B's logits */
function classesBy(weigh: Weighing, gain: number): Cell["draw"] {
  return (random, samples) => {
    const yTrue = new Int32Array(samples);
    const weights = new Float64Array(samples);
    const scores = [new Float64Array(samples), new Float64Array(samples)];
    for (let i = 0; i < samples; i++) {
      const { weight, hardness } = weigh(random);
      weights[i] = weight;
      yTrue[i] = Number(random.uniform() < 0.3);
      const common = random.normal();
      for (const [model, ofModel] of scores.entries()) {
        const signal = (yTrue[i] === 1 ? 1 : -1) * (model === 1 ? gain : 1);
        const noise = (hardness * 1.5 * (common + random.normal())) / Math.SQRT2;
        ofModel[i] = 1 / (1 + Math.exp(-signal - noise));
      }
    }
    const [a, b] = scores.map((ofModel) => ({
      kind: "classification" as const,
      labels: [0, 1],
      yTrue,
      yPred: Int32Array.from(ofModel, (score) => Number(score >= 0.5)),
      positive: 1,
      scores: [ofModel],
      scored: [1],
      weights,
    }));
    return { a: a!, b: b! };
  };
}

/** @param size of B's errors */
function errorsBy(weigh: Weighing, size: number): Cell["draw"] {
  return (random, samples) => {
    const yTrue = new Float64Array(samples);
    const weights = new Float64Array(samples);
    const predictions = [new Float64Array(samples), new Float64Array(samples)];
    for (let i = 0; i < samples; i++) {
      const { weight, hardness } = weigh(random);
      weights[i] = weight;
      yTrue[i] = 10 + 10 * random.uniform();
      const common = random.normal();
      for (const [model, ofModel] of predictions.entries()) {
        const error = (hardness * (common + random.normal())) / Math.SQRT2;
        ofModel[i] = yTrue[i]! + error * (model === 1 ? size : 1);
      }
    }
    const [a, b] = predictions.map((yPred) => ({ kind: "regression" as const, yTrue, yPred, weights }));
    return { a: a!, b: b! };
  };
}
