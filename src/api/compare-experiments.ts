import { shown } from "../experiment/input/values.js";
import type { ScoreDifference as JudgedDifference } from "../judge/judge-schema.js";
import { concludeMargin, isNonInferior, isSuperior } from "../judge/margin-conclusion.js";
import { TrackingError } from "../tracking-error.js";
import { checkedId, checkOptions, flag, number, type OptionChecks, text, texts } from "./check-options.js";
import { inCamelCase } from "./in-camel-case.js";
import type { AddedInterval, Comparison, ScoreInterval, ScoreName } from "./judged-types.js";
import { loadInTurn } from "./load-in-turn.js";
import { placeChecks, type ReadExperimentOptions } from "./read-experiments.js";
import { answer } from "./typescript-words.js";

export interface JudgingOptions extends ReadExperimentOptions {
  /** How sure the intervals and the verdict are; by default 0.95. */
  level?: number | undefined;
  /** Of the bootstrap: the same seed gives the same numbers everywhere. By default 0. */
  seed?: number | undefined;
  /** The scores wanted; by default all. */
  scores?: readonly ScoreName[] | undefined;
  /** A feature whose equal values make a group of samples that depend on each other. */
  group?: string | undefined;
  /** A feature by which samples follow each other in time. */
  order?: string | undefined;
}

export interface CompareOptions extends JudgingOptions {
  /** The score that the verdict is about; by default the project's primary score. */
  score?: ScoreName | undefined;
  /**
   * A difference that matters, in that score's unit: whether b is superior by it, equivalent or non-inferior
   * within it.
   */
  margin?: number | undefined;
  /** Judges the pair by itself, as if no other experiment had been tried. */
  alone?: boolean | undefined;
  /** Pairs experiments of different test sets on the samples that both have. */
  onSharedSamples?: boolean | undefined;
}

/** Several experiments compared with one. */
export interface BaselineComparison {
  /** Prediction id of the one that the others are compared with: a of each comparison. */
  baseline: string;
  score: string;
  /** How sure all verdicts together are; each comparison has its own, higher level. */
  level: number;
  correction: string;
  /** In the order asked for. */
  comparisons: (Comparison & {
    /** p of the verdict's score times how many were compared, at most 1; undefined where no test applies. */
    pCorrected: number | undefined;
  })[];
}

const loadJobs = () => loadInTurn(() => import("../jobs/compare-experiments.js"));

const judgingChecks: OptionChecks<JudgingOptions> = {
  ...placeChecks,
  level: number,
  seed: number,
  scores: texts,
  group: text,
  order: text,
};
const compareChecks: OptionChecks<CompareOptions> = {
  ...judgingChecks,
  score: text,
  margin: number,
  alone: flag,
  onSharedSamples: flag,
};

/**
 * Compares experiment `b` with experiment `a` sample by sample: every score's difference with interval and
 * p-value, and a verdict. Samples are aligned by their ids, whatever the order; without ids beside the
 * predictions, by their order, which the digest then covers.
 * @throws TrackingError NOT_COMPARABLE where the test sets differ, unless `onSharedSamples`; where a sample
 * id stands twice; and where one is a classification and the other a regression. UNKNOWN_EXPERIMENT,
 * UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export function compareExperiments(a: string, b: string, options?: CompareOptions): Promise<Comparison> {
  return answer(options, async () => {
    const [first, second] = [checkedId(a, "a"), checkedId(b, "b")];
    const checked = checkOptions(options, compareChecks);
    return inCamelCase(await (await loadJobs()).compareExperiments(first, second, checked));
  });
}

/**
 * Compares each of some experiments with a baseline, as `compareExperiments` does. All verdicts, intervals
 * and margins hold together by Bonferroni's correction: of k comparisons, each is made at the level 1 - (1 -
 * level) / k.
 * @param others 1 to 20 prediction ids
 * @throws TrackingError as `compareExperiments`
 */
export function compareWithBaseline(
  baseline: string,
  others: readonly string[],
  options?: CompareOptions,
): Promise<BaselineComparison> {
  return answer(options, async () => {
    const id = checkedId(baseline, "baseline");
    if (!texts.accepts(others)) {
      throw new TrackingError(
        others === undefined ? "MISSING_ARGUMENT" : "INVALID_ARGUMENT",
        `${others === undefined ? "missing argument: others" : `others is ${shown(others)}`}; give an array of prediction ids`,
      );
    }
    const checked = checkOptions(options, compareChecks);
    return inCamelCase(await (await loadJobs()).compareWithBaseline(id, others, checked));
  });
}

/**
 * Whether b is shown to be better than a by more than `least`, in the unit of the score that the verdict is
 * about: the interval of the difference lies beyond it.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function isBetterBy(comparison: Comparison, least: number): boolean {
  return isSuperior(concludeMargin(mainDifference(comparison), least));
}

/**
 * Whether b is shown not to be worse than a by `most` or more, in the unit of the score that the verdict is
 * about: the interval of the difference leaves such a loss out.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function isNotWorseBy(comparison: Comparison, most: number): boolean {
  return isNonInferior(concludeMargin(mainDifference(comparison), most));
}

/** The difference of the score that the verdict is about, as the judge has it. */
function mainDifference(comparison: Comparison): JudgedDifference {
  const found = (comparison as Partial<Comparison> | undefined)?.scores?.find(
    ({ score }) => score === comparison.score,
  );
  if (found === undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `comparison is ${shown(comparison)}; give what compareExperiments returned`,
    );
  }
  const { a, b, difference, low, high, p, method, seed, detectable, reason, ...rest } = found;
  const orNull = <T>(value: T | undefined): T | null => value ?? null;
  return {
    ...rest,
    a: orNull(a),
    b: orNull(b),
    difference: orNull(difference),
    low: orNull(low),
    high: orNull(high),
    p: orNull(p),
    method: orNull(method),
    seed: orNull(seed),
    detectable: orNull(detectable),
    reason: orNull(reason),
  };
}

/**
 * The scores of one experiment with their intervals: where they would lie on other samples of the same kind.
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT,
 * PREDICTIONS_NOT_READABLE
 */
export function scoreIntervals(predictionId: string, options?: JudgingOptions): Promise<ScoreInterval[]> {
  return answer(options, async () => {
    const id = checkedId(predictionId);
    const checked = checkOptions(options, judgingChecks);
    return inCamelCase(await (await loadJobs()).scoreIntervals(id, checked));
  });
}

/**
 * The scores that the experiment's project has added, with their intervals, by the bootstrap.
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT,
 * PREDICTIONS_NOT_READABLE
 */
export function addedIntervals(
  predictionId: string,
  options?: Omit<JudgingOptions, "scores">,
): Promise<AddedInterval[]> {
  return answer(options, async () => {
    const id = checkedId(predictionId);
    const { scores: _, ...checks } = judgingChecks;
    const checked = checkOptions(options, checks);
    return inCamelCase(await (await loadJobs()).addedIntervals(id, checked));
  });
}
