import { explainedInfluences } from "../scores/influences.js";
import { classificationRecords, regressionRecords, type ScoreName } from "../scores/registry.js";
import type { Influences, ProbabilityScore } from "../scores/score.js";
import { aucEstimate } from "../statistics/auc-estimate.js";
import { averagePrecisionEstimate } from "../statistics/average-precision-estimate.js";
import { classRanking } from "../statistics/class-ranking.js";
import { type Estimate, influenceEstimate, meanEstimate } from "../statistics/estimate.js";
import { addRanked, addRankedPair, type RankedEstimate } from "../statistics/ranked-estimate.js";
import type { JudgedClasses, JudgedNumbers, JudgedSample } from "./pairing/judged-sample.js";

/** A score that each sample has its part in. */
export interface SampleScore {
  score: ScoreName;
  /** What its interval and its paired test are made by. */
  method: "t" | "delong" | "delta";
  /** Made when asked for, since each has a number a sample; undefined where the score is. */
  estimate: () => Estimate | undefined;
}

/** The scores that are computed from every sample's own values, with each sample's part in them. */
export function sampleScores(sample: JudgedSample, wanted: (score: ScoreName) => boolean): SampleScore[] {
  const all =
    sample.kind === "regression"
      ? ofErrors(sample, wanted)
      : sample.scores.length > 0
        ? ofProbabilities(sample, wanted)
        : [];
  return all.map(({ score, method, estimate }) => ({ score, method, estimate: () => finite(estimate()) }));
}

function finite(estimate: Estimate | undefined): Estimate | undefined {
  return estimate && Number.isFinite(estimate.value) ? estimate : undefined;
}

function ofProbabilities(sample: JudgedClasses, wanted: (score: ScoreName) => boolean): SampleScore[] {
  let ranked: Map<ScoreName, Estimate | undefined> | undefined;
  return classificationRecords.flatMap((record): SampleScore[] => {
    if (record.by === "counts" || !wanted(record.name)) return [];
    if (record.by !== "ranking") return [sampleScore(record, record.name, sample)];
    const estimate = () => {
      ranked ??= rankedEstimates(sample, wanted);
      return ranked.get(record.name);
    };
    return [{ score: record.name, method: ranking[record.ranking].method, estimate }];
  });
}

function ofErrors(sample: JudgedNumbers, wanted: (score: ScoreName) => boolean): SampleScore[] {
  return regressionRecords.flatMap((record): SampleScore[] => {
    const score = record.name;
    if (!wanted(score)) return [];
    if (record.by === "mean") return [sampleScore(record, score, sample)];
    if (record.by === "root") {
      return [{ score, method: "delta", estimate: () => rootEstimate(record.losses(sample)) }];
    }
    if (record.by !== "share") return [];
    const estimate = () => {
      const found = explainedInfluences(record.unexplained(sample), record.total(sample.yTrue));
      return found && influenceEstimate(found.value, found.influences);
    };
    return [{ score, method: "delta", estimate }];
  });
}

function rootEstimate(losses: Float64Array): Estimate {
  const { value, parts } = meanEstimate(losses);
  const root = Math.sqrt(value);
  for (let i = 0; i < parts.length; i++) parts[i] = root === 0 ? 0 : parts[i]! / (2 * root);
  return { value: root, parts };
}

type ByMean<Sample> = { by: "mean"; losses: (sample: Sample) => Float64Array };
type ByRatio<Sample> = { by: "ratio"; influences: (sample: Sample) => Influences | undefined };

function sampleScore<Sample>(
  record: ByMean<Sample> | ByRatio<Sample>,
  score: ScoreName,
  sample: Sample,
): SampleScore {
  if (record.by === "mean") {
    return { score, method: "t", estimate: () => meanEstimate(record.losses(sample)) };
  }
  return {
    score,
    method: "delta",
    estimate() {
      const found = record.influences(sample);
      return found && influenceEstimate(found.value, found.influences);
    },
  };
}

/** What each way of ranking is judged by. */
const ranking = {
  auc: { method: "delong", estimate: aucEstimate },
  "average precision": { method: "delta", estimate: averagePrecisionEstimate },
} as const;

type Ranking = Extract<ProbabilityScore, { by: "ranking" }> & { name: ScoreName };
const rankingRecords = classificationRecords.filter(
  (record): record is typeof record & Ranking => record.by === "ranking",
);

/**
 * Of each class against all others, every class counting the same; both at once, since ranking takes the
 * time.
 */
function rankedEstimates(
  { yTrue, scores, scored }: JudgedClasses,
  wanted: (score: ScoreName) => boolean,
): Map<ScoreName, Estimate | undefined> {
  const found = new Map<ScoreName, Estimate | undefined>();
  const asked = rankingRecords.filter(({ name }) => wanted(name));
  for (const { name } of asked) found.set(name, { value: 0, parts: new Float64Array(yTrue.length) });
  const places = new Uint32Array(yTrue.length);
  for (const [i, ofClass] of scores.entries()) {
    const ofRanking = classRanking(ofClass, yTrue, scored[i]!, places);
    const share = 1 / scores.length;
    const sums: [Estimate, RankedEstimate][] = [];
    for (const { name, ranking: which } of asked) {
      const sum = found.get(name);
      const ranked = ranking[which].estimate(ofRanking);
      if (sum && ranked) sums.push([sum, ranked]);
      else found.set(name, undefined);
    }
    const [one, other] = sums;
    if (one && other) addRankedPair([one[0], other[0]], [one[1], other[1]], ofRanking, share);
    else if (one) addRanked(...one, ofRanking, share);
  }
  return found;
}
