import packageJson from "../../package.json" with { type: "json" };
import type { AddedScore } from "../added-scores/added-score.js";
import { namedFeatures } from "../added-scores/read-expression.js";
import { positiveLabelOf } from "../experiment/positive-label-text.js";
import { findScore, type Score } from "../scores/registry.js";
import { usualPrimaryScore } from "../scores/usual-primary-score.js";
import { TrackingError } from "../tracking-error.js";
import { addedDifferences, addedIntervals } from "./added/judge-added.js";
import { sampleFeatures } from "./added/sample-features.js";
import { type CompareSettings, checkedSettings, type JudgingSettings } from "./compare-settings.js";
import { checkedDependence, checkFound } from "./dependence/dependence.js";
import { judgeDifference } from "./difference/judge-difference.js";
import { nearerMoreOften } from "./difference/nearer-more-often.js";
import { judgeScores } from "./intervals/judge-scores.js";
import { judgeMargin } from "./judge-margin.js";
import type { JudgeOptions } from "./judge-options.js";
import type {
  AddedDifference,
  AddedInterval,
  ComparedExperiment,
  Comparison,
  ScoreDifference,
  ScoreInterval,
} from "./judge-schema.js";
import { type JudgedSample, judgedSample } from "./pairing/judged-sample.js";
import { type Evaluation, type PairedEvaluations, pairEvaluations } from "./pairing/pair-evaluations.js";
import { scoreValue } from "./score-value.js";
import { effectInWords, verdictInWords } from "./verdict-in-words.js";

/**
 * Compares experiment `b` with experiment `a` sample by sample: every score's difference with interval and
 * p-value, and a verdict.
 * @throws TrackingError NOT_COMPARABLE, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export function compareEvaluations(a: Evaluation, b: Evaluation, settings: CompareSettings = {}): Comparison {
  const judging = checkedSettings(settings);
  const { margin } = settings;
  const { kind } = a.record;
  const score = settings.score ?? usualPrimaryScore(kind);
  const scores = judging.scores && [...judging.scores, score];
  // Draws are made in the order of the ids, so that b against a is a against b with other signs, and no other
  // numbers.
  const isSwapped = a.record.predictionId > b.record.predictionId;
  const [first, second] = isSwapped ? [b, a] : [a, b];
  const paired = pairEvaluations(first, second, settings);
  const judged = judgeDifference(paired.a, paired.b, { ...judging, scores });
  const found = isSwapped ? swapped(judged) : judged;
  const main = found.scores.find((each) => each.score === score);
  if (!main) throw withoutScore(a, b, paired.a, score, found.scores);
  const added = judgePairOfAdded(first, second, paired, settings.added ?? [], judging);
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
    alone: { p: main.p, verdict: main.verdict },
    as_one_of: null,
    alone_because: null,
    effect: effectInWords(found.agreement),
    margin: margin === undefined ? null : judgeMargin(main, margin),
    warnings: paired.a.dependence || paired.b.dependence ? [] : suspicions(a, b),
    agreement: found.agreement,
    // Its samples must be independent.
    nearer: paired.a.dependence ? null : nearerMoreOften(found.agreement, judging.level),
    scores: found.scores,
    added: isSwapped ? added.map(swappedAdded) : added,
    versions: { ml_tracking: packageJson.version },
  };
}

function judgePairOfAdded(
  first: Evaluation,
  second: Evaluation,
  { a, b, rows }: PairedEvaluations,
  added: readonly AddedScore[],
  options: JudgeOptions,
): AddedDifference[] {
  const names = namedFeatures(added);
  const ofA = sampleFeatures(first.table, names, rows.a);
  const ofB = sampleFeatures(second.table, names, rows.b);
  // A feature is a fact about the samples: who logged it does not matter.
  return addedDifferences(
    { sample: a, features: new Map([...ofB, ...ofA]) },
    { sample: b, features: new Map([...ofA, ...ofB]) },
    added,
    options,
  );
}

/** What was noticed at logging: samples that look dependent though nobody said so. */
function suspicions(...evaluations: readonly Evaluation[]): string[] {
  const found = evaluations.flatMap(({ table }) => table.metadata["ml_tracking.suspicion"] ?? []);
  return [...new Set(found)];
}

/** Why neither has a value of a score that there could be. */
function withoutScore(
  a: Evaluation,
  b: Evaluation,
  sample: JudgedSample,
  score: string,
  others: readonly ScoreDifference[],
): TrackingError {
  const [ofA, ofB] = [compared(a), compared(b)];
  const [positiveA, positiveB] = [ofA.positive_label, ofB.positive_label];
  if (positiveA !== positiveB && positiveA !== null && positiveB !== null) {
    return new TrackingError(
      "NOT_COMPARABLE",
      `${score} is about the positive class, which is ${JSON.stringify(positiveA)} in experiment ${ofA.prediction_id} and ${JSON.stringify(positiveB)} in ${ofB.prediction_id}; log both with the same positive_label, or compare them by a score of all classes, such as f1_macro`,
    );
  }
  const known = others.map((each) => each.score).join(", ");
  return new TrackingError(
    "INVALID_ARGUMENT",
    `score is ${JSON.stringify(score)}, which ${whyWithoutScore(a, b, sample, findScore(score)!)}; compare them by ${known}`,
  );
}

function whyWithoutScore(a: Evaluation, b: Evaluation, sample: JudgedSample, score: Score): string {
  const { name, kind, needsScore, binaryOnly } = score;
  if (kind !== sample.kind) return `is a score of a ${kind}, and these are of a ${sample.kind}`;
  if (sample.kind === "classification") {
    const { length } = sample.labels;
    if (binaryOnly && length > 2) return `is about the positive class of two, and there are ${length} labels`;
    const areThere = [a, b].every(({ record }) => record.scores[name] !== undefined);
    if (needsScore && sample.scores.length === 0 && areThere) {
      return "is of other classes in the one than in the other";
    }
  }
  return `is undefined for both: ${scoreValue(sample, name)?.why ?? "it does not apply"}`;
}

/**
 * The scores of one experiment with their intervals: where they would lie on other samples of the same kind.
 * @throws TrackingError INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export function evaluationIntervals({ table }: Evaluation, settings: JudgingSettings = {}): ScoreInterval[] {
  const dependence = checkedDependence(settings);
  const sample = judgedSample(table, dependence);
  checkFound(dependence, [sample]);
  return judgeScores(sample, checkedSettings(settings));
}

/**
 * The scores that the project has added, with their intervals.
 * @throws TrackingError INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export function evaluationAddedIntervals(
  { table }: Evaluation,
  { added = [], ...settings }: JudgingSettings,
): AddedInterval[] {
  const sample = judgedSample(table, checkedDependence(settings));
  const features = sampleFeatures(table, namedFeatures(added));
  return addedIntervals({ sample, features }, added, checkedSettings(settings));
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

function swapped({
  agreement,
  scores,
}: ReturnType<typeof judgeDifference>): ReturnType<typeof judgeDifference> {
  return {
    agreement: {
      ...agreement,
      only_a_right: agreement.only_b_right,
      only_b_right: agreement.only_a_right,
      a_nearer: agreement.b_nearer,
      b_nearer: agreement.a_nearer,
    },
    scores: scores.map(swappedDifference),
  };
}

/** The same difference of b and a in each other's place. */
export function swappedDifference(each: ScoreDifference): ScoreDifference {
  return { ...each, ...swappedValues(each) };
}

function swappedAdded(each: AddedDifference): AddedDifference {
  return { ...each, ...swappedValues(each) };
}

type DifferenceValues = Pick<ScoreDifference, "a" | "b" | "difference" | "low" | "high" | "verdict">;

function swappedValues(each: DifferenceValues): DifferenceValues {
  return {
    a: each.b,
    b: each.a,
    difference: negative(each.difference),
    low: negative(each.high),
    high: negative(each.low),
    verdict: opposite[each.verdict],
  };
}

const opposite = {
  better: "worse",
  worse: "better",
  "no evidence": "no evidence",
  "cannot be tested": "cannot be tested",
} as const;

/** Without a negative zero. */
function negative(value: number | null): number | null {
  return value === null ? null : 0 - value;
}
