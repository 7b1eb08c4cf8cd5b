import { type BcaInterval, bcaInterval } from "../statistics/bca-interval.js";
import { bootstrapCounts } from "../statistics/bootstrap-counts.js";

export const replicates = 2000;
/** With more combinations of labels than this, drawing them takes minutes. */
const mostCells = 5000;

/**
 * Bootstraps several scores of the same counts at once.
 * @param scoresOf the scores of some counts; one that is undefined for a draw counts 0, as in scikit-learn
 * @returns of each score its interval; undefined where every draw gives the same, or there are too many combinations
 */
export function bootstrapScores(
  counts: Float64Array,
  scoresOf: (counts: Float64Array) => readonly (number | undefined)[],
  level: number,
  seed: number,
): (BcaInterval | undefined)[] {
  const values = [...scoresOf(counts)];
  if (values.length === 0 || counts.length > mostCells) return values.map(() => undefined);
  const drawn = values.map(() => new Float64Array(replicates));
  bootstrapCounts(counts, replicates, seed, (draw, replicate) => {
    for (const [i, value] of scoresOf(draw).entries()) drawn[i]![replicate] = value ?? 0;
  });
  const without = values.map(() => new Float64Array(counts.length));
  const fewer = Float64Array.from(counts);
  for (let cell = 0; cell < counts.length; cell++) {
    fewer[cell]! -= 1;
    for (const [i, value] of scoresOf(fewer).entries()) without[i]![cell] = value ?? 0;
    fewer[cell]! += 1;
  }
  return values.map((value, i) => bcaInterval(value ?? 0, drawn[i]!, without[i]!, counts, level));
}
