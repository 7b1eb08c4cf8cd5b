import { type BcaInterval, bcaInterval } from "../statistics/bca-interval.js";
import { bootstrapCounts } from "../statistics/bootstrap-counts.js";

export const replicates = 2000;
export const bootstrapMethod = `bootstrap BCa, ${replicates} replicates` as const;

/** Scores of the same counts, computed together. */
export interface CountedScores {
  /** Fills in the scores of some counts; one that is undefined for a draw counts 0, as in scikit-learn. */
  scoresOf: (counts: Float64Array, scores: Float64Array) => void;
  /** Of each score, how fast it changes as the samples of each cell gain weight. */
  influences: readonly Float64Array[];
}

/** Bootstraps several scores of the same counts at once; undefined where every draw gives the same. */
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
  return influences.map((of, i) => bcaInterval(scores[i]!, drawn[i]!, of, counts, level));
}
