import type { JsonValue } from "./json-value.js";

/** A value as JSON in a cell of a table, on one line. */
export function jsonCell(value: JsonValue): string {
  return onOneLine(JSON.stringify(value));
}

/** What would break the line, or move a screen's cursor, is written as JSON writes it. */
export function onOneLine(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
