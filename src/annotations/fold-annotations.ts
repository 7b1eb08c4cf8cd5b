import type { AddedScore } from "../added-scores/added-score.js";
import type { Kind } from "../experiment/input/experiment-input.js";
import type { JsonValue } from "../experiment/json-value.js";
import { findScore, type ScoreName } from "../scores/registry.js";
import { addedScoreOf } from "./added-score-json.js";
import type { Action, Annotation } from "./annotation.js";

/** Who said something last, and when. */
export interface Said {
  author: string;
  writtenAt: Date;
}

/** What holds of one experiment after everything that was said of it. */
export interface ExperimentAnnotations {
  /** Undefined where it is called what it was logged as. */
  name: string | undefined;
  note: string | undefined;
  /** In the order of the alphabet. */
  tags: readonly string[];
  starred: boolean;
  archived: boolean;
  /** `deleted`: in the trash; `purged`: being removed for good, or removed. */
  state: "there" | "deleted" | "purged";
  /** Who deleted it, restored it or purged it last. */
  stateSaid: Said | undefined;
  /** The last word on anything of it. */
  lastSaid: Said;
  /** How many different lines of the log are about it, those left out that it was purged. */
  linesBesidePurge: number;
}

/** A table's state under a name. */
export interface SavedView extends Said {
  name: string;
  state: { [key: string]: JsonValue };
}

/** What holds of a project. */
export interface ProjectAnnotations {
  experiments: ReadonlyMap<string, ExperimentAnnotations>;
  /** What each kind is ranked by, where somebody said so. */
  primaryScores: ReadonlyMap<Kind, Said & { score: ScoreName }>;
  /** By name, in the order of the alphabet. */
  addedScores: readonly (Said & AddedScore)[];
  /** By name, in the order of the alphabet. */
  views: readonly SavedView[];
  defaultView: string | undefined;
  /** When the newest thing was said of the project itself, in milliseconds since 1970. */
  projectSaidAt: number;
  /** The same of the project or any of its experiments. */
  saidAt: number;
}

/** A line of the log with its text, which decides between two of the same millisecond. */
export interface WrittenAnnotation {
  annotation: Annotation;
  text: string;
}

/**
 * What holds after everything that was said, whatever its order: of one thing the newest word, by `written_at`;
 * of the same millisecond the one whose line comes last in the order of its characters.
 */
export function foldAnnotations(project: string, written: Iterable<WrittenAnnotation>): ProjectAnnotations {
  const experiments = new Map<string, Folded>();
  const primaryScores = new Map<Kind, Said & { score: ScoreName }>();
  const addedScores = new Map<string, Said & AddedScore>();
  const views = new Map<string, SavedView>();
  let defaultView: string | undefined;
  let projectSaidAt = Number.NEGATIVE_INFINITY;
  let saidAt = Number.NEGATIVE_INFINITY;
  let before: string | undefined;
  for (const { annotation, text } of [...written].sort(compareWritten)) {
    if (text === before) continue; // written twice
    before = text;
    const { target, action, key, value, author, writtenAt } = annotation;
    const said: Said = { author, writtenAt };
    saidAt = writtenAt.getTime(); // they come in this order
    if (target !== project) {
      const known = experiments.get(target) ?? nothingSaid(said);
      experiments.set(target, known);
      known.lastSaid = said;
      if (action !== "purge") known.linesBesidePurge += 1;
      sayOfExperiment[action]?.(known, annotation, said);
      continue;
    }
    projectSaidAt = writtenAt.getTime();
    if (action === "primary_score" && (key === "classification" || key === "regression")) {
      const score = typeof value === "string" ? findScore(value) : undefined;
      if (score?.kind === key) primaryScores.set(key, { ...said, score: score.name });
      else primaryScores.delete(key);
    } else if (action === "added_score") {
      const score = addedScoreOf(key, value);
      if (score) addedScores.set(key, { ...said, ...score });
      else addedScores.delete(key);
    } else if (action === "view" && isMapping(value)) views.set(key, { ...said, name: key, state: value });
    else if (action === "view") views.delete(key);
    else if (action === "default_view") defaultView = typeof value === "string" ? value : undefined;
  }
  return {
    experiments: new Map(
      [...experiments].map(([id, { tags, ...rest }]) => [id, { ...rest, tags: [...tags].sort() }]),
    ),
    primaryScores,
    addedScores: [...addedScores.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    views: [...views.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    defaultView: defaultView !== undefined && views.has(defaultView) ? defaultView : undefined,
    projectSaidAt,
    saidAt,
  };
}

type Folded = Omit<ExperimentAnnotations, "tags"> & { tags: Set<string> };

function nothingSaid(lastSaid: Said): Folded {
  return {
    name: undefined,
    note: undefined,
    tags: new Set(),
    starred: false,
    archived: false,
    state: "there",
    stateSaid: undefined,
    lastSaid,
    linesBesidePurge: 0,
  };
}

type Say = (of: Folded, annotation: Annotation, said: Said) => void;

const inState =
  (state: Folded["state"]): Say =>
  (of, _, said) => {
    of.state = state;
    of.stateSaid = said;
  };

const sayOfExperiment: Partial<Record<Action, Say>> = {
  name: (of, { value }) => {
    of.name = textOrNone(value);
  },
  note: (of, { value }) => {
    of.note = textOrNone(value);
  },
  tag: (of, { key }) => void of.tags.add(key),
  untag: (of, { key }) => void of.tags.delete(key),
  star: (of) => {
    of.starred = true;
  },
  unstar: (of) => {
    of.starred = false;
  },
  archive: (of) => {
    of.archived = true;
  },
  unarchive: (of) => {
    of.archived = false;
  },
  delete: inState("deleted"),
  restore: inState("there"),
  purge: inState("purged"),
};

function textOrNone(value: JsonValue): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isMapping(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function compareWritten(a: WrittenAnnotation, b: WrittenAnnotation): number {
  const apart = a.annotation.writtenAt.getTime() - b.annotation.writtenAt.getTime();
  return apart !== 0 ? apart : a.text < b.text ? -1 : Number(a.text > b.text);
}
