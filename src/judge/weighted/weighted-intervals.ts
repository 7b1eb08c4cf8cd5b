import type { ScoreName } from "../../scores/registry.js";
import { bootstrapIntervals } from "../../statistics/bootstrap-interval.js";
import type { AddInterval } from "../intervals/add-interval.js";
import type { JudgeOptions } from "../judge-options.js";
import { type WeightedSample, weighedScores } from "./weighed-scores.js";
import { whyWeightedTail } from "./weighted-tail.js";
import { drawnMethod, effectiveUnits, whyNotDrawn } from "./why-not-drawn.js";

/** Of every score of weighted samples: these are drawn with their weights, once for all scores. */
export function weightedIntervals(
  sample: WeightedSample,
  { level, seed }: JudgeOptions,
  wanted: (score: string) => boolean,
  add: AddInterval,
): void {
  const whyUndrawn = whyNotDrawn(sample, "noInterval");
  const whyNot = (score: ScoreName) => whyUndrawn(score) ?? whyWeightedTail(sample, score);
  const { names, values } = weighedScores(sample, wanted);
  const judged = names.filter((name, i) => values[i] !== undefined && whyNot(name) === undefined);
  const { valuesOf, values: ofJudged } = weighedScores(sample, (score) =>
    (judged as readonly string[]).includes(score),
  );
  const found = bootstrapIntervals(
    ofJudged as number[],
    { count: sample.yTrue.length, ...drawnTogether(sample), valuesOf },
    level,
    seed,
  );
  for (const [i, name] of names.entries()) {
    const at = judged.indexOf(name);
    const interval = at < 0 ? { why: whyNot(name) ?? "" } : found[at]!;
    if ("why" in interval) add(name, values[i], undefined, null, interval.why);
    else add(name, values[i], interval, drawnMethod, "");
  }
}

/** Which samples are drawn together, and how much they tell. */
export function drawnTogether(sample: WeightedSample) {
  const { dependence } = sample;
  return {
    groups: dependence?.by === "group" ? dependence : undefined,
    effective: effectiveUnits(sample),
  };
}
