import { isDate } from "node:util/types";
/**
 * The values of a column, each Date as its ISO text in UTC; undefined where it has no time. Other columns as
 * they are.
 */
export function datesAsText<T>(values: T): T | unknown[] {
  if (!Array.isArray(values) || !values.some((value) => isDate(value))) return values;
  return values.map((value: unknown) => {
    if (!isDate(value)) return value;
    return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  });
}
