import packageJson from "../../package.json" with { type: "json" };
import { positiveLabelOf } from "../experiment/positive-label-text.js";
import { scoreRegistry } from "../scores/registry.js";
import { TrackingError } from "../tracking-error.js";
import { judgeDifference } from "./difference/judge-difference.js";
import { nearerMoreOften } from "./difference/nearer-more-often.js";
import { judgeScores } from "./intervals/judge-scores.js";
import type { JudgeOptions } from "./judge-options.js";
import type {
  Agreement,
  ComparedExperiment,
  Comparison,
  ScoreDifference,
  ScoreInterval,
} from "./judge-schema.js";
import { judgedSample } from "./pairing/judged-sample.js";
import { type Evaluation, type PairOptions, pairEvaluations } from "./pairing/pair-evaluations.js";
import { unknownScore } from "./unknown-score.js";
import { effectInWords, verdictInWords } from "./verdict-in-words.js";

export interface JudgingSettings {
  /** How sure the intervals and the verdict are; by default 0.95. */
  level?: number;
  /** Of the bootstrap: the same seed gives the same numbers everywhere. By default 0. */
  seed?: number;
  /** The scores wanted; by default all. */
  scores?: readonly string[];
}

export interface CompareSettings extends JudgingSettings, PairOptions {
  /** The score that the verdict is about; by default accuracy, or the mean absolute error. */
  score?: string;
}

/**
 * Compares experiment `b` with experiment `a` sample by sample: every score's difference with interval and
 * p-value, and a verdict.
 * @throws TrackingError NOT_COMPARABLE, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export function compareEvaluations(a: Evaluation, b: Evaluation, settings: CompareSettings = {}): Comparison {
  const judging = checkedSettings(settings);
  // Draws are made in the order of the ids, so that b against a is a against b with other signs, and no other
  // numbers.
  if (a.record.predictionId > b.record.predictionId) return swapped(compareEvaluations(b, a, settings));
  const paired = pairEvaluations(a, b, settings);
  const { kind } = a.record;
  const score = settings.score ?? (kind === "classification" ? "accuracy" : "mean_absolute_error");
  const scores = judging.scores && [...judging.scores, score];
  const found = judgeDifference(paired.a, paired.b, { ...judging, scores });
  const main = found.scores.find((each) => each.score === score);
  if (!main) {
    const [positiveA, positiveB] = [compared(a).positive_label, compared(b).positive_label];
    if (positiveA !== positiveB && positiveA !== null && positiveB !== null) {
      throw new TrackingError(
        "NOT_COMPARABLE",
        `${score} is about the positive class, which is ${JSON.stringify(positiveA)} in experiment ${a.record.predictionId} and ${JSON.stringify(positiveB)} in ${b.record.predictionId}; log both with the same positive_label, or compare them by a score of all classes, such as f1_macro`,
      );
    }
    const known = found.scores.map((each) => each.score).join(", ");
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `score is ${JSON.stringify(score)}, which cannot be compared on these samples: it is undefined for one of the experiments, or a class has too few samples; compare them by ${known}`,
    );
  }
  return {
    a: compared(a),
    b: compared(b),
    kind,
    n: paired.a.yTrue.length,
    same_test_set: paired.isSameTestSet,
    level: judging.level,
    seed: judging.seed,
    score,
    verdict: main.verdict,
    summary: verdictInWords(main),
    effect: effectInWords(found.agreement),
    agreement: found.agreement,
    nearer: nearerMoreOften(found.agreement, judging.level),
    scores: found.scores,
    versions: { ml_tracking: packageJson.version },
  };
}

/**
 * The scores of one experiment with their intervals: where they would lie on other samples of the same kind.
 * @throws TrackingError INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export function evaluationIntervals({ table }: Evaluation, settings: JudgingSettings = {}): ScoreInterval[] {
  return judgeScores(judgedSample(table), checkedSettings(settings));
}

/** @throws TrackingError INVALID_ARGUMENT */
export function checkedSettings({ level = 0.95, seed = 0, scores, score }: CompareSettings): JudgeOptions {
  if (!(level >= 0.5 && level < 1)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `level is ${level}; give a number from 0.5 to below 1, as 0.95`,
    );
  }
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new TrackingError("INVALID_ARGUMENT", `seed is ${seed}; give a whole number from 0 to below 2^32`);
  }
  for (const name of [...(scores ?? []), ...(score === undefined ? [] : [score])]) {
    if (!scoreRegistry.some((known) => known.name === name)) {
      throw unknownScore(name);
    }
  }
  return { level, seed, scores };
}

/** What a comparison says of an experiment. */
export function compared({ record, table }: Evaluation): ComparedExperiment {
  return {
    prediction_id: record.predictionId,
    project: record.project,
    name: record.name ?? null,
    model: record.model,
    samples: record.samples,
    test_set_digest: record.testSetDigest,
    positive_label: record.positiveLabel ?? positiveLabelOf(table.metadata) ?? null,
  };
}

function swapped(comparison: Comparison): Comparison {
  const { a, b, agreement, scores } = comparison;
  const turned: Agreement = {
    ...agreement,
    only_a_right: agreement.only_b_right,
    only_b_right: agreement.only_a_right,
    a_nearer: agreement.b_nearer,
    b_nearer: agreement.a_nearer,
  };
  const turnedScores = scores.map(swappedDifference);
  return {
    ...comparison,
    a: b,
    b: a,
    verdict: opposite[comparison.verdict],
    summary: verdictInWords(turnedScores.find((each) => each.score === comparison.score)!),
    effect: effectInWords(turned),
    agreement: turned,
    nearer: nearerMoreOften(turned, comparison.level),
    scores: turnedScores,
  };
}

/** The same difference of b and a in each other's place. */
export function swappedDifference(each: ScoreDifference): ScoreDifference {
  return {
    ...each,
    a: each.b,
    b: each.a,
    difference: negative(each.difference),
    low: each.high === null ? null : negative(each.high),
    high: each.low === null ? null : negative(each.low),
    verdict: opposite[each.verdict],
  };
}

const opposite = { better: "worse", worse: "better", "no evidence": "no evidence" } as const;

/** Without a negative zero. */
function negative(value: number): number {
  return 0 - value;
}
