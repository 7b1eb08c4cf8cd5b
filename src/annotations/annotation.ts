import type { JsonValue } from "../experiment/json-value.js";

/** What an action is about, and what its line needs besides. `meaning` is Markdown, for docs/file-format.md. */
interface ActionFacts {
  target: "experiment" | "project";
  /** What stands in `key`, where something has to. */
  key?: string;
  /** What stands in `value`, where something may. */
  value?: string;
  meaning: string;
}

/** Everything that can be said afterwards: the rows of the annotation log. */
export const actions = {
  name: {
    target: "experiment",
    value: "a text, or null",
    meaning: "what it is called from now on; null: what it was logged as",
  },
  note: { target: "experiment", value: "a text, or null", meaning: "its note, in Markdown; null: none" },
  tag: { target: "experiment", key: "a tag", meaning: "it has this tag" },
  untag: { target: "experiment", key: "a tag", meaning: "it has this tag no more" },
  star: { target: "experiment", meaning: "it is starred" },
  unstar: { target: "experiment", meaning: "it is starred no more" },
  archive: { target: "experiment", meaning: "it is left out of rankings and of the usual table" },
  unarchive: { target: "experiment", meaning: "it is in them again" },
  delete: { target: "experiment", meaning: "it is in the trash, and nowhere else" },
  restore: { target: "experiment", meaning: "it is back from the trash" },
  purge: {
    target: "experiment",
    meaning: "its row and files are being removed for good, or were; this line stays",
  },
  primary_score: {
    target: "project",
    key: "`classification` or `regression`",
    value: "a score's name, or null",
    meaning: "what experiments of this kind are ranked by; null: the usual score",
  },
  added_score: {
    target: "project",
    key: "the score's name",
    value: "a mapping, or null",
    meaning:
      "a score that the project has beside those of every project: its `kind`, its `direction`, and its `definition` (an id of [definitions.md](definitions.md)) or its `expression`; null: the score is taken away",
  },
  view: {
    target: "project",
    key: "a view's name",
    value: "a mapping, or null",
    meaning: "a table's state under this name; null: the view is removed",
  },
  default_view: {
    target: "project",
    value: "a view's name, or null",
    meaning: "the view that a project opens with; null: none",
  },
} as const satisfies Record<string, ActionFacts>;

export type Action = keyof typeof actions;

export function isAction(text: string): text is Action {
  return Object.hasOwn(actions, text);
}

/** What is to be said of an experiment or a project, before it is written. */
export interface Change {
  /** A prediction id, or the project's name. */
  target: string;
  action: Action;
  key?: string | undefined;
  value?: JsonValue | undefined;
}

/** A row of the annotation log. */
export interface Annotation extends Change {
  writtenAt: Date;
  author: string;
  key: string;
  /** Null where the action has none. */
  value: JsonValue;
}
