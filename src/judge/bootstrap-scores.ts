import { type BcaInterval, bcaInterval } from "../statistics/bca-interval.js";
import { bootstrapCounts } from "../statistics/bootstrap-counts.js";

export const replicates = 2000;
export const bootstrapMethod = `bootstrap BCa, ${replicates} replicates` as const;

/** Scores of the same counts, computed together. */
export interface CountedScores {
  /** Fills in the scores of some counts; a draw for which one is NaN is left out. */
  scoresOf: (counts: Float64Array, scores: Float64Array) => void;
  /** Of each score, how fast it changes as the samples of each cell gain weight. */
  influences: readonly Float64Array[];
}

/**
 * Bootstraps several scores of the same counts at once; undefined where every draw gives the same, or a tenth
 * of them nothing.
 */
export function bootstrapScores(
  counts: Float64Array,
  { scoresOf, influences }: CountedScores,
  level: number,
  seed: number,
): (BcaInterval | undefined)[] {
  if (influences.length === 0) return [];
  const scores = new Float64Array(influences.length);
  const drawn = influences.map(() => new Float64Array(replicates));
  bootstrapCounts(counts, replicates, seed, (draw, replicate) => {
    scoresOf(draw, scores);
    for (let i = 0; i < scores.length; i++) drawn[i]![replicate] = scores[i]!;
  });
  scoresOf(counts, scores);
  return influences.map((of, i) => {
    const found = drawn[i]!.filter((score) => !Number.isNaN(score));
    return found.length > 0.9 * replicates ? bcaInterval(scores[i]!, found, of, counts, level) : undefined;
  });
}
