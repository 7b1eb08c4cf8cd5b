import { checkText } from "../experiment/input/text-field.js";
import { shown } from "../experiment/input/values.js";
import type { JsonValue } from "../experiment/json-value.js";
import { nearest } from "../experiment/nearest.js";
import { findScore, scoreNames } from "../scores/registry.js";
import { TrackingError } from "../tracking-error.js";
import { addedScoreOf } from "./added-score-json.js";
import { type Action, actions, type Change, isAction } from "./annotation.js";

const longestName = 500;
const longestTag = 200;
const longestNote = 100_000;
/** Characters of a view as JSON. */
const longestView = 100_000;

/**
 * A change that can be written.
 * @throws TrackingError MISSING_ARGUMENT, INVALID_ARGUMENT where its action is unknown, or what the action needs
 * is missing or cannot be
 */
export function checkedChange({ target, action, key, value = null }: Change): Change {
  if (!isAction(action)) {
    const names = Object.keys(actions);
    const guess = nearest(action, names);
    const wayOut = guess === undefined ? `the actions are ${names.join(", ")}` : `did you mean ${guess}?`;
    throw new TrackingError("INVALID_ARGUMENT", `action is ${shown(action)}; ${wayOut}`);
  }
  const facts: (typeof actions)[Action] = actions[action];
  if (!("key" in facts) && key !== undefined && key !== "") {
    throw new TrackingError("INVALID_ARGUMENT", `key is ${shown(key)}; ${action} takes none`);
  }
  if (!("value" in facts) && value !== null) {
    throw new TrackingError("INVALID_ARGUMENT", `value is ${shown(value)}; ${action} takes none`);
  }
  return { target, action, ...checks[action]?.(key, value) };
}

type Content = Pick<Change, "key" | "value">;

const checks: Partial<Record<Action, (key: string | undefined, value: JsonValue) => Content>> = {
  name: (_, value) => ({
    value: value === null ? null : shortText(value, "name", "wider trees", longestName),
  }),
  note: (_, value) => ({ value: value === null ? null : checkedNote(value) }),
  tag: (key) => ({ key: shortText(key, "tag", "baseline", longestTag) }),
  untag: (key) => ({ key: shortText(key, "tag", "baseline", longestTag) }),
  primary_score: checkedScore,
  added_score: checkedAddedScore,
  view: (key, value) => ({
    key: shortText(key, "view", "Best of each model", longestName),
    value: checkedView(value),
  }),
  default_view: (_, value) => ({
    value: value === null ? null : shortText(value, "view", "Best of each model", longestName),
  }),
};

function shortText(value: unknown, name: string, example: string, longest: number): string {
  const text = checkText(value, name, example);
  if (text.length <= longest) return text.trim();
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${name} is ${text.length} characters long, over ${longest}; give a shorter one, and the rest as a note`,
  );
}

/** A text whose lines end as on Windows, with the line breaks that everybody reads. */
export function withLineBreaks(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** Of several lines; an empty one takes the note away. */
function checkedNote(value: JsonValue): string {
  if (typeof value !== "string") {
    throw new TrackingError("INVALID_ARGUMENT", `note is ${shown(value)}; give a text, in Markdown`);
  }
  if (value.length > longestNote) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `note is ${value.length} characters long, over ${longestNote}; keep the long text in a file and name that`,
    );
  }
  if (!value.isWellFormed()) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      "note is not well-formed Unicode: it has half of a surrogate pair; give text",
    );
  }
  return withLineBreaks(value);
}

function checkedScore(key: string | undefined, value: JsonValue): Content {
  if (key !== "classification" && key !== "regression") {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `kind is ${shown(key)}; give "classification" or "regression"`,
    );
  }
  if (value === null) return { key, value };
  const names = scoreNames(key);
  const score = typeof value === "string" ? findScore(value) : undefined;
  if (score?.kind === key) return { key, value: score.name };
  const guess = typeof value === "string" ? nearest(value, names) : undefined;
  const wayOut =
    guess === undefined ? `the scores of a ${key} are ${names.join(", ")}` : `did you mean ${guess}?`;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `score is ${shown(value)}, which is no score of a ${key}; ${wayOut}`,
  );
}

/** Whether it can be computed is checked where it is asked for, with the catalogue of definitions. */
function checkedAddedScore(key: string | undefined, value: JsonValue): Content {
  const name = shortText(key, "name", "ks_statistic", longestName);
  if (value === null || addedScoreOf(name, value)) return { key: name, value };
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `the score is ${shown(value)}; give its kind, its direction, and a definition or an expression`,
  );
}

function checkedView(value: JsonValue): JsonValue {
  if (value === null) return null;
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new TrackingError("INVALID_ARGUMENT", `the view's state is ${shown(value)}; give a mapping`);
  }
  const { length } = JSON.stringify(value);
  if (length <= longestView) return value;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `the view's state takes ${length} characters, over ${longestView}; save it with fewer columns`,
  );
}
