import { isDate } from "node:util/types";
/**
 * The values of a column, each Date as its ISO text in UTC, the same that Python's client has for the time: a
 * fraction of the second where it is not zero, and the offset; undefined where it has no time. Other columns as
 * they are.
 */
export function datesAsText<T>(values: T): T | unknown[] {
  if (!Array.isArray(values) || !values.some((value) => isDate(value))) return values;
  return values.map((value: unknown) => {
    if (!isDate(value)) return value;
    return Number.isNaN(value.getTime()) ? undefined : timeText(value);
  });
}

function timeText(date: Date): string {
  return date
    .toISOString()
    .replace(/\.(\d{3})Z$/, (_, milliseconds) =>
      milliseconds === "000" ? "+00:00" : `.${milliseconds}000+00:00`,
    );
}

const isoText = /^\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/;

/** Whether a value says when: a number, or a date as ISO 8601 writes it. */
export function isTime(value: unknown): boolean {
  if (typeof value === "string") return isoText.test(value) && !Number.isNaN(Date.parse(value));
  return typeof value === "number" || typeof value === "bigint";
}
