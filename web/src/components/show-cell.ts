import type { Cell, Column } from "../api/types.js";
import { shortNumber } from "../charts/brief.js";

/**
 * A value as a table shows it: scores with four digits that matter, times in the reader's zone, missing as
 * nothing.
 */
export function showCell(value: Cell | undefined, column: Pick<Column, "type" | "kind">): string {
  if (value === null || value === undefined) return "";
  if (column.type === "time") return showTime(String(value));
  const isScore = column.kind === "score" || column.kind === "added";
  if (typeof value === "number") return isScore ? showScore(value) : showNumber(value);
  return column.kind === "parameter" && longNumber.test(String(value))
    ? showNumber(Number(value))
    : String(value);
}

/** A number that MLflow's clients logged as text, with more digits than anybody reads. */
const longNumber = /^-?\d{1,15}\.\d{7,}$/;

/** A parameter: whole numbers as they are, others with the six digits that anybody reads. */
export function showNumber(value: number): string {
  return shortNumber(value, 6);
}

/** A score or a difference; one that is undefined as a dash. */
export function showScore(value: number | null): string {
  if (value === null) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(3);
  return size < 10 ? value.toFixed(4) : value.toPrecision(6);
}

/** Where a score would lie on other samples; undefined where there is no interval. */
export function showInterval(
  interval: { low: number | null; high: number | null } | undefined,
): string | undefined {
  if (!interval || interval.low === null || interval.high === null) return undefined;
  return `${showScore(interval.low)} to ${showScore(interval.high)}`;
}

const timeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** The zone that times are shown in, such as Europe/Berlin. */
export const readersZone = timeFormat.resolvedOptions().timeZone;

const unitsOfTime = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;
/** The pages are in English. Numbers, too: sentences, filters and files have the same, and 1.234 is not 1,234. */
const language = "en";
const agoFormat = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

/** How long ago something was, such as "8 minutes ago".
 *  @param now milliseconds since 1970 */
export function showAgo(text: string, now: number): string {
  const seconds = (now - new Date(text).getTime()) / 1000;
  const [unit, size] = unitsOfTime.find(([, least]) => Math.abs(seconds) >= least) ?? ["second", 1];
  return agoFormat.format(-Math.round(seconds / size), unit);
}

export function showTime(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : timeFormat.format(time);
}

const countFormat = new Intl.NumberFormat(language);

export function showCount(count: number): string {
  return countFormat.format(count);
}

/** @example showCounted(1, "sample") // "1 sample" */
export function showCounted(count: number, noun: string): string {
  return `${showCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A p-value; below what anybody reads, as less than that. */
export function showP(p: number | null): string {
  if (p === null) return "–";
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

/** A sentence of the server's, which begins small, as a sentence of its own. */
export function capital(text: string): string {
  return text.replace(/^./u, (first) => first.toUpperCase());
}

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** How large something is, in the largest unit of which there is one. @example showBytes(2500) // "2.5 kB" */
export function showBytes(bytes: number): string {
  if (bytes < 1000) return showCounted(bytes, "byte");
  const power = Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  const unit = byteUnits[power] ?? "byte";
  const format = new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 });
  return format.format(bytes / 1000 ** power);
}
