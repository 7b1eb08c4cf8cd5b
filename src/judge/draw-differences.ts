import type { CountGradient } from "../scores/count-gradient.js";
import type { BcaInterval } from "../statistics/bca-interval.js";
import { binomialDraw } from "../statistics/binomial-draw.js";
import { randomizationP } from "../statistics/randomization-p.js";
import { seededRandom } from "../statistics/seeded-random.js";
import { bootstrapScores, replicates } from "./bootstrap-scores.js";
import type { Cells } from "./count-cells.js";
import { influenceOf } from "./count-gradient.js";
import { emptyTable, fillTable, type NamedCountScore } from "./count-scores.js";

export const randomizationMethod = `paired randomization, ${replicates} draws`;

export interface DrawnDifference {
  /** Undefined where every draw gives the same. */
  bootstrapped: BcaInterval | undefined;
  p: number;
}

export interface DrawOptions {
  asked: readonly NamedCountScore[];
  /** Of each score, for both. */
  gradients: readonly (readonly [CountGradient, CountGradient])[];
  positive: number;
  labels: number;
  level: number;
  seed: number;
}

/**
 * Draws the differences of scores over how often each (true label, prediction of a, prediction of b) occurs:
 * their interval by drawing the samples anew, p by letting chance say which prediction of a sample is whose.
 * A bootstrap has a p, too, but finds differences where there are none when few samples decide.
 */
export function drawDifferences(
  { counts, codes }: Cells,
  { asked, gradients, positive, labels, level, seed }: DrawOptions,
): DrawnDifference[] {
  const [yTrue, ofA, ofB] = codes as [Int32Array, Int32Array, Int32Array];
  const samples = counts.reduce((sum, count) => sum + count, 0);
  const [tableA, tableB] = [emptyTable(labels), emptyTable(labels)];
  const fillDifferences = (differences: Float64Array) => {
    for (let i = 0; i < asked.length; i++) {
      const { of } = asked[i]!;
      differences[i] = (of(tableB, positive) ?? 0) - (of(tableA, positive) ?? 0);
    }
  };
  const scoresOf = (draw: Float64Array, differences: Float64Array) => {
    fillTable(tableA, draw, yTrue, ofA);
    fillTable(tableB, draw, yTrue, ofB);
    fillDifferences(differences);
  };
  const influences = gradients.map(([gradientA, gradientB]) =>
    counts.map(
      (_, cell) =>
        influenceOf(gradientB, samples, yTrue[cell]!, ofB[cell]!) -
        influenceOf(gradientA, samples, yTrue[cell]!, ofA[cell]!),
    ),
  );
  const bootstrapped = bootstrapScores(counts, { scoresOf, influences }, level, seed);
  const actual = new Float64Array(asked.length);
  scoresOf(counts, actual);

  const drawn = asked.map(() => new Float64Array(replicates));
  const differences = new Float64Array(asked.length);
  // Every cell twice, the second with the predictions exchanged.
  const truth = twice(yTrue, yTrue);
  const [first, second] = [twice(ofA, ofB), twice(ofB, ofA)];
  drawExchanges(counts, ofA, ofB, seed, (draw, replicate) => {
    fillTable(tableA, draw, truth, first);
    fillTable(tableB, draw, truth, second);
    fillDifferences(differences);
    for (let i = 0; i < differences.length; i++) drawn[i]![replicate] = differences[i]!;
  });
  return asked.map((_, i) => ({
    bootstrapped: bootstrapped[i],
    p: randomizationP(actual[i]!, drawn[i]!),
  }));
}

/** Draws of each cell's samples how many keep their predictions, and behind these how many exchange them. */
function drawExchanges(
  counts: Float64Array,
  ofA: Int32Array,
  ofB: Int32Array,
  seed: number,
  use: (draw: Float64Array, replicate: number) => void,
): void {
  const random = seededRandom(seed);
  const draw = new Float64Array(2 * counts.length);
  for (let replicate = 0; replicate < replicates; replicate++) {
    for (let cell = 0; cell < counts.length; cell++) {
      const count = counts[cell]!;
      const exchanged = ofA[cell] === ofB[cell] ? 0 : binomialDraw(count, 0.5, random);
      draw[cell] = count - exchanged;
      draw[counts.length + cell] = exchanged;
    }
    use(draw, replicate);
  }
}

function twice(codes: Int32Array, behind: Int32Array): Int32Array {
  const both = new Int32Array(2 * codes.length);
  both.set(codes);
  both.set(behind, codes.length);
  return both;
}
