import { type ErrorCode, errorTable, isErrorCode } from "./error-table.js";

export type { ErrorCode } from "./error-table.js";

/**
 * The one error type: a stable `code` for programs, a `message` that names the thing, the value and the way
 * out.
 */
export class TrackingError extends Error {
  override readonly name = "TrackingError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(escapedText(message), options);
    this.code = code;
  }
}

/** Every error code; docs/errors.md says of each what it means and what to do. */
export const errorCodes: readonly ErrorCode[] = /* @__PURE__ */ everyCode();

/** Called as a pure function, so that a bundle without this list is one without the table's texts. */
function everyCode(): ErrorCode[] {
  return Object.keys(errorTable).filter(isErrorCode);
}

/**
 * A text that may hold what anybody wrote, for a screen: characters that would move the cursor, change
 * colours, turn the direction of the text or speak to the terminal otherwise are shown as U+FFFD. Line breaks
 * and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replace(unseen, "\ufffd");
}

/** Control characters of ASCII and Latin-1, line separators, and the marks that turn text. */
export const unseen = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The same with such characters written as JSON writes them, so that a message names the value that it is
 * about.
 */
export function escapedText(text: string): string {
  return text.replace(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** What an error says, whoever threw it. */
export function messageOf(error: unknown): string {
  return isError(error) ? error.message : String(error);
}

/**
 * Whether a value is an error, of whichever realm: under Jest those of Node.js itself are not `instanceof
 * Error`.
 */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

/** The `code` of a system's or a library's error. */
export function codeOf(error: unknown): unknown {
  return isError(error) && "code" in error ? error.code : undefined;
}
