import { experimentTitle } from "../experiment/experiment-title.js";
import { modelInShort } from "../experiment/model-in-short.js";
import { evaluationIntervals } from "../judge/compare-evaluations.js";
import type { ScoreInterval } from "../judge/judge-schema.js";
import { findExperiment, type Place } from "./find-experiments.js";
import { type RankInProject, rankInProject } from "./rank-in-project.js";
import { readEvaluation } from "./read-evaluation.js";

/** What a notebook shows of an experiment that was just logged. */
export interface ExperimentStanding {
  /** What it is called. */
  title: string;
  /** The model in a few words. */
  model: string;
  /** By the project's primary score; null where it has none. */
  rank: RankInProject | null;
  /** Of that score; null where it has none, or of more samples than are judged while somebody waits. */
  interval: ScoreInterval | null;
}

const mostSamples = 200_000;

/** @throws TrackingError as `findExperiment`; PREDICTIONS_NOT_READABLE */
export async function experimentStanding(
  predictionId: string,
  options: Place = {},
): Promise<ExperimentStanding> {
  const record = await findExperiment(predictionId, options);
  const rank = await rankInProject(record, options);
  const isJudged = rank !== null && record.samples <= mostSamples;
  const [interval = null] = isJudged
    ? evaluationIntervals(await readEvaluation(record, options), { scores: [rank.score] })
    : [];
  return {
    title: experimentTitle(record.name, predictionId),
    model: modelInShort(record.model, record.modelParameters),
    rank,
    interval,
  };
}
