import type { PrimaryScores } from "../judge/leaderboard/leaderboard-candidates.js";
import { badness } from "../judge/leaderboard/leaderboard-candidates.js";
import { findScore, type ScoreName } from "../scores/registry.js";

/** The best experiment of a project by its primary score, on the test set that most experiments are of. */
export interface ProjectBest {
  prediction_id: string;
  kind: string;
  test_set_digest: string;
  score: ScoreName;
  value: number;
}

/** One experiment, as far as it is looked at for that. */
export interface RankedExperiment {
  predictionId: string;
  kind: string;
  testSetDigest: string;
  /** Of the primary score of its kind; undefined where it has none. */
  value: number | undefined;
}

/** Finds the best of some experiments, which come one by one. */
export function projectBest(primary: PrimaryScores): {
  add: (experiment: RankedExperiment) => void;
  best: () => ProjectBest | null;
} {
  const groups = new Map<string, { count: number; best: ProjectBest }>();
  return {
    add({ predictionId, kind, testSetDigest, value }) {
      if (value === undefined || (kind !== "classification" && kind !== "regression")) return;
      const { score } = primary[kind];
      const one: ProjectBest = {
        prediction_id: predictionId,
        kind,
        test_set_digest: testSetDigest,
        score,
        value,
      };
      const key = `${kind} ${testSetDigest}`;
      const group = groups.get(key);
      if (!group) groups.set(key, { count: 1, best: one });
      else {
        group.count += 1;
        if (isBetter(one, group.best)) group.best = one;
      }
    },
    best() {
      const [first] = [...groups.values()].sort(
        (a, b) => b.count - a.count || (a.best.test_set_digest < b.best.test_set_digest ? -1 : 1),
      );
      return first?.best ?? null;
    },
  };
}

function isBetter(one: ProjectBest, other: ProjectBest): boolean {
  const score = findScore(one.score)!;
  const [mine, others] = [badness(score, one.value), badness(score, other.value)];
  return mine < others || (mine === others && one.prediction_id < other.prediction_id);
}
