import type { Kind } from "../experiment/input/experiment-input.js";
import { shown } from "../experiment/input/values.js";
import { nearest } from "../experiment/nearest.js";
import { TrackingError } from "../tracking-error.js";
import {
  callback,
  checkedProject,
  checkedText,
  checkOptions,
  type OptionChecks,
  text,
} from "./check-options.js";
import { inCamelCase } from "./in-camel-case.js";
import type { AddedScore, AddedValue } from "./judged-types.js";
import { loadInTurn } from "./load-in-turn.js";
import { type ReadOptions, readChecks } from "./read-experiments.js";
import { answer } from "./typescript-words.js";

/** A score to be added: a definition of the catalogue, or an expression. */
export interface GivenScore {
  /** Letters, digits and underscores, the first a letter; no name of a score of every project. */
  name: string;
  /** An id of docs/definitions.md, such as `scipy:ks_2samp`. */
  definition?: string | undefined;
  expression?: string | undefined;
  /** Of an expression; by default the project's only kind. A definition has its own. */
  kind?: Kind | undefined;
  /** Of an expression: which values are better, `zero` for those nearer to 0. */
  direction?: "higher" | "lower" | "zero" | undefined;
}

export interface ChangeScoreOptions extends ReadOptions {
  /** Who says so; by default the user of the operating system. */
  author?: string | undefined;
}

export interface AddedScoreValuesOptions extends ReadOptions {
  /** Told how many experiments have been looked at, of those whose values were not known yet. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What a project's added scores are for one experiment. */
export interface ExperimentScores {
  predictionId: string;
  title: string;
  kind: Kind;
  /** By the score's name; undefined where it has no value. */
  values: Record<string, number | undefined>;
}

const changeChecks: OptionChecks<ChangeScoreOptions> = { ...readChecks, author: text };
const valuesChecks: OptionChecks<AddedScoreValuesOptions> = { ...readChecks, onProgress: callback };
const scoreNames = ["name", "definition", "expression", "kind", "direction"] as const;

const load = () => loadInTurn(() => import("../jobs/added-scores.js"));

/**
 * The scores that a project has beside those of every project, by name.
 * @throws TrackingError UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT
 */
export function addedScores(project: string, options?: ReadOptions): Promise<AddedScore[]> {
  return answer(options, async () => {
    const [name, checked] = [checkedProject(project), checkOptions(options, readChecks)];
    return inCamelCase(await (await load()).addedScores(name, checked));
  });
}

/**
 * Gives a project's experiments a score more from now on, for everybody.
 * @returns what it is for the newest experiment; without a value `why`, and it is added all the same
 * @throws TrackingError UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT also where another
 * score has its name, STORE_NOT_WRITABLE
 */
export function addScore(
  project: string,
  score: GivenScore,
  options?: ChangeScoreOptions,
): Promise<AddedValue> {
  return answer(options, async () => {
    const name = checkedProject(project);
    const given = checkedScore(score);
    const checked = checkOptions(options, changeChecks);
    return inCamelCase(await (await load()).addScore(name, given, checked));
  });
}

/**
 * Takes an added score away from a project.
 * @returns those that are left
 * @throws TrackingError UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT where the project has no such score,
 * STORE_NOT_WRITABLE
 */
export function removeScore(
  project: string,
  score: string,
  options?: ChangeScoreOptions,
): Promise<AddedScore[]> {
  return answer(options, async () => {
    const name = checkedProject(project);
    const wanted = checkedText(score, "score", "the name of an added score");
    const checked = checkOptions(options, changeChecks);
    return inCamelCase(await (await load()).removeScore(name, wanted, checked));
  });
}

/**
 * What a project's added scores are for its experiments, the latest first. Values are kept in the cache; what is
 * not there is computed from the predictions first. Needs DuckDB.
 * @throws TrackingError UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT, LIBRARY_NOT_INSTALLED
 */
export function addedScoreValues(
  project: string,
  options?: AddedScoreValuesOptions,
): Promise<ExperimentScores[]> {
  return answer(options, async () => {
    const [name, checked] = [checkedProject(project), checkOptions(options, valuesChecks)];
    const found = await (await load()).addedScoreValues(name, checked);
    return found.map(({ prediction_id: predictionId, title, kind, values }) => ({
      predictionId,
      title,
      kind,
      values: Object.fromEntries(Object.entries(values).map(([score, value]) => [score, value ?? undefined])),
    }));
  });
}

/** JavaScript may pass anything. */
function checkedScore(score: GivenScore): GivenScore {
  const example = '{ name: "ks", definition: "scipy:ks_2samp" }';
  if (score === undefined || score === null) {
    throw new TrackingError("MISSING_ARGUMENT", `missing argument: score; give ${example}`);
  }
  if (typeof score !== "object" || Array.isArray(score)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `score is ${shown(score)}; give an object, such as ${example}`,
    );
  }
  for (const [name, value] of Object.entries(score) as [string, unknown][]) {
    if (!scoreNames.some((known) => known === name)) {
      const guess = nearest(name, scoreNames);
      const wayOut = guess === undefined ? `give ${scoreNames.join(", ")}` : `did you mean ${guess}?`;
      throw new TrackingError("INVALID_ARGUMENT", `unknown part of score: ${name}; ${wayOut}`);
    }
    if (value !== undefined && typeof value !== "string") {
      throw new TrackingError("INVALID_ARGUMENT", `score.${name} is ${shown(value)}; give a text`);
    }
  }
  checkedText(score.name, "score.name", 'what it is called, such as "ks"');
  checkedChoice(score.kind, "kind", ["classification", "regression"]);
  checkedChoice(score.direction, "direction", ["higher", "lower", "zero"]);
  return score;
}

function checkedChoice(value: string | undefined, name: string, choices: readonly string[]): void {
  if (value === undefined || choices.includes(value)) return;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `score.${name} is ${shown(value)}; give ${choices.map((choice) => JSON.stringify(choice)).join(" or ")}`,
  );
}
