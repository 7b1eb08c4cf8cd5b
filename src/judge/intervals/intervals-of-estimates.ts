import type { ScoreName } from "../../scores/registry.js";
import type { WeightedScore } from "../../scores/score.js";
import { bootstrapScores, rowsMethod } from "../bootstrap-scores.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { sampleScores } from "../sample-scores.js";
import { weightedRows } from "../weighted-rows.js";
import { type AddInterval, noSpread, spreadInterval } from "./add-interval.js";

const methodNames = { t: "t interval", delong: "DeLong", delta: "delta method" } as const;

/**
 * Up to so many samples the delta method and DeLong's cover too little: then rows are drawn, where the score
 * is no plain mean.
 */
export const fewSamples = 500;

/** Of the scores that every sample has its part in. */
export function intervalsOfEstimates(
  sample: JudgedSample,
  { level, seed }: JudgeOptions,
  wanted: (score: string) => boolean,
  add: AddInterval,
): void {
  const n = sample.yTrue.length;
  const found = sampleScores(sample, wanted).flatMap(({ score, method, estimate }) => {
    const made = estimate();
    return made ? [{ score, method, made }] : [];
  });
  const weighted = n <= fewSamples ? weightedRows(sample, wanted) : new Map<ScoreName, WeightedScore>();
  const drawn = found.filter(({ score }) => weighted.has(score));
  const scores = drawn.map(({ score }) => weighted.get(score)!);
  const intervals = bootstrapScores(
    new Float64Array(n).fill(1),
    {
      scoresOf(weights, values) {
        for (let i = 0; i < scores.length; i++) values[i] = scores[i]!(weights);
      },
      influences: drawn.map(({ made }) => made.parts),
    },
    level,
    seed,
  );
  for (const { score, method, made } of found) {
    const bootstrapped = intervals[drawn.findIndex((each) => each.score === score)];
    if (bootstrapped) add(score, made.value, bootstrapped, rowsMethod, noSpread);
    else {
      const interval = spreadInterval(made, level, method === "t" ? n - 1 : undefined);
      add(score, made.value, interval, methodNames[method], noSpread);
    }
  }
}
