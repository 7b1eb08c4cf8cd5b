import type { JudgedClasses } from "../../src/judge/pairing/judged-sample.js";
import { classificationRecords } from "../../src/scores/registry.js";
import type { Cell } from "../cell.js";
import type { Random } from "../random.js";

const all = classificationRecords.map(({ name }) => name);

/** Two classes: logits of mean plus or minus 1, and the predictions that follow from them at 1/2. */
export const classificationCells: Cell[] = [0.5, 0.1, 0.02].flatMap((positives): Cell[] => {
  const data = `${positives * 100} % positives`;
  const kind = "classification";
  return [
    { kind, data, models: "alike", equal: all, draw: binaryPair(positives, () => true) },
    {
      kind,
      data,
      models: "nearly identical",
      equal: all,
      draw: binaryPair(positives, ({ uniform }) => uniform() < 0.04),
    },
  ];
});

function binaryPair(positives: number, isOther: (random: Random) => boolean): Cell["draw"] {
  return (random, samples) => {
    const yTrue = new Int32Array(samples);
    const scores = [new Float64Array(samples), new Float64Array(samples)] as const;
    const predictions = [new Int32Array(samples), new Int32Array(samples)] as const;
    for (let i = 0; i < samples; i++) {
      yTrue[i] = Number(random.uniform() < positives);
      const score = () => 1 / (1 + Math.exp(-1.5 * random.normal() - (yTrue[i] === 1 ? 1 : -1)));
      scores[0][i] = score();
      scores[1][i] = isOther(random) ? score() : scores[0][i]!;
      for (const which of [0, 1] as const) predictions[which][i] = Number(scores[which][i]! >= 0.5);
    }
    const sample = (which: 0 | 1): JudgedClasses => ({
      kind: "classification",
      labels: [0, 1],
      yTrue,
      yPred: predictions[which],
      positive: 1,
      scores: [scores[which]],
      scored: [1],
    });
    return { a: sample(0), b: sample(1) };
  };
}
