export type { ExperimentRecord } from "./experiment/experiment-record.js";
export type { Label } from "./experiment/input/class-labels.js";
export type { ClassOrder, OrderEvidence } from "./experiment/input/class-order.js";
export type { ExperimentInput, Kind } from "./experiment/input/experiment-input.js";
export { projectName } from "./experiment/project-name.js";
export {
  type BaselineComparison,
  type CompareOptions,
  compareExperiments,
  compareWithBaseline,
  isBetterBy,
  isNotWorseBy,
  type JudgingOptions,
  scoreIntervals,
} from "./jobs/compare-experiments.js";
export { type CompareRunsOptions, compareRuns } from "./jobs/compare-runs.js";
export { type LeaderboardOptions, leaderboard } from "./jobs/leaderboard.js";
export {
  type LoggedExperiment,
  logExperiment,
  type SpooledExperiment,
  type StoredExperiment,
} from "./jobs/log-experiment.js";
export {
  type ExperimentWithPredictions,
  listProjects,
  type ProjectExperiments,
  readExperiment,
  readExperiments,
} from "./jobs/read-experiments.js";
export {
  type CompareSlicesOptions,
  compareSlices,
  type FindSlicesOptions,
  findSlices,
  type SliceScoresOptions,
  sliceScores,
} from "./jobs/slices.js";
export type {
  Agreement,
  ComparedExperiment,
  Comparison,
  MarginConclusion,
  ScoreDifference,
  ScoreInterval,
  Verdict,
} from "./judge/judge-schema.js";
export type { Leaderboard, LeaderboardRow, OtherTestSet } from "./judge/leaderboard/leaderboard-schema.js";
export type { ModelRanking, RunsComparison, RunsDesign, RunsDifference } from "./judge/runs/runs-schema.js";
export type {
  SliceComparison,
  SliceDifference,
  SlicePair,
  SliceReport,
  SliceScore,
} from "./judge/slices/slice-schema.js";

export { type CompactOptions, compactStore, type ProjectCompaction } from "./maintenance/compact-store.js";
export { type CopyOptions, type CopyProblem, type CopyReport, copyStore } from "./maintenance/copy-store.js";
export {
  type Finding,
  type VerifyOptions,
  type VerifyReport,
  verifyStore,
} from "./maintenance/verify-store.js";
export type { PredictionColumn, PredictionTable } from "./predictions/prediction-table.js";
export type { SliceCondition } from "./predictions/slice-condition.js";
export { type Score, scoreRegistry } from "./scores/registry.js";
export type { Delivery, Remaining } from "./spool/deliver.js";
export { type SyncOptions, syncSpool } from "./spool/sync-spool.js";
export { type ErrorCode, errorCodes, TrackingError } from "./tracking-error.js";
