/** A metric's number as text that comes back as the same number: NaN, Infinity and -Infinity are words. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A metric's number as JSON has it: what JSON has no number for is its word. */
export function metricJson(value: number): number | "NaN" | "Infinity" | "-Infinity" {
  return Number.isFinite(value) ? value : (numberText(value) as "NaN" | "Infinity" | "-Infinity");
}

const form = /^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a text is; undefined where it is none. */
export function textNumber(text: string): number | undefined {
  if (form.test(text)) return Number(text);
  if (text === "NaN") return Number.NaN;
  if (text === "Infinity") return Number.POSITIVE_INFINITY;
  return text === "-Infinity" ? Number.NEGATIVE_INFINITY : undefined;
}
