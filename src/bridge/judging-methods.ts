import { experimentTitle } from "../experiment/experiment-title.js";
import type { CompareRunsOptions } from "../jobs/compare-runs.js";
import type { ExplainOptions } from "../jobs/explain-score.js";
import type { Place, ReadOptions } from "../jobs/find-experiments.js";
import type { LeaderboardOptions } from "../jobs/leaderboard.js";
import type { ReportOptions } from "../jobs/report.js";
import type { CompareSlicesOptions } from "../jobs/slices.js";

/** What is judged of experiments, each by its name in the protocol. A program that only logs loads none of it. */
export const judgingMethods = [
  ["compare", compareSent],
  ["compare_runs", compareRunsSent],
  ["leaderboard", leaderboardSent],
  ["slices", slicesSent],
  ["explain", explainSent],
  ["check_run_metrics", runMetricsSent],
  ["report", reportSent],
  ["standing", standingSent],
] as const;

interface CompareRequest extends ReadOptions {
  a: string;
  b: string;
  project?: string;
  score?: string;
  level?: number;
  seed?: number;
  margin?: number;
  max_loss?: number;
  min_improvement?: number;
  on_shared_samples?: boolean;
  alone?: boolean;
  group?: string;
  order?: string;
}

/** The record of `compareExperiments`, and what its margin says. */
async function compareSent(given: CompareRequest): Promise<unknown> {
  const { a, b, on_shared_samples: onSharedSamples, margin, max_loss, min_improvement, ...options } = given;
  const { compareExperiments, isBetterBy, isNotWorseBy } = await import("../jobs/compare-experiments.js");
  const { oneMargin } = await import("../jobs/one-margin.js");
  const asked = oneMargin({ margin, max_loss, min_improvement });
  const comparison = await compareExperiments(a, b, {
    ...options,
    ...(asked === undefined ? {} : { margin: asked.margin }),
    ...(onSharedSamples === undefined ? {} : { onSharedSamples }),
  });
  return {
    comparison,
    improved:
      min_improvement === undefined
        ? comparison.alone.verdict === "better"
        : isBetterBy(comparison, min_improvement),
    non_inferior: asked === undefined ? null : isNotWorseBy(comparison, asked.margin),
  };
}

async function compareRunsSent({
  models,
  ...options
}: CompareRunsOptions & { models: readonly (readonly string[])[] }): Promise<unknown> {
  const { compareRuns } = await import("../jobs/compare-runs.js");
  return compareRuns(models, options);
}

interface LeaderboardRequest extends Omit<LeaderboardOptions, "testSet"> {
  project: string;
  test_set?: string;
}

/** The record of `leaderboard`, and what each of its rows is called. */
async function leaderboardSent({
  project,
  test_set: testSet,
  ...options
}: LeaderboardRequest): Promise<unknown> {
  const { leaderboard } = await import("../jobs/leaderboard.js");
  const board = await leaderboard(project, { ...options, ...(testSet === undefined ? {} : { testSet }) });
  const titles = board.rows.map(({ name, prediction_id: id }) => experimentTitle(name, id));
  return { leaderboard: board, titles };
}

interface SlicesRequest extends Omit<CompareSlicesOptions, "minSize" | "onSharedSamples"> {
  prediction_id: string;
  /** Compared with it, slice by slice. */
  other?: string;
  min_size?: number;
  on_shared_samples?: boolean;
}

/** The record of `findSlices`, `sliceScores` or `compareSlices`. */
async function slicesSent(given: SlicesRequest): Promise<unknown> {
  const { prediction_id: id, other, min_size: minSize, on_shared_samples: onSharedSamples, ...rest } = given;
  const { compareSlices, findSlices, sliceScores } = await import("../jobs/slices.js");
  const { by, ...options } = { ...rest, minSize };
  if (other !== undefined) {
    return compareSlices(id, other, { ...options, by, onSharedSamples: onSharedSamples ?? false });
  }
  return by === undefined ? findSlices(id, options) : sliceScores(id, { ...options, by });
}

/** The record of `explainScore`. */
async function explainSent({
  prediction_id: id,
  ...asked
}: ExplainOptions & { prediction_id: string }): Promise<unknown> {
  const { explainScore } = await import("../jobs/explain-score.js");
  return explainScore(id, asked);
}

/** The record of `checkRunMetrics`. */
async function runMetricsSent({
  prediction_id: id,
  ...place
}: Place & { prediction_id: string }): Promise<unknown> {
  const { checkRunMetrics } = await import("../jobs/check-run-metrics.js");
  return checkRunMetrics(id, place);
}

interface ReportRequest extends Omit<ReportOptions, "onSharedSamples"> {
  a: string;
  b: string;
  on_shared_samples?: boolean;
}

/** `text`, the whole file; `verdict` and `summary`, what it says first. */
async function reportSent({ a, b, on_shared_samples: shared, ...options }: ReportRequest): Promise<unknown> {
  const { report } = await import("../jobs/report.js");
  return report(a, b, { ...options, onSharedSamples: shared ?? false });
}

/** What a notebook shows of an experiment. */
async function standingSent({
  prediction_id: id,
  ...place
}: ReadOptions & { prediction_id: string; project?: string }): Promise<unknown> {
  const { experimentStanding } = await import("../jobs/experiment-standing.js");
  return experimentStanding(id, place);
}
