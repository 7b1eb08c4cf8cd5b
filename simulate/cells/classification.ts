import type { JudgedClasses } from "../../src/judge/pairing/judged-sample.js";
import { type ClassificationScore, classificationRecords } from "../../src/scores/registry.js";
import type { Cell } from "../cell.js";
import type { Random } from "../random.js";

const kind = "classification";
const all = classificationRecords.map(({ name }) => name);

/** A model of two classes by how often it calls a positive sample positive, and a negative one. */
type Rates = readonly [ofPositives: number, ofNegatives: number];

/** So often a sample's prediction by the other model is drawn anew; else it is the first one's. */
const anew = { alike: 1, "nearly identical": 0.1 } as const;
type Alike = keyof typeof anew;
const bothAlike = Object.keys(anew) as Alike[];

const binaryCells = [0.5, 0.1, 0.02].flatMap((positives): Cell[] => {
  const data = `${positives * 100} % positives`;
  const odds = positives / (1 - positives);
  /** The false positives that make a model of that recall precise, or of that F1. */
  const ofPrecision = (recall: number, precision: number): Rates => [
    recall,
    (odds * recall * (1 - precision)) / precision,
  ];
  const ofF1 = (recall: number, f1: number): Rates => [recall, odds * ((2 * recall) / f1 - recall - 1)];
  const shapes: [string, Rates, Rates, ClassificationScore[]][] = [
    ["precision", ofPrecision(0.1, 0.8), ofPrecision(0.8, 0.8), ["precision"]],
    ["F1", ofF1(0.5, 0.6), ofF1(0.8, 0.6), ["f1"]],
    ["balanced accuracy", [0.5, 0.02], [0.9, 0.42], ["balanced_accuracy", "recall_macro"]],
  ];
  return [
    ...bothAlike.map((models): Cell => scoredPair(data, positives, models, (score) => score)),
    ...bothAlike.map(
      (models): Cell =>
        scoredPair(
          `${data}, scores in steps of 0.1`,
          positives,
          models,
          (score) => Math.round(10 * score) / 10,
        ),
    ),
    ...shapes.map(
      ([shape, a, b, equal]): Cell => ({
        kind,
        data: `${data}, ${shape} equal`,
        models: "different in shape",
        equal,
        draw: ratesPair(positives, a, b),
      }),
    ),
    { kind, data, models: "one better", equal: [], draw: ratesPair(positives, [0.7, 0.1], [0.85, 0.05]) },
  ];
});

const shares = {
  "3 classes": [1, 1, 1],
  "3 classes, each half as frequent as the one before": [4, 2, 1],
  "10 classes": Array.from({ length: 10 }, () => 1),
  "10 classes, each half as frequent as the one before": Array.from({ length: 10 }, (_, i) => 2 ** -i),
};
const multiclassCells = Object.entries(shares).flatMap(([data, weights]) =>
  bothAlike.map(
    (models): Cell => ({
      kind,
      data,
      models,
      equal: all,
      fewest: 20,
      draw: multiclassPair(weights, anew[models]),
    }),
  ),
);

/** Two classes, and as many as ten, of models that are equally good or not. */
export const classificationCells: Cell[] = [...binaryCells, ...multiclassCells];

/** Logits of mean plus or minus 1, and the predictions that follow from them at 1/2. */
function scoredPair(
  data: string,
  positives: number,
  models: Alike,
  rounded: (score: number) => number,
): Cell {
  const draw: Cell["draw"] = (random, samples) => {
    const yTrue = new Int32Array(samples);
    const scores = [new Float64Array(samples), new Float64Array(samples)] as const;
    for (let i = 0; i < samples; i++) {
      yTrue[i] = Number(random.uniform() < positives);
      const score = () => rounded(1 / (1 + Math.exp(-1.5 * random.normal() - (yTrue[i] === 1 ? 1 : -1))));
      scores[0][i] = score();
      scores[1][i] = random.uniform() < anew[models] ? score() : scores[0][i]!;
    }
    const [a, b] = scores.map((ofModel) =>
      twoClasses(
        yTrue,
        ofModel,
        Int32Array.from(ofModel, (score) => Number(score >= 0.5)),
      ),
    );
    return { a: a!, b: b! };
  };
  return { kind, data, models, equal: all, draw };
}

function twoClasses(yTrue: Int32Array, scores: Float64Array | undefined, yPred: Int32Array): JudgedClasses {
  return {
    kind,
    labels: [0, 1],
    yTrue,
    yPred,
    positive: 1,
    scores: scores ? [scores] : [],
    scored: [1],
  };
}

/** Predictions without scores, half of the samples by one draw for both models. */
function ratesPair(positives: number, a: Rates, b: Rates): Cell["draw"] {
  return ({ uniform }, samples) => {
    const yTrue = new Int32Array(samples);
    const [ofA, ofB] = [new Int32Array(samples), new Int32Array(samples)];
    for (let i = 0; i < samples; i++) {
      const rate = uniform() < positives ? 0 : 1;
      yTrue[i] = 1 - rate;
      const first = uniform();
      ofA[i] = Number(first < a[rate]);
      ofB[i] = Number((uniform() < 0.5 ? first : uniform()) < b[rate]);
    }
    return { a: twoClasses(yTrue, undefined, ofA), b: twoClasses(yTrue, undefined, ofB) };
  };
}

/** Scores of which the true class's is three times as large on average; the largest one is predicted. */
function multiclassPair(weights: readonly number[], share: number): Cell["draw"] {
  const classes = weights.length;
  const sum = weights.reduce((before, weight) => before + weight);
  const draw = ({ uniform }: Random) => {
    let left = uniform() * sum;
    let code = 0;
    while (code < classes - 1 && left >= weights[code]!) left -= weights[code++]!;
    return code;
  };
  return (random, samples) => {
    const yTrue = Int32Array.from({ length: samples }, () => draw(random));
    const scores = [0, 1].map(() => weights.map(() => new Float64Array(samples)));
    const predictions = [new Int32Array(samples), new Int32Array(samples)] as const;
    for (let i = 0; i < samples; i++) {
      for (const which of [0, 1] as const) {
        const isCopy = which === 1 && random.uniform() >= share;
        const values = weights.map((_, code) =>
          isCopy
            ? scores[0]![code]![i]!
            : -Math.log(random.uniform()) * (code === yTrue[i] ? 3 * classes ** 0.5 : 1),
        );
        const whole = values.reduce((before, value) => before + value);
        for (const [code, value] of values.entries()) scores[which]![code]![i] = value / whole;
        predictions[which][i] = values.indexOf(Math.max(...values));
      }
    }
    const sample = (which: 0 | 1): JudgedClasses => ({
      kind,
      labels: [...weights.keys()],
      yTrue,
      yPred: predictions[which],
      positive: undefined,
      scores: scores[which]!,
      scored: [...weights.keys()],
    });
    return { a: sample(0), b: sample(1) };
  };
}
