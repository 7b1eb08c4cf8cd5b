import { TrackingError } from "../../tracking-error.js";

/** What a spreadsheet takes in one cell. */
const longest = 32_767;

/**
 * Checks a text that becomes a cell of the tracking log.
 * @param name the argument's name, for messages
 * @throws TrackingError INVALID_ARGUMENT unless it is a non-empty string without control characters or line
 * breaks
 */
export function checkText(value: unknown, name: string, example: string): string {
  if (value === undefined || value === null) {
    throw new TrackingError(
      "MISSING_ARGUMENT",
      `missing argument: ${name}; give a string such as "${example}"`,
    );
  }
  const refuse = (why: string) =>
    new TrackingError("INVALID_ARGUMENT", `${name} is ${why}; give a string such as "${example}"`);
  if (typeof value !== "string") throw refuse(`of type ${Array.isArray(value) ? "array" : typeof value}`);
  if (value.trim() === "") throw refuse(`empty (${JSON.stringify(value)})`);
  if (value.length > longest) throw refuse(`${value.length} characters long, over ${longest}`);
  const control = /[\p{Cc}\u2028\u2029]/u.exec(value);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    throw refuse(
      `${JSON.stringify(value.slice(0, 80))}, with the control character U+${code} at position ${control.index}`,
    );
  }
  if (!value.isWellFormed()) throw refuse("not well-formed Unicode: it has half of a surrogate pair");
  return value;
}
