import { classNames } from "../scores/classification-context.js";
import { classificationRecords, type ScoreName } from "../scores/registry.js";
import { noSpread } from "./intervals/add-interval.js";
import type { JudgedSample } from "./pairing/judged-sample.js";

/** Why a score that has a value has no interval, and no test. */
export function whyNotJudged(sample: JudgedSample, score: ScoreName): string {
  const record = classificationRecords.find(({ name }) => name === score);
  if (sample.kind === "regression" || record?.by !== "ranking") return noSpread;
  const { labels, yTrue } = sample;
  const counts = new Int32Array(labels.length);
  for (const code of yTrue) counts[code]! += 1;
  const lone = [...labels.keys()].filter((code) => counts[code] === 1);
  if (lone.length === 0) return noSpread;
  return `${classNames(lone, labels)} ${lone.length === 1 ? "has" : "have"} one sample only, and it takes two of each class to tell how the score varies`;
}
