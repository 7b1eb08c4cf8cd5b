/** A text that one cell of one line of the tracking log can hold. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .trim()
    .slice(0, 4_000);
}
