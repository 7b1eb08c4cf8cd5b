import type { ScoreName } from "../../scores/registry.js";
import { TrackingError } from "../../tracking-error.js";
import { compareEvaluations, evaluationIntervals } from "../compare-evaluations.js";
import { type DependenceSettings, dependenceOf } from "../dependence/dependence.js";
import type { ScoreDifference, ScoreInterval } from "../judge-schema.js";
import { judgedSample } from "../pairing/judged-sample.js";
import type { Evaluation } from "../pairing/pair-evaluations.js";
import { scoreValue } from "../score-value.js";

/** Of one step of a leaderboard: they name the one score. */
export interface StandingSettings extends DependenceSettings {
  level?: number;
  seed?: number;
  score: string;
}

/** The one score of an experiment with its interval. */
export function standingInterval(
  experiment: Evaluation,
  { score, ...settings }: StandingSettings,
): ScoreInterval {
  checkDependence(experiment, settings);
  const [found] = evaluationIntervals(experiment, { ...settings, scores: [score] });
  if (found) return found;
  const why =
    scoreValue(judgedSample(experiment.table), score as ScoreName)?.why ?? "it does not apply to them";
  throw new TrackingError(
    "NOT_COMPARABLE",
    `${score} cannot be computed from the predictions of experiment ${experiment.record.predictionId}: ${why}`,
  );
}

/** An experiment without the feature that is asked for must not hide the others. */
function checkDependence({ record, table }: Evaluation, settings: DependenceSettings): void {
  const feature = settings.group ?? settings.order;
  if (feature === undefined || dependenceOf(table, settings)) return;
  throw new TrackingError(
    "NOT_COMPARABLE",
    `the samples of experiment ${record.predictionId} have no feature ${JSON.stringify(feature)}; log it in sample_features`,
  );
}

/** The one score's difference of two experiments. */
export function standingDifference(
  best: Evaluation,
  other: Evaluation,
  { score, ...settings }: StandingSettings,
): ScoreDifference {
  const { scores } = compareEvaluations(best, other, { ...settings, score, scores: [score] });
  return scores.find((each) => each.score === score)!;
}
