import { TrackingError } from "../../tracking-error.js";

/** Of a long expression so many characters are shown, those around the place. */
const mostShown = 72;

/** Says what is wrong with an expression, and points at the place. */
export function expressionError(text: string, at: number, message: string): TrackingError {
  const from = Math.max(0, Math.min(at - mostShown / 2, text.length - mostShown));
  const to = from + mostShown;
  const before = from > 0 ? "…" : "";
  const excerpt = text.slice(from, to).replaceAll(/\s/g, " ");
  const line = `${before}${excerpt}${to < text.length ? "…" : ""}`;
  const caret = `${" ".repeat(before.length + at - from)}^`;
  return new TrackingError(
    "INVALID_ARGUMENT",
    `expression, character ${at + 1}: ${message}\n  ${line}\n  ${caret}`,
  );
}
