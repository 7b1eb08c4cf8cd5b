import type { PrimaryScore } from "../../annotations/annotation-schema.js";
import { usualScore } from "../../annotations/primary-scores.js";
import type { ExperimentRecord } from "../../experiment/experiment-record.js";
import { findScore, type Score } from "../../scores/registry.js";
import { TrackingError } from "../../tracking-error.js";
import { unknownScore } from "../unknown-score.js";

/** Experiments that can be ranked with each other: of one kind, on one test set. */
export interface TestSetGroup {
  test_set_digest: string;
  kind: ExperimentRecord["kind"];
  /** How many have the score. */
  experiments: number;
  /** The one whose score is best. */
  best: { prediction_id: string; value: number };
}

/** What a leaderboard is of: found in the log or the catalog, before any predictions are read. */
export interface LeaderboardCandidates {
  project: string;
  score: Score;
  /** Of this kind, whether or not they are ranked by it. */
  primaryScore: PrimaryScore;
  group: TestSetGroup;
  /** The best ones by the score's value, best first. */
  best: readonly ExperimentRecord[];
  /** Other test sets with the score, those with the most experiments first. */
  others: readonly TestSetGroup[];
}

export interface LeaderboardQuery {
  /** What they are ranked by; by default the project's primary score. */
  score?: string | undefined;
  /** The digest of the test set, or how it begins; by default the one with the most experiments. */
  testSet?: string | undefined;
  /** How many of the best are judged; by default 20, at most 100. */
  limit?: number | undefined;
}

/** The primary score of each kind of a project. */
export type PrimaryScores = Readonly<Record<ExperimentRecord["kind"], PrimaryScore>>;

/** What nobody has said anything else about. */
const usualScores: PrimaryScores = {
  classification: usualScore("classification"),
  regression: usualScore("regression"),
};

/** The score that is asked for, or the primary one of a kind. @throws TrackingError INVALID_ARGUMENT */
export function rankedScore(
  name: string | undefined,
  kind: ExperimentRecord["kind"],
  primary: PrimaryScores = usualScores,
): Score {
  const found = findScore(name ?? primary[kind].score);
  if (found) return found;
  throw unknownScore(name);
}

/** How far a value is from the best that the score can be: less is better. */
export function badness({ direction }: Pick<Score, "direction">, value: number): number {
  if (direction === "zero") return Math.abs(value);
  return direction === "lower" ? value : -value;
}

/** @throws TrackingError INVALID_ARGUMENT */
export function checkedLimit(limit = 20): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
  throw new TrackingError("INVALID_ARGUMENT", `limit is ${limit}; give a whole number from 1 to 100`);
}

/**
 * The group that is asked for, of those of a project; the others behind it.
 * @param groups of one kind, or where no score is named of both
 * @throws TrackingError INVALID_ARGUMENT where there is none, or several begin so
 */
export function chosenGroup(
  project: string,
  groups: readonly TestSetGroup[],
  { score, testSet, filter }: LeaderboardQuery & { filter?: string | undefined },
): { group: TestSetGroup; others: TestSetGroup[] } {
  const ordered = [...groups].sort(
    (a, b) => b.experiments - a.experiments || (a.test_set_digest < b.test_set_digest ? -1 : 1),
  );
  const found = ordered.filter(({ test_set_digest: digest }) => digest.startsWith(testSet ?? ""));
  const [group] = found;
  if (!group) {
    const known = ordered.map(({ test_set_digest: digest }) => digest).slice(0, 10);
    throw new TrackingError(
      "INVALID_ARGUMENT",
      ordered.length === 0
        ? `no experiment ${filter === undefined ? "" : `that the filter ${JSON.stringify(filter)} selects `}of project ${project} has ${score === undefined ? "its primary score; name another one as score" : `the score ${score}`}`
        : `testSet is ${JSON.stringify(testSet)}; the test sets of project ${project} with this score are ${known.join(", ")}${known.length < ordered.length ? " and others" : ""}`,
    );
  }
  const digests = new Set(found.map(({ test_set_digest: digest }) => digest));
  if (testSet !== undefined && digests.size > 1) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `testSet is ${JSON.stringify(testSet)}, and ${[...digests].slice(0, 10).join(" and ")} begin so; give more of the digest`,
    );
  }
  return { group, others: ordered.filter((each) => each !== group && each.kind === group.kind) };
}

/**
 * What a leaderboard is of, from the records of a project.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function leaderboardCandidates(
  project: string,
  records: readonly ExperimentRecord[],
  query: LeaderboardQuery,
  primary: PrimaryScores = usualScores,
): LeaderboardCandidates {
  const limit = checkedLimit(query.limit);
  const scoreOf = ({ kind }: ExperimentRecord) => rankedScore(query.score, kind, primary);
  const groups = new Map<string, ExperimentRecord[]>();
  for (const record of records) {
    const { name, kind } = scoreOf(record);
    if (kind !== record.kind || record.scores[name] === undefined) continue;
    const key = `${record.kind} ${record.testSetDigest}`;
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  const summaries = new Map<TestSetGroup, ExperimentRecord[]>();
  for (const group of groups.values()) {
    const score = scoreOf(group[0]!);
    const ranked = byScore(group, score);
    const [best] = ranked as [ExperimentRecord];
    summaries.set(
      {
        test_set_digest: best.testSetDigest,
        kind: best.kind,
        experiments: ranked.length,
        best: { prediction_id: best.predictionId, value: best.scores[score.name]! },
      },
      ranked,
    );
  }
  const { group, others } = chosenGroup(project, [...summaries.keys()], query);
  return {
    project,
    score: rankedScore(query.score, group.kind, primary),
    primaryScore: primary[group.kind],
    group,
    best: summaries.get(group)!.slice(0, limit),
    others,
  };
}

/** Best first; of equal ones the id that sorts first. */
export function byScore(records: readonly ExperimentRecord[], score: Score): ExperimentRecord[] {
  const worth = (record: ExperimentRecord) => badness(score, record.scores[score.name] ?? Number.NaN);
  return [...records].sort((a, b) => worth(a) - worth(b) || (a.predictionId < b.predictionId ? -1 : 1));
}
