import type { Change } from "../annotations/annotation.js";
import type { PrimaryScore } from "../annotations/annotation-schema.js";
import { appendAnnotations } from "../annotations/append-annotations.js";
import { checkedChange } from "../annotations/check-change.js";
import { primaryScoresOf } from "../annotations/primary-scores.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { currentUser } from "../experiment/environment/run-environment.js";
import type { Kind } from "../experiment/input/experiment-input.js";
import { unknownScore } from "../judge/unknown-score.js";
import { findScore } from "../scores/registry.js";
import { openStore } from "../store/open-store.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import type { ReadOptions } from "./find-experiments.js";

export interface SetPrimaryScoreOptions extends ReadOptions {
  /** Who says so; by default the user of the operating system. */
  author?: string;
  now?: () => Date;
}

/**
 * What a project's experiments are ranked by, of each kind.
 * @throws TrackingError UNKNOWN_PROJECT
 */
export async function primaryScores(
  project: string,
  options: ReadOptions = {},
): Promise<Record<Kind, PrimaryScore>> {
  const store = openStore(options.store, options.signal);
  const [name] = (await namedProjects(store, project)) as [string];
  return primaryScoresOf(await readAnnotations(store, name));
}

/**
 * Ranks a project's experiments by this score from now on, for everybody; those of the other kind stay as they
 * are.
 * @param score null: by the usual scores of both kinds
 * @throws TrackingError UNKNOWN_PROJECT, INVALID_ARGUMENT for a score that there is not, STORE_NOT_WRITABLE
 */
export async function setPrimaryScore(
  project: string,
  score: string | null,
  { author = currentUser(), now = () => new Date(), ...options }: SetPrimaryScoreOptions = {},
): Promise<Record<Kind, PrimaryScore>> {
  const checked = primaryScoreChanges(score);
  const store = openStore(options.store, options.signal);
  const [name] = (await namedProjects(store, project)) as [string];
  const changes = checked.map((change) => ({ ...change, target: name }));
  await appendAnnotations(store, name, changes, { author, now: now() });
  return primaryScoresOf(await readAnnotations(store, name));
}

/**
 * What is said of a project then: of one kind, or of both.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function primaryScoreChanges(score: string | null): Change[] {
  const kinds: readonly Kind[] = score === null ? ["classification", "regression"] : [kindOf(score)];
  return kinds.map((key) => checkedChange({ target: "", action: "primary_score", key, value: score }));
}

function kindOf(score: string): Kind {
  const found = findScore(score);
  if (found) return found.kind;
  throw unknownScore(score);
}
