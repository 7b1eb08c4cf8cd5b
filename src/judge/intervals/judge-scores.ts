import { findScore, scoreNames } from "../../scores/registry.js";
import { dependentIntervals } from "../dependence/dependent-intervals.js";
import type { JudgeOptions } from "../judge-options.js";
import type { ScoreInterval } from "../judge-schema.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { scoreValue } from "../score-value.js";
import { isWeighted } from "../weighted/weighed-scores.js";
import { weightedIntervals } from "../weighted/weighted-intervals.js";
import { whyNotJudged } from "../why-not-judged.js";
import type { AddInterval } from "./add-interval.js";
import { intervalsOfCounts } from "./intervals-of-counts.js";
import { intervalsOfErrors } from "./intervals-of-errors.js";
import { intervalsOfProbabilities } from "./intervals-of-probabilities.js";

/** Every score of a sample that is defined, with its interval, in the order of the registry. */
export function judgeScores(sample: JudgedSample, options: JudgeOptions): ScoreInterval[] {
  const wanted = (score: string) => options.scores?.includes(score) ?? true;
  const n = sample.yTrue.length;
  const found: ScoreInterval[] = [];
  const add: AddInterval = (score, value, interval, method, reason) => {
    if (value === undefined || !wanted(score)) return;
    const [least, greatest] = findScore(score)!.range;
    found.push({
      score,
      value,
      n,
      low: interval ? Math.max(interval.low, least) : null,
      high: interval ? Math.min(interval.high, greatest) : null,
      level: options.level,
      method: interval ? method : null,
      seed: interval && sample.weights ? options.seed : null,
      reason: interval ? null : reason,
    });
  };
  if (isWeighted(sample)) {
    weightedIntervals(sample, options, wanted, add);
  } else if (sample.dependence) {
    dependentIntervals(sample, sample.dependence, options, wanted, add);
  } else if (sample.kind === "classification") {
    intervalsOfCounts(sample, options, wanted, add);
    intervalsOfProbabilities(sample, options, wanted, add);
  } else {
    intervalsOfErrors(sample, options, wanted, add);
  }
  const order: string[] = scoreNames(sample.kind);
  for (const score of scoreNames(sample.kind)) {
    // What is there but has no way to judge it is shown with the reason.
    if (!wanted(score) || found.some((each) => each.score === score)) continue;
    add(score, scoreValue(sample, score)?.value, undefined, null, whyNotJudged(sample, score));
  }
  return found.sort((a, b) => order.indexOf(a.score) - order.indexOf(b.score));
}
