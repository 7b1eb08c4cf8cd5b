export {
  type AddedScoreValuesOptions,
  addedScores,
  addedScoreValues,
  addScore,
  type ChangeScoreOptions,
  type ExperimentScores,
  type GivenScore,
  removeScore,
} from "./api/added-scores.js";
export {
  type AnnotateOptions,
  type Annotations,
  annotate,
  listTrash,
  type PurgedExperiment,
  type PurgeOptions,
  purgeTrash,
  type TrashedExperiment,
} from "./api/annotate.js";
export type { AbortSignalLike, UrlLike } from "./api/check-options.js";
export {
  type ColumnName,
  column,
  type FeatureName,
  type LoggedValue,
  type ScoreColumn,
} from "./api/column.js";
export {
  addedIntervals,
  type BaselineComparison,
  type CompareOptions,
  compareExperiments,
  compareWithBaseline,
  isBetterBy,
  isNotWorseBy,
  type JudgingOptions,
  scoreIntervals,
} from "./api/compare-experiments.js";
export { type CompareRunsOptions, compareRuns } from "./api/compare-runs.js";
export { type ExperimentsOptions, experiments } from "./api/experiments.js";
export { checkRunMetrics, type ExplainScoreOptions, explainScore } from "./api/explain-score.js";
export type {
  ArqueroTableLike,
  ArrowTableLike,
  ArrowVectorLike,
  Column,
  DanfoLike,
  DependenceArgument,
  FeatureValues,
  GivenScores,
  HeldColumn,
  MatrixLike,
  OnnxTensorLike,
  SampleFeatures,
  TableLike,
  TensorLike,
} from "./api/held/held-types.js";
export type {
  AddedDifference,
  AddedInterval,
  AddedScore,
  AddedValue,
  Agreement,
  ComparedExperiment,
  Comparison,
  FoundDefinition,
  Leaderboard,
  LeaderboardRow,
  MarginConclusion,
  MetricsCheck,
  ModelRanking,
  NearerMoreOften,
  OtherTestSet,
  PrimaryScore,
  RunsComparison,
  RunsDesign,
  RunsDifference,
  ScoreDifference,
  ScoreExplanation,
  ScoreInterval,
  ScoreName,
  SliceComparison,
  SliceCondition,
  SliceDifference,
  SlicePair,
  SliceReport,
  SliceScore,
  Verdict,
} from "./api/judged-types.js";
export { type LeaderboardOptions, leaderboard } from "./api/leaderboard.js";
export {
  type ClassificationInput,
  type CommonInput,
  type ExperimentInput,
  type ExperimentParameters,
  type LoggedExperiment,
  logExperiment,
  type ModelDescription,
  type RegressionInput,
} from "./api/log-experiment.js";
export {
  type CompactOptions,
  type CopyOptions,
  compactStore,
  copyStore,
  type SyncOptions,
  syncSpool,
  type VerifyOptions,
  verifyStore,
} from "./api/maintain-store.js";
export {
  type PrimaryScores,
  primaryScores,
  type SetPrimaryScoreOptions,
  setPrimaryScore,
} from "./api/primary-scores.js";
export {
  type ExperimentRecord,
  type ExperimentWithPredictions,
  listProjects,
  type ProjectExperiments,
  type ReadExperimentOptions,
  type ReadOptions,
  readExperiment,
  readExperiments,
} from "./api/read-experiments.js";
export {
  type ProjectRuns,
  type ReadHistoryOptions,
  type RunHistory,
  type RunRecord,
  readHistory,
  readRun,
  readRuns,
  type WholeRun,
} from "./api/read-runs.js";
export { type ReportOptions, report } from "./api/report.js";
export { type Score, type Scores, scoreRegistry } from "./api/scores.js";
export {
  type CompareSlicesOptions,
  compareSlices,
  type FindSlicesOptions,
  findSlices,
  type SliceScoresOptions,
  sliceScores,
} from "./api/slices.js";
export {
  type KeptArtifact,
  type LogOptions,
  type ResumeRunOptions,
  type Run,
  type RunEndStatus,
  type RunExperimentInput,
  type RunRecording,
  resumeRun,
  type StartRunOptions,
  startRun,
  withRun,
} from "./api/start-run.js";
export {
  createTracker,
  type TrackedInput,
  type Tracker,
  type TrackerOptions,
  type WithoutPlace,
} from "./api/tracker.js";
export type { ReportedNumber } from "./definitions/check-reported.js";
export type { ExperimentFacts } from "./experiment/experiment-record.js";
export type { Label } from "./experiment/input/class-labels.js";
export type { ClassOrder, OrderEvidence } from "./experiment/input/class-order.js";
export type { Kind } from "./experiment/input/experiment-input.js";
export type { DictionaryValues, TypedArray, Values } from "./experiment/input/values.js";
export type { JsonValue } from "./experiment/json-value.js";
export { projectName } from "./experiment/project-name.js";
export type { WeightTotals } from "./experiment/sample-weight.js";
export type { SpooledExperiment, StoredExperiment } from "./jobs/log-experiment.js";
export type { ProjectCompaction } from "./maintenance/compact-store.js";
export type { CopyProblem } from "./maintenance/copy-problem.js";
export type { CopyReport } from "./maintenance/copy-store.js";
export type { Finding, VerifyReport } from "./maintenance/verify-store.js";
export type {
  DoubleColumn,
  IntegerValues,
  PredictionColumn,
  PredictionTable,
} from "./predictions/prediction-table.js";
export type { RunDataset, RunFacts, RunStatus } from "./run/run-record.js";
export type { Delivery, Remaining } from "./spool/deliver.js";
export type { RunDelivery } from "./spool/deliver-runs.js";
export type { SyncReport } from "./spool/sync-spool.js";
export { type ErrorCode, errorCodes, TrackingError } from "./tracking-error.js";
export type { LogCompaction } from "./tracking-log/compact-log.js";
export type { LogProblem } from "./tracking-log/read-log.js";
