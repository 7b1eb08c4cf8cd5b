import type { JsonValue } from "../experiment/json-value.js";
import { formatLine } from "../tracking-log/csv-line.js";
import type { LogShape, RowCells } from "../tracking-log/log-shape.js";
import { type Annotation, isAction } from "./annotation.js";

/** A column of the annotation log, and what it holds. */
export const annotationColumns = [
  { name: "written_at", meaning: "when it was said, UTC with milliseconds" },
  { name: "author", meaning: "the user of the operating system who said it" },
  { name: "target", meaning: "the prediction id, or the project's name" },
  { name: "action", meaning: "what is said, see the table below" },
  { name: "key", meaning: "which tag, kind or view; empty where the action needs none" },
  { name: "value", meaning: "compact JSON; empty where the action has none" },
] as const;

/**
 * The log of what was said of experiments afterwards. A line is its own key: two that are alike say the same,
 * so that it does no harm where one was written twice.
 */
export const annotationLog: LogShape = {
  folder: "annotations",
  title: "an annotation log",
  needs: ["written_at", "target", "action"],
  whyNoRow(cells) {
    const time = cells.get("written_at") ?? "";
    if (Number.isNaN(Date.parse(time))) return `written_at is ${shown(time)}, not a time`;
    if (!cells.get("target")) return "target is empty";
    return cells.get("action") ? undefined : "action is empty";
  },
  keyOf: ({ text }) => text,
};

export const annotationHeader = formatLine(annotationColumns.map(({ name }) => name));

export function annotationLine({ writtenAt, author, target, action, key, value }: Annotation): string {
  const json = value === null ? "" : JSON.stringify(value);
  return formatLine([writtenAt.toISOString(), author, target, action, key, json]);
}

/**
 * A row as an annotation.
 * @returns why it is none: an action of a later version, or a value that is no JSON
 */
export function toAnnotation(cells: RowCells): Annotation | { unknown: string } | { broken: string } {
  const action = cells.get("action") ?? "";
  if (!isAction(action)) return { unknown: `the action ${shown(action)} is none that this version knows` };
  const text = cells.get("value") ?? "";
  let value: JsonValue = null;
  try {
    if (text !== "") value = JSON.parse(text) as JsonValue;
  } catch {
    return { broken: `value is ${shown(text)}, not JSON` };
  }
  return {
    writtenAt: new Date(cells.get("written_at")!),
    author: cells.get("author") ?? "",
    target: cells.get("target")!,
    action,
    key: cells.get("key") ?? "",
    value,
  };
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
