import { TrackingError } from "../tracking-error.js";

/**
 * Rows as CSV by RFC 4180: every name that a row has is a column, in the order in which they come. Texts are in
 * quotes, so that a reader can tell them from numbers; what is missing is empty, a record is JSON.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function tableText(rows: readonly Readonly<Record<string, unknown>>[]): string {
  if (!Array.isArray(rows) || !rows.every((row) => typeof row === "object" && row !== null)) {
    throw new TrackingError("INVALID_ARGUMENT", "rows is no array of objects; give one object a row");
  }
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [names.map(quoted), ...rows.map((row) => names.map((name) => cell(row[name])))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return quoted(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString();
  if (typeof value === "object") return quoted(JSON.stringify(value));
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean"
    ? String(value)
    : "";
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
