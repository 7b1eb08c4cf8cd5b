import type { AddedScore } from "../../added-scores/added-score.js";
import type { FeatureSource } from "../../predictions/read/feature-source.js";
import { addedValues } from "../added/added-values.js";
import { type CheckedRun, checkMetrics } from "../check-metrics.js";
import { compareEvaluations, evaluationAddedIntervals, evaluationIntervals } from "../compare-evaluations.js";
import type { CompareSettings, JudgingSettings } from "../compare-settings.js";
import { type DifferingSamplesQuery, differingSamples } from "../differing-samples.js";
import { type ExplainSettings, explainEvaluation } from "../explain-evaluation.js";
import { judgePair } from "../judge-pair.js";
import { type StandingSettings, standingDifference, standingInterval } from "../leaderboard/standing.js";
import type { Evaluation, PairOptions } from "../pairing/pair-evaluations.js";
import { sharedSamples } from "../pairing/shared-samples.js";
import { sampleDifference } from "../sample-difference.js";
import { type CompareSlicesSettings, compareSliceScores } from "../slices/compare-slices.js";
import { judgeSlices } from "../slices/judge-slices.js";
import type { SliceSettings } from "../slices/slice-settings.js";

type One = readonly [Evaluation];
type Two = readonly [Evaluation, Evaluation];
/** With the features of its samples, which few tasks read. */
export interface FeaturedEvaluation extends Evaluation {
  features: FeatureSource;
}

/** What the judging thread can be asked: of the experiments' predictions, with some settings. */
export const tasks = {
  intervals: ([experiment]: One, settings: JudgingSettings) => evaluationIntervals(experiment, settings),
  addedIntervals: ([experiment]: One, settings: JudgingSettings) =>
    evaluationAddedIntervals(experiment, settings),
  comparison: ([a, b]: Two, settings: CompareSettings) => compareEvaluations(a, b, settings),
  standingInterval: ([experiment]: One, settings: StandingSettings) => standingInterval(experiment, settings),
  standingDifference: ([best, other]: Two, settings: StandingSettings) =>
    standingDifference(best, other, settings),
  sharedSamples: ([a, b]: Two) => sharedSamples(a, b),
  sampleDifference: ([a, b]: Two, settings: PairOptions) => sampleDifference(a, b, settings),
  slices: ([experiment]: readonly [FeaturedEvaluation], settings: SliceSettings) =>
    judgeSlices(experiment, experiment.features, settings),
  sliceComparison: (
    [a, b]: readonly [FeaturedEvaluation, FeaturedEvaluation],
    settings: CompareSlicesSettings,
  ) => compareSliceScores(a, b, [a.features, b.features], settings),
  judgedPair: ([a, b]: readonly [FeaturedEvaluation, FeaturedEvaluation], settings: CompareSettings) =>
    judgePair(a, b, [a.features, b.features], settings),
  explanation: ([experiment]: One, settings: ExplainSettings) => explainEvaluation(experiment, settings),
  metricsCheck: ([experiment]: One, run: CheckedRun) => checkMetrics(experiment, run),
  addedValues: ([experiment]: One, settings: { added: readonly AddedScore[] }) =>
    addedValues(experiment, settings),
  differingSamples: ([a, b]: Two, query: DifferingSamplesQuery) => differingSamples(a, b, query),
};

export type TaskName = keyof typeof tasks;
type FilesOf<Of extends readonly Evaluation[]> = { readonly [Index in keyof Of]: JudgedFile };
/** As many as the task has experiments. */
export type TaskFiles<Name extends TaskName> = FilesOf<Parameters<(typeof tasks)[Name]>[0]>;
export type TaskSettings<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[1];
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<(typeof tasks)[Name]>>;

/** An experiment and where its predictions lie on this computer. */
export interface JudgedFile {
  record: Evaluation["record"];
  path: string;
  /** Changes with the file's content. */
  version: string;
}

export interface TaskRequest {
  name: TaskName;
  files: readonly JudgedFile[];
  settings: unknown;
}

/** What comes back: a failure that the user can do something about has its code. */
export type TaskAnswer =
  | { result: unknown }
  | { failure: { code: string | undefined; message: string; stack: string | undefined } };
