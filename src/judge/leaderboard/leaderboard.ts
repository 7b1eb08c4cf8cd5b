import packageJson from "../../../package.json" with { type: "json" };
import type { ExperimentRecord } from "../../experiment/experiment-record.js";
import type { Score } from "../../scores/registry.js";
import { normalQuantile } from "../../statistics/normal-distribution.js";
import { ryan } from "../../statistics/ryan.js";
import { sharedLevel } from "../../statistics/shared-level.js";
import { TrackingError } from "../../tracking-error.js";
import { sampleWeightOf } from "../compare-evaluations.js";
import { checkedSettings } from "../compare-settings.js";
import { checkedDependence, type DependenceSettings } from "../dependence/dependence.js";
import { standardErrorOf } from "../difference/detectable-difference.js";
import { judgeMargin } from "../judge-margin.js";
import type { ScoreDifference, ScoreInterval } from "../judge-schema.js";
import { badness, type LeaderboardCandidates } from "./leaderboard-candidates.js";
import type { Leaderboard, LeaderboardRow, OtherTestSet } from "./leaderboard-schema.js";
import type { StandingSettings } from "./standing.js";
import { tiedWithTheBest } from "./tied-with-the-best.js";

export interface LeaderboardSettings extends DependenceSettings {
  level?: number;
  seed?: number;
  /** A difference that matters, in the score's unit: whether each is within it of the best. */
  margin?: number;
}

/** Reads predictions and judges, wherever that is done. */
export interface Judge {
  interval: (record: ExperimentRecord, settings: StandingSettings) => Promise<ScoreInterval>;
  difference: (
    best: ExperimentRecord,
    other: ExperimentRecord,
    settings: StandingSettings,
  ) => Promise<ScoreDifference>;
  /** Undefined where nobody asked. */
  shared: ((a: ExperimentRecord, b: string) => Promise<number | null>) | undefined;
}

/** So many were tried that the best one's lead is worth a word. */
const many = 5;
/** So many other test sets are looked at for samples in common. */
const mostShared = 10;

/**
 * Ranks the candidates. The best one is picked by its value, so that any pair of them could have been
 * compared with each other: Ryan's correction is for all pairs, not only those with the best.
 * @throws TrackingError INVALID_ARGUMENT
 */
export async function judgeLeaderboard(
  candidates: LeaderboardCandidates,
  judge: Judge,
  settings: LeaderboardSettings = {},
): Promise<Leaderboard> {
  const { project, score, primaryScore, group, best: records, others } = candidates;
  const { level, seed } = checkedSettings({ ...settings, score: score.name });
  const { margin } = settings;
  const dependence = checkedDependence(settings);
  const asked = { level, seed, score: score.name, ...dependence };
  const pairs = (records.length * (records.length - 1)) / 2;
  // The margin is decided by the interval that is shown, which therefore has to hold for all pairs together.
  const askedOfPair =
    margin === undefined ? asked : { ...asked, level: sharedLevel(level, Math.max(pairs, 1)) };
  const rows: LeaderboardRow[] = [];
  let best: ExperimentRecord | undefined;
  for (const record of records) {
    const row = emptyRow(record, score, records);
    rows.push(row);
    await whereJudgeable(row, async () => {
      row.interval = await judge.interval(record, asked);
      if (best) {
        row.difference = await judge.difference(best, record, askedOfPair);
        if (margin !== undefined) row.margin = judgeMargin(row.difference, margin, ["the best", "it"]);
      } else {
        best = record;
        row.verdict = "best";
      }
    });
  }
  checkDependentBy(dependence, rows);
  addVerdicts(rows, level);
  const luck = luckOf(rows, group.experiments);
  const sharedWith = judge.shared;
  const otherTestSets: OtherTestSet[] = [];
  for (const [i, other] of others.entries()) {
    const shared_samples =
      best && sharedWith && i < mostShared ? await sharedWith(best, other.best.prediction_id) : null;
    otherTestSets.push({ ...other, shared_samples, reason: otherReason(shared_samples) });
  }
  return {
    project,
    kind: group.kind,
    score: score.name,
    primary_score: primaryScore,
    direction: score.direction,
    test_set_digest: group.test_set_digest,
    level,
    seed,
    margin: margin ?? null,
    experiments: group.experiments,
    rows,
    tied: tiedWithTheBest(rows, level, Math.max(pairs, 1)),
    correction: `Ryan's method, since any of the ${rows.length} judged could have come first`,
    luck,
    note: [weightsNote(rows), noteOf(group.experiments, luck, score)].filter(Boolean).join(" ") || null,
    other_test_sets: otherTestSets,
    versions: { ml_tracking: packageJson.version },
  };
}

function emptyRow(record: ExperimentRecord, score: Score, all: readonly ExperimentRecord[]): LeaderboardRow {
  const worth = (each: ExperimentRecord) => badness(score, each.scores[score.name]!);
  return {
    rank: 1 + all.filter((each) => worth(each) < worth(record)).length,
    verdict: "not judged",
    prediction_id: record.predictionId,
    name: record.name ?? null,
    model: record.model,
    logged_at: record.loggedAt.toISOString(),
    positive_label: record.positiveLabel ?? null,
    sample_weight: sampleWeightOf(record),
    value: record.scores[score.name]!,
    interval: null,
    difference: null,
    p_corrected: null,
    margin: null,
    reason: null,
  };
}

/** What is wrong with one experiment's predictions must not hide the others. */
async function whereJudgeable(row: LeaderboardRow, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isItsOwn =
      error instanceof TrackingError && ["NOT_COMPARABLE", "PREDICTIONS_NOT_READABLE"].includes(error.code);
    if (!isItsOwn) throw error;
    row.reason = error.message;
  }
}

/**
 * A feature that no experiment has is a slip of the one who asked.
 * @throws TrackingError INVALID_ARGUMENT
 */
function checkDependentBy({ group, order }: DependenceSettings, rows: readonly LeaderboardRow[]): void {
  const feature = group ?? order;
  if (feature === undefined || rows.some(({ verdict }) => verdict === "best")) return;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${group === undefined ? "order" : "group"} is ${JSON.stringify(feature)}, and no experiment can be judged by it: ${rows[0]!.reason}`,
  );
}

function addVerdicts(rows: LeaderboardRow[], level: number): void {
  const tested = rows.filter(({ difference }) => difference && difference.p !== null);
  const corrected = ryan(
    tested.map(({ difference }) => difference!.p!),
    rows.length,
  );
  const rankOfBest = rows.find(({ verdict }) => verdict === "best")?.rank ?? 1;
  for (const [i, row] of tested.entries()) {
    row.p_corrected = corrected[i]!;
    const isWorse = row.p_corrected < 1 - level && row.difference!.difference !== 0;
    row.verdict = isWorse ? "worse than the best" : "tied with the best";
    if (!isWorse) row.rank = rankOfBest;
  }
  for (const row of rows) {
    if (row.difference?.p !== null) continue;
    row.verdict = "cannot be tested";
    row.reason = row.difference.reason;
  }
}

/**
 * How far the best of so many equally good ones would be ahead of their mean: the expected greatest of normal
 * deviations (G. Blom, 1958), each as large as the part of a difference that one of the two has.
 */
function luckOf(rows: readonly LeaderboardRow[], tried: number): number | null {
  const errors = rows
    .flatMap(({ difference }) => (difference ? (standardErrorOf(difference) ?? []) : []))
    .sort((a, b) => a - b);
  const typical = errors[errors.length >> 1];
  if (!typical) return null;
  return (typical / Math.SQRT2) * normalQuantile((tried - 0.375) / (tried + 0.25));
}

/** Values that are weighted in another way are ranked side by side, and not compared. */
function weightsNote(rows: readonly LeaderboardRow[]): string | null {
  const ways = new Set(rows.map(({ sample_weight: weights }) => JSON.stringify(weights)));
  if (ways.size < 2) return null;
  const weighted = rows.filter(({ sample_weight: weights }) => weights !== null).length;
  return `${weighted} of ${rows.length} are weighted by sample_weight, not all in the same way: their values are not of the same thing, and only those of the best one's weights are compared with it.`;
}

function noteOf(tried: number, luck: number | null, { title }: Score): string | null {
  if (tried < many) return null;
  const byLuck =
    luck === null
      ? ""
      : ` If all ${tried} were equally good, the best of them would still be ahead of their mean by about ${Number(luck.toPrecision(2))} in ${title}, by luck alone.`;
  return `${tried} experiments were tried on the same samples. The first is not only good but probably lucky with these samples, too: expect it to do somewhat worse on new data.${byLuck} To know how good it is, evaluate it once on samples that no choice was made by.`;
}

function otherReason(shared: number | null): string {
  const reason = "other samples: the scores may differ only because the samples do";
  if (shared === null) return reason;
  if (shared === 0) return `${reason}; none is in both`;
  return `${reason}; ${shared} are in both; if these have the same true values there, compare on them`;
}
