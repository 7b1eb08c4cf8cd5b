import type { AddedScore, AddedValue } from "../added-scores/added-score.js";
import { checkedAddedScore, type GivenScore } from "../added-scores/check-added-score.js";
import { addedScoreJson } from "../annotations/added-score-json.js";
import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import type { Change } from "../annotations/annotation.js";
import type { AddedScoreAnswer, AddedValueAnswer } from "../annotations/annotation-schema.js";
import { appendAnnotations } from "../annotations/append-annotations.js";
import { checkedChange } from "../annotations/check-change.js";
import type { ProjectAnnotations } from "../annotations/fold-annotations.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { currentUser } from "../experiment/environment/run-environment.js";
import { experimentTitle } from "../experiment/experiment-title.js";
import type { Kind } from "../experiment/input/experiment-input.js";
import { nearest } from "../experiment/nearest.js";
import { openStore } from "../store/open-store.js";
import { messageOf, TrackingError } from "../tracking-error.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import { type AddedValuesOptions, addedValuesOf, readAddedValues, withAddedValues } from "./added-values.js";
import type { ReadOptions } from "./find-experiments.js";
import { readExperiments } from "./read-experiments.js";

export interface ChangeScoreOptions extends ReadOptions {
  /** Who says so; by default the user of the operating system. */
  author?: string;
  now?: () => Date;
}

/**
 * The scores that a project has beside those of every project, by name.
 * @throws TrackingError UNKNOWN_PROJECT
 */
export async function addedScores(project: string, options: ReadOptions = {}): Promise<AddedScoreAnswer[]> {
  const store = openStore(options.store, options.signal);
  const [name] = (await namedProjects(store, project)) as [string];
  return answeredScores(await readAnnotations(store, name));
}

/**
 * Gives a project's experiments a score more from now on, for everybody.
 * @returns what it is for the newest experiment, or why it is nothing there: it is added all the same
 * @throws TrackingError UNKNOWN_PROJECT, INVALID_ARGUMENT also where another has its name, STORE_NOT_WRITABLE
 */
export async function addScore(
  project: string,
  given: GivenScore,
  { author = currentUser(), now = () => new Date(), ...options }: ChangeScoreOptions = {},
): Promise<AddedValueAnswer> {
  const { project: name, experiments } = await readExperiments(project, options);
  const score = scoreOfProject(given, name, new Set(experiments.map(({ kind }) => kind)));
  const store = openStore(options.store, options.signal);
  const change = addedChange(name, score, await readAnnotations(store, name));
  const newest = newestOf(experiments, score.kind);
  const answer = await valueFor(score, newest, (record, scores) =>
    addedValuesOf(record, scores, { store: options.store, signal: options.signal }),
  );
  await appendAnnotations(store, name, [change], { author, now: now() });
  return answer;
}

/**
 * Takes an added score away from a project.
 * @returns those that are left
 * @throws TrackingError UNKNOWN_PROJECT, INVALID_ARGUMENT where the project has no such score, STORE_NOT_WRITABLE
 */
export async function removeScore(
  project: string,
  score: string,
  { author = currentUser(), now = () => new Date(), ...options }: ChangeScoreOptions = {},
): Promise<AddedScoreAnswer[]> {
  const store = openStore(options.store, options.signal);
  const [name] = (await namedProjects(store, project)) as [string];
  const change = removedChange(name, score, await readAnnotations(store, name));
  await appendAnnotations(store, name, [change], { author, now: now() });
  return answeredScores(await readAnnotations(store, name));
}

export interface ExperimentValues {
  prediction_id: string;
  title: string;
  kind: Kind;
  /** By the score's name; null where there is none. */
  values: Readonly<Record<string, number | null>>;
}

/**
 * What a project's added scores are for its experiments, the latest first; those that were never computed are
 * computed first.
 * @throws TrackingError UNKNOWN_PROJECT, LIBRARY_NOT_INSTALLED
 */
export async function addedScoreValues(
  project: string,
  options: AddedValuesOptions = {},
): Promise<ExperimentValues[]> {
  const names = (await addedScores(project, options)).map(({ name }) => name);
  const { project: own, experiments } = await readExperiments(project, options);
  const values =
    names.length === 0 || experiments.length === 0
      ? new Map<string, Record<string, number | null>>()
      : await withAddedValues(own, options, (catalog) => readAddedValues(catalog, own, names));
  return experiments
    .toSorted((a, b) => b.loggedAt.getTime() - a.loggedAt.getTime())
    .map(({ predictionId, name, kind }) => ({
      prediction_id: predictionId,
      title: experimentTitle(name, predictionId),
      kind,
      values: values.get(predictionId) ?? {},
    }));
}

/** The scores of a project as they are answered. */
export function answeredScores({ addedScores: scores }: ProjectAnnotations): AddedScoreAnswer[] {
  return scores.map(({ author, writtenAt, ...score }) => ({
    ...scoreFacts(score),
    author,
    written_at: writtenAt.toISOString(),
  }));
}

function scoreFacts({ name, kind, direction, definition, expression }: AddedScore) {
  return { name, kind, direction, definition: definition ?? null, expression: expression ?? null };
}

/**
 * A score for a project: an expression is of the project's only kind where none is given.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function scoreOfProject(given: GivenScore, project: string, kinds: ReadonlySet<Kind>): AddedScore {
  if ((given.definition === undefined) === (given.expression === undefined)) {
    throw new TrackingError(
      given.definition === undefined ? "MISSING_ARGUMENT" : "INVALID_ARGUMENT",
      given.definition === undefined
        ? "missing argument: definition; give the id of a definition, or an expression"
        : "both definition and expression are given; give one of them",
    );
  }
  if (given.expression === undefined || given.kind !== undefined) return checkedAddedScore(given);
  const [kind] = kinds;
  if (kinds.size === 1) return checkedAddedScore({ ...given, kind });
  throw new TrackingError(
    "INVALID_ARGUMENT",
    kinds.size === 0
      ? `missing argument: kind; project ${project} has no experiments yet: say whether the expression is of a classification or of a regression`
      : `missing argument: kind; project ${project} has experiments of both kinds: say whether the expression is of a classification or of a regression`,
  );
}

/** What is said of a project when it gets a score. @throws TrackingError INVALID_ARGUMENT where another has its name */
export function addedChange(project: string, score: AddedScore, said: ProjectAnnotations): Change {
  const there = said.addedScores.find(({ name }) => name === score.name);
  if (there && JSON.stringify(scoreFacts(there)) !== JSON.stringify(scoreFacts(score))) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${score.name} is a score of project ${project} already: ${there.definition ?? there.expression}, ${there.direction} is better; remove it first, or choose another name`,
    );
  }
  return checkedChange({
    target: project,
    action: "added_score",
    key: score.name,
    value: addedScoreJson(score),
  });
}

/** The same when it loses one. @throws TrackingError INVALID_ARGUMENT where it has no such score */
export function removedChange(project: string, score: string, said: ProjectAnnotations): Change {
  const names = said.addedScores.map(({ name }) => name);
  if (names.includes(score)) {
    return checkedChange({ target: project, action: "added_score", key: score, value: null });
  }
  const guess = nearest(score, names);
  const wayOut =
    guess !== undefined
      ? `did you mean ${guess}?`
      : names.length === 0
        ? "it has none"
        : `it has ${names.join(", ")}`;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `name is ${JSON.stringify(score)}, which is no added score of project ${project}; ${wayOut}`,
  );
}

/** What a score is for one experiment, or why it is nothing there. */
export async function valueFor(
  score: AddedScore,
  record: AnnotatedRecord | undefined,
  valuesOf: (record: AnnotatedRecord, scores: readonly AddedScore[]) => Promise<AddedValue[]>,
): Promise<AddedValueAnswer> {
  const found = record
    ? await valueOrReason(() => valuesOf(record, [score]))
    : { why: `there is no ${score.kind} yet` };
  return {
    score: scoreFacts(score),
    prediction_id: record?.predictionId ?? null,
    title: record ? experimentTitle(record.name, record.predictionId) : null,
    value: found.value ?? null,
    why: found.why ?? null,
  };
}

async function valueOrReason(valuesOf: () => Promise<AddedValue[]>): Promise<AddedValue> {
  try {
    return (await valuesOf())[0]!;
  } catch (error) {
    if (error instanceof TrackingError && error.code === "PREDICTIONS_NOT_READABLE") {
      return { why: messageOf(error) };
    }
    throw error;
  }
}

function newestOf(experiments: readonly AnnotatedRecord[], kind: Kind): AnnotatedRecord | undefined {
  return experiments
    .filter((record) => record.kind === kind && !record.archived)
    .toSorted((a, b) => b.loggedAt.getTime() - a.loggedAt.getTime())[0];
}
