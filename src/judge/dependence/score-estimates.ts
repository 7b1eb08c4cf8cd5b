import { confusionTable } from "../../scores/confusion-table.js";
import { absoluteErrors } from "../../scores/errors.js";
import { regressionRecords, type ScoreName } from "../../scores/registry.js";
import type { Estimate } from "../../statistics/estimate.js";
import { medianEstimate } from "../../statistics/median-estimate.js";
import { countEstimate, countGradient } from "../count-gradient.js";
import { askedScores } from "../count-scores.js";
import { noSpread } from "../intervals/add-interval.js";
import type { JudgedClasses, JudgedNumbers, JudgedSample } from "../pairing/judged-sample.js";
import { sampleScores } from "../sample-scores.js";

/** A score with each sample's part in its deviation; without an estimate, the reason why there is none. */
export interface ScoreEstimate {
  score: ScoreName;
  value: number | undefined;
  estimate: Estimate | undefined;
  reason: string;
}

/**
 * Every score that is asked for, each by the delta method: so that parts can be put together by group or
 * time.
 */
export function scoreEstimates(
  sample: JudgedSample,
  wanted: (score: string) => boolean,
  level: number,
): ScoreEstimate[] {
  const found: ScoreEstimate[] = sampleScores(sample, wanted).map(({ score, estimate: estimateOf }) => {
    const estimate = estimateOf();
    return { score, value: estimate?.value, estimate, reason: noSpread };
  });
  const others = sample.kind === "classification" ? ofCounts(sample, wanted) : ofRanks(sample, wanted, level);
  return [...others, ...found];
}

function ofCounts(sample: JudgedClasses, wanted: (score: string) => boolean): ScoreEstimate[] {
  const { labels, yTrue, yPred, positive = labels.length } = sample;
  const table = confusionTable({ labels: [...labels.keys()], yTrue, yPred });
  return askedScores(labels.length, wanted).map((record) => {
    const value = record.of(table, positive);
    const estimate =
      value === undefined
        ? undefined
        : countEstimate(value, countGradient(record, table, positive), yTrue, yPred);
    return { score: record.name, value, estimate, reason: noSpread };
  });
}

function ofRanks(sample: JudgedNumbers, wanted: (score: string) => boolean, level: number): ScoreEstimate[] {
  return regressionRecords.flatMap((record): ScoreEstimate[] => {
    if (!wanted(record.name)) return [];
    const value = record.of(sample.yTrue, sample.yPred);
    if (record.by === "extreme")
      return [{ score: record.name, value, estimate: undefined, reason: record.noInterval }];
    if (record.by !== "median") return [];
    const estimate = medianEstimate(absoluteErrors(sample), level);
    return [{ score: record.name, value, estimate, reason: "it takes 8 samples at least" }];
  });
}
