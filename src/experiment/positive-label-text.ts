import type { Label } from "./input/class-labels.js";

const longest = 200;

/**
 * The positive class as the tracking log keeps it: plain text on one line. A label that has control
 * characters or over 200 characters is written as JSON, cut where it is long; the predictions' metadata has
 * it whole.
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

/**
 * What a predictions file says of its positive class, as the tracking log would; undefined where it has none.
 */
export function positiveLabelOf(metadata: Readonly<Record<string, string>>): string | undefined {
  const json = metadata["ml_tracking.positive_label"];
  if (json === undefined) return undefined;
  // An integer's digits are what is kept: JSON.parse would round those of large ones.
  return json.startsWith('"') ? positiveLabelText(JSON.parse(json) as string) : json;
}
