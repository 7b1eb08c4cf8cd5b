import type { ExperimentRecord } from "../../src/experiment/experiment-record.js";

/**
 * A filter as a test makes it: written by `write`, and judged by `judge` without any of the code under test.
 */
export type Wanted =
  | { kind: "and" | "or"; parts: Wanted[] }
  | { kind: "not"; part: Wanted }
  | { kind: "compare"; column: string; operator: string; value: Value }
  | { kind: "in"; column: string; negated: boolean; values: Value[] }
  | { kind: "between"; column: string; negated: boolean; low: Value; high: Value }
  | { kind: "like"; column: string; negated: boolean; ignoreCase: boolean; pattern: string }
  | { kind: "null"; column: string; negated: boolean };

export type Value = number | string | boolean;

export function write(filter: Wanted): string {
  const not = "negated" in filter && filter.negated ? "NOT " : "";
  switch (filter.kind) {
    case "and":
    case "or":
      return `(${filter.parts.map(write).join(filter.kind === "and" ? " AND " : " or ")})`;
    case "not":
      return `NOT ${write(filter.part)}`;
    case "compare":
      return `${filter.column} ${filter.operator} ${writeValue(filter.value)}`;
    case "in":
      return `${filter.column} ${not}IN (${filter.values.map(writeValue).join(", ")})`;
    case "between":
      return `${filter.column} ${not}between ${writeValue(filter.low)} AND ${writeValue(filter.high)}`;
    case "like":
      return `${filter.column} ${not}${filter.ignoreCase ? "ILIKE" : "LIKE"} ${writeValue(filter.pattern)}`;
    case "null":
      return `${filter.column} IS ${not}NULL`;
  }
}

function writeValue(value: Value): string {
  return typeof value === "string"
    ? `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`
    : String(value);
}

/** Three-valued logic: a condition over a missing value is neither true nor false. */
type Verdict = boolean | undefined;

export function judge(filter: Wanted, record: ExperimentRecord): Verdict {
  switch (filter.kind) {
    case "and": {
      const verdicts = filter.parts.map((part) => judge(part, record));
      if (verdicts.some((verdict) => verdict === false)) return false;
      return verdicts.every((verdict) => verdict === true) || undefined;
    }
    case "or": {
      const verdicts = filter.parts.map((part) => judge(part, record));
      if (verdicts.some((verdict) => verdict === true)) return true;
      return verdicts.every((verdict) => verdict === false) ? false : undefined;
    }
    case "not":
      return opposite(judge(filter.part, record));
    default:
      return judgeCondition(filter, cell(record, filter.column));
  }
}

function judgeCondition(
  filter: Exclude<Wanted, { kind: "and" | "or" | "not" }>,
  value: Value | undefined,
): Verdict {
  if (filter.kind === "null") return (value === undefined) !== filter.negated;
  if (value === undefined) return undefined;
  const negate = (verdict: boolean) => ("negated" in filter && filter.negated ? !verdict : verdict);
  switch (filter.kind) {
    case "compare": {
      const other = filter.value;
      if (filter.operator === "=" || filter.operator === "==") return same(filter.column, value, other);
      if (filter.operator === "!=" || filter.operator === "<>") return !same(filter.column, value, other);
      if (typeof value !== typeof other) return false;
      if (filter.operator === "<") return order(value, other) < 0;
      if (filter.operator === "<=") return order(value, other) <= 0;
      if (filter.operator === ">") return order(value, other) > 0;
      return order(value, other) >= 0;
    }
    case "in":
      return negate(filter.values.some((other) => same(filter.column, value, other)));
    case "between":
      return negate(
        typeof value === typeof filter.low && order(value, filter.low) >= 0 && order(value, filter.high) <= 0,
      );
    case "like": {
      const pattern = filter.ignoreCase ? filter.pattern.toLowerCase() : filter.pattern;
      return negate(
        typeof value === "string" && like(filter.ignoreCase ? value.toLowerCase() : value, pattern),
      );
    }
  }
}

/** For parameters, text that reads as a number is that number too. */
function same(column: string, value: Value, other: Value): boolean {
  if (value === other) return true;
  const isDynamic = column.startsWith("params.") || column.startsWith("extra.");
  if (!isDynamic || typeof other !== "string") return false;
  if (typeof value === "number") return /^-?[\d.]+$/.test(other) && value === Number(other);
  return typeof value === "boolean" && other.toLowerCase() === String(value);
}

/** Text by code point, as UTF-8 has it. */
function order(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

function like(value: string, pattern: string): boolean {
  // By dynamic programming over characters: matches[j] is whether the pattern so far matches the first j
  // characters.
  const characters = Array.from(value);
  let matches = [true, ...characters.map(() => false)];
  for (const symbol of pattern) {
    const next = [symbol === "%" && matches[0] === true];
    for (const [j, character] of characters.entries()) {
      if (symbol === "%") next.push(next[j] === true || matches[j + 1] === true);
      else next.push(matches[j] === true && (symbol === "_" || symbol === character));
    }
    matches = next;
  }
  return matches.at(-1) === true;
}

function cell(record: ExperimentRecord, column: string): Value | undefined {
  const [family, ...rest] = column.split(".");
  const name = rest.join(".").replaceAll(/["`]/g, "");
  const found =
    family === "params"
      ? record.modelParameters[name]
      : family === "extra"
        ? record.extraParameters[name]
        : fixed(record, column);
  return found === null ? undefined : (found as Value | undefined);
}

function fixed(record: ExperimentRecord, column: string): unknown {
  const columns: Record<string, unknown> = {
    name: record.name,
    model: record.model,
    samples: record.samples,
    git_dirty: record.gitDirty,
  };
  return column in columns ? columns[column] : record.scores[column];
}

function opposite(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}
