import type { Label } from "./class-labels.js";

const longest = 200;

/**
 * The positive class as the tracking log keeps it: plain text on one line. A label that has control characters or over 200
 * characters is written as JSON, cut where it is long; the predictions' metadata has it whole.
 * @example positiveLabelText("yes") // "yes"
 * @example positiveLabelText("a\nb") // '"a\\nb"'
 */
export function positiveLabelText(label: Label): string {
  const text = String(label);
  const characters = [...text];
  if (characters.length <= longest && !/[\p{Cc}\u2028\u2029]/u.test(text)) return text;
  const shown = JSON.stringify(characters.slice(0, longest).join("")).replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return characters.length > longest ? `${shown.slice(0, -1)}…"` : shown;
}
