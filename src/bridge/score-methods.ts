import type { ReadOptions } from "../jobs/find-experiments.js";

/** Of the scores that a project has beside those of every project. A program that only logs loads none of it. */
export const scoreMethods = [
  ["added_scores", addedSent],
  ["added_score_values", valuesSent],
  ["add_score", addSent],
  ["remove_score", removeSent],
  ["definitions", definitionsSent],
] as const;

interface ProjectRequest extends ReadOptions {
  project: string;
}

async function addedSent({ project, ...options }: ProjectRequest): Promise<unknown> {
  const { addedScores } = await import("../jobs/added-scores.js");
  return addedScores(project, options);
}

async function valuesSent({ project, ...options }: ProjectRequest): Promise<unknown> {
  const { addedScoreValues } = await import("../jobs/added-scores.js");
  return addedScoreValues(project, options);
}

interface AddRequest extends ProjectRequest {
  name: string;
  definition?: string;
  expression?: string;
  kind?: "classification" | "regression";
  direction?: "higher" | "lower" | "zero";
}

async function addSent({ project, store, ...score }: AddRequest): Promise<unknown> {
  const { addScore } = await import("../jobs/added-scores.js");
  return addScore(project, score, store === undefined ? {} : { store });
}

async function removeSent({
  project,
  name,
  ...options
}: ProjectRequest & { name: string }): Promise<unknown> {
  const { removeScore } = await import("../jobs/added-scores.js");
  return removeScore(project, name, options);
}

interface DefinitionsRequest {
  words?: string;
  kind?: "classification" | "regression";
  library?: string;
  score?: string;
}

async function definitionsSent(asked: DefinitionsRequest): Promise<unknown> {
  const { findDefinitions } = await import("../definitions/find-definitions.js");
  return findDefinitions(asked).definitions;
}
