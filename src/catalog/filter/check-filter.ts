import type { ProjectColumn, Searched } from "../columns/project-columns.js";
import { FilterError, type FilterPath, type Position } from "./filter-error.js";
import type { Comparison, Condition, FilterNode, Literal, Search } from "./parse-filter.js";
import { timeRange, writtenTime } from "./time-range.js";

/** A filter whose names and types are right. */
export type CheckedFilter =
  | { kind: "and" | "or"; parts: readonly CheckedFilter[] }
  | { kind: "not"; part: CheckedFilter }
  | { kind: "null"; column: ProjectColumn }
  | { kind: "search"; searched: Searched; text: string }
  | ({ kind: "test"; column: ProjectColumn } & Tests);

/** One test for each form that a value may have; a value of another form fails. */
export interface Tests {
  number?: NumberTest;
  text?: TextTest;
  boolean?: readonly boolean[];
}

export type NumberTest =
  | { operator: Exclude<Comparison, "!=">; value: number }
  | { operator: "in"; values: readonly number[] }
  | { operator: "between"; low: number; high: number }
  /** Milliseconds since 1970, from the first up to, not including, the second. */
  | { operator: "ranges"; ranges: readonly TimeRange[] };

export type TextTest =
  | { operator: Exclude<Comparison, "!=">; value: string }
  | { operator: "in"; values: readonly string[] }
  | { operator: "between"; low: string; high: string }
  | { operator: "like"; pattern: string; ignoreCase: boolean };

export type TimeRange = readonly [from: number | undefined, to: number | undefined];

export type Resolve = (path: FilterPath) => ProjectColumn | { unknown: string };

/** What a filter may speak of. */
export interface Known {
  resolve: Resolve;
  searched: Searched;
}

/**
 * Finds the columns of a filter and checks its values against their types.
 * @throws FilterError
 */
export function checkFilter(node: FilterNode, known: Known): CheckedFilter {
  switch (node.kind) {
    case "and":
    case "or":
      return { kind: node.kind, parts: node.parts.map((part) => checkFilter(part, known)) };
    case "not":
      return { kind: "not", part: checkFilter(node.part, known) };
    case "search":
      return checkSearch(node, known);
    default:
      return checkCondition(node, known.resolve);
  }
}

/** A word without quotes that is a column's name is a condition that was not finished. */
function checkSearch(search: Search, { resolve, searched }: Known): CheckedFilter {
  const { text, bare, offset, length } = search;
  if (bare && isColumn(text, search, resolve)) {
    throw new FilterError(
      `${text} is a column: compare it, as in ${text} = ..., with =, !=, <, <=, >, >=, LIKE, IN, BETWEEN or IS NULL; or put it into single quotes to search for the word: '${text}'`,
      { offset, length },
    );
  }
  return { kind: "search", searched, text };
}

function isColumn(text: string, { offset, length }: Position, resolve: Resolve): boolean {
  return !("unknown" in resolve({ parts: text.split("."), offset, length }));
}

function checkCondition(condition: Condition, resolve: Resolve): CheckedFilter {
  const column = resolve(condition.column);
  if ("unknown" in column) throw new FilterError(column.unknown, condition.column, { what: "column" });
  for (const value of literalsOf(condition)) refuseColumn(value, resolve);
  const negate = (negated: boolean, checked: CheckedFilter): CheckedFilter =>
    negated ? { kind: "not", part: checked } : checked;
  switch (condition.kind) {
    case "null":
      return negate(condition.negated, { kind: "null", column });
    case "compare": {
      const { operator, value } = condition;
      const isNegated = operator === "!=";
      const tests = isNegated || operator === "=" ? oneOf(column, [value]) : ordered(column, operator, value);
      return negate(isNegated, { kind: "test", column, ...tests });
    }
    case "in":
      return negate(condition.negated, { kind: "test", column, ...oneOf(column, condition.values) });
    case "between":
      return negate(condition.negated, {
        kind: "test",
        column,
        ...between(column, condition.low, condition.high),
      });
    case "like":
      return negate(condition.negated, {
        kind: "test",
        column,
        text: { operator: "like", pattern: likePattern(column, condition), ignoreCase: condition.ignoreCase },
      });
  }
}

function literalsOf(condition: Condition): readonly Literal[] {
  switch (condition.kind) {
    case "compare":
      return [condition.value];
    case "in":
      return condition.values;
    case "between":
      return [condition.low, condition.high];
    case "like":
      return [condition.pattern];
    case "null":
      return [];
  }
}

/** Text without quotes is taken where it cannot be read as the name of a column. */
function refuseColumn(literal: Literal, resolve: Resolve): void {
  if (literal.type !== "text" || !literal.bare || !isColumn(literal.value, literal, resolve)) return;
  throw new FilterError(
    `expected a number, text in single quotes, true or false, but ${literal.value} is a column; for the text write '${literal.value}'`,
    literal,
  );
}

function oneOf(column: ProjectColumn, values: readonly Literal[]): Tests {
  if (column.info.type === "time") {
    return { number: { operator: "ranges", ranges: values.map((value) => timeOf(column, value)) } };
  }
  const numbers: number[] = [];
  const texts: string[] = [];
  const booleans: boolean[] = [];
  for (const value of values) {
    const fits = fitting(column, value);
    if (fits.length === 0) throw wrongType(column, value);
    for (const fit of fits) {
      if (typeof fit === "number") numbers.push(fit);
      else if (typeof fit === "string") texts.push(fit);
      else booleans.push(fit);
    }
  }
  return {
    ...(numbers.length > 0 ? { number: { operator: "in", values: numbers } } : {}),
    ...(texts.length > 0 ? { text: { operator: "in", values: texts } } : {}),
    ...(booleans.length > 0 ? { boolean: booleans } : {}),
  };
}

/**
 * What a literal can be equal to in a column. MLflow keeps every parameter as text, so that for parameters
 * `'5'` is the number 5 and `'True'` the value true as well.
 */
function fitting(
  { forms, info, ignoresCase }: ProjectColumn,
  { type, value }: Literal,
): (number | string | boolean)[] {
  if (type === "number") return forms.number ? [value] : [];
  if (type === "boolean") return forms.boolean ? [value] : [];
  const isDynamic = info.kind === "parameter" || info.kind === "extra" || info.kind === "tag";
  const found: (number | string | boolean)[] = forms.text ? [ignoresCase ? value.toLowerCase() : value] : [];
  if (isDynamic && forms.number && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value))
    found.push(Number(value));
  if (forms.boolean && /^(true|false)$/i.test(value)) found.push(value.toLowerCase() === "true");
  return found;
}

function ordered(column: ProjectColumn, operator: "<" | "<=" | ">" | ">=", value: Literal): Tests {
  if (column.info.type === "time") {
    const [from, to] = timeOf(column, value);
    const range: Record<typeof operator, TimeRange> = {
      "<": [undefined, from],
      "<=": [undefined, to],
      ">": [to, undefined],
      ">=": [from, undefined],
    };
    return { number: { operator: "ranges", ranges: [range[operator]] } };
  }
  if (value.type === "number" && column.forms.number) return { number: { operator, value: value.value } };
  if (value.type === "text" && column.forms.text) return { text: { operator, value: value.value } };
  throw wrongType(column, value);
}

function between(column: ProjectColumn, low: Literal, high: Literal): Tests {
  if (column.info.type === "time") {
    return { number: { operator: "ranges", ranges: [[timeOf(column, low)[0], timeOf(column, high)[1]]] } };
  }
  if (low.type === "number" && high.type === "number" && column.forms.number) {
    return { number: { operator: "between", low: low.value, high: high.value } };
  }
  if (low.type === "text" && high.type === "text" && column.forms.text) {
    return { text: { operator: "between", low: low.value, high: high.value } };
  }
  const lowFits =
    low.type === "number" ? column.forms.number : low.type === "text" ? column.forms.text : undefined;
  throw wrongType(column, lowFits ? high : low);
}

function likePattern(column: ProjectColumn, { pattern }: { pattern: Literal }): string {
  const { filter_name: filterName, type } = column.info;
  if (pattern.type !== "text") {
    throw new FilterError(`LIKE takes a pattern in quotes, not ${shown(pattern)}`, pattern, {
      what: "value",
      column: pathOf(column, pattern),
    });
  }
  if (!column.forms.text) {
    throw new FilterError(
      `${filterName} holds ${plural[type]}, and LIKE is for text; use =, < or >`,
      pattern,
    );
  }
  return pattern.value;
}

function pathOf({ info }: ProjectColumn, { offset, length }: Position): FilterPath {
  return { parts: [info.name], offset, length };
}

function timeOf(column: ProjectColumn, value: Literal): readonly [number, number] {
  const range =
    value.type === "text"
      ? timeRange(value.value)
      : value.type === "number"
        ? timeOfNumber(value.value)
        : undefined;
  if (range) return range;
  throw new FilterError(
    `${column.info.filter_name} is a time, which ${shown(value)} is not; write it as ${writtenTime}`,
    value,
  );
}

/** Four digits are a year; milliseconds since 1970 are much larger. Seconds, which lie between, are neither. */
function timeOfNumber(value: number): readonly [number, number] | undefined {
  if (Number.isInteger(value) && value >= 1000 && value <= 9999) return timeRange(String(value));
  const millisecond = Math.floor(value);
  return Math.abs(value) < 1e11 ? undefined : [millisecond, millisecond + 1];
}

const plural = {
  number: "numbers",
  text: "text",
  boolean: "true and false",
  time: "times",
  mixed: "values of several types",
};

function wrongType(column: ProjectColumn, value: Literal): FilterError {
  const { filter_name: filterName, type } = column.info;
  const held =
    type === "mixed"
      ? Object.keys(column.forms)
          .map((which) => plural[which as keyof typeof plural])
          .join(" and ")
      : plural[type];
  const wayOut =
    value.type === "number" && column.forms.text
      ? `put text into quotes: '${value.value}'`
      : type === "number"
        ? "compare it with a number, without quotes"
        : type === "boolean"
          ? "compare it with = true or = false"
          : "compare it with text in single quotes";
  return new FilterError(
    `${filterName} holds ${held}, and ${shown(value)} is ${article[value.type]}; ${wayOut}`,
    value,
    {
      what: "value",
      column: pathOf(column, value),
    },
  );
}

const article = { number: "a number", text: "text", boolean: "true or false" };

function shown({ type, value }: Literal): string {
  if (type !== "text") return String(value);
  return `'${value.length > 60 ? `${value.slice(0, 60)}...` : value}'`;
}
