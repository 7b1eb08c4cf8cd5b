import type { ColumnInfo, Completion, DistinctValue } from "../catalog-schema.js";
import { type Expectation, FilterError, type FilterPath } from "./filter-error.js";
import { parseFilter } from "./parse-filter.js";
import { type Token, tokenize, writeText } from "./tokens.js";

/** What there is to complete with. */
export interface CompletionSource {
  columns: readonly ColumnInfo[];
  find: (path: FilterPath) => ColumnInfo | undefined;
  values: (column: ColumnInfo, prefix: string, limit: number) => Promise<DistinctValue[]>;
}

const mostCompletions = 50;

/**
 * What may stand at the cursor of a filter that is being typed; nothing where the text before it makes no
 * sense.
 */
export async function completeFilter(
  text: string,
  cursor: number,
  source: CompletionSource,
): Promise<Completion[]> {
  const before = text.slice(0, cursor);
  const from = startOfWord(before);
  const word = before.slice(from);
  const at = { from, to: cursor };
  const expectation = expectationAfter(before.slice(0, from), source);
  if (!expectation) return [];
  const keywords = (words: readonly string[], kind: "keyword" | "operator" = "keyword") =>
    words
      .filter((keyword) => keyword.toLowerCase().startsWith(word.toLowerCase()))
      .map((keyword): Completion => ({ kind, label: keyword, insert: keyword, from, to: cursor }));
  switch (expectation.what) {
    case "connector":
      return keywords(["AND", "OR"]);
    case "keyword":
      return keywords(expectation.keywords);
    case "column":
      return [
        ...columnsLike(source.columns, word).map((column) => columnCompletion(column, at)),
        ...keywords(["NOT", "("]),
      ];
    case "operator": {
      const column = source.find(expectation.column);
      return column ? keywords(operatorsOf(column), "operator") : [];
    }
    case "value": {
      const column = source.find(expectation.column);
      if (!column) return [];
      const values = await source.values(column, word.replace(/^['"]/, ""), mostCompletions);
      return values.map(
        ({ value }): Completion => ({
          kind: "value",
          label: String(value),
          insert: written(value),
          from,
          to: cursor,
        }),
      );
    }
  }
}

function columnCompletion(
  { name, filter_name: insert }: ColumnInfo,
  at: { from: number; to: number },
): Completion {
  return { kind: "column", label: name, insert, ...at };
}

/** Those that begin with the word first, then those that have it somewhere. */
function columnsLike(columns: readonly ColumnInfo[], word: string): ColumnInfo[] {
  const wanted = word.replaceAll(/["`]/g, "").toLowerCase();
  const places = columns.map((column) => ({ column, at: column.name.toLowerCase().indexOf(wanted) }));
  return places
    .filter(({ at }) => at >= 0)
    .sort((a, b) => Number(a.at > 0) - Number(b.at > 0))
    .slice(0, mostCompletions)
    .map(({ column }) => column);
}

function operatorsOf({ type }: ColumnInfo): string[] {
  const nulls = ["IS NULL", "IS NOT NULL"];
  if (type === "boolean") return ["=", "!=", ...nulls];
  const ordered = ["=", "!=", "<", "<=", ">", ">=", "BETWEEN", "IN", "NOT IN", "NOT BETWEEN"];
  const likes = type === "text" || type === "mixed" ? ["LIKE", "ILIKE", "NOT LIKE", "NOT ILIKE"] : [];
  return [...ordered, ...likes, ...nulls];
}

function written(value: DistinctValue["value"]): string {
  return typeof value === "string" ? writeText(value) : String(value);
}

/**
 * Where the word at the end begins: a name or number that is not finished, or text whose quote is still open.
 */
function startOfWord(before: string): number {
  let tokens: Token[];
  try {
    tokens = tokenize(before);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    const { offset } = error.position;
    if (before[offset] === "'") return offset;
    // Inside a quoted part of a name, or after its dot.
    return before.slice(0, offset).search(/[^\s()=<>!,']*$/);
  }
  const last = tokens.at(-2);
  const isOpen =
    (last?.kind === "name" || last?.kind === "number") && last.offset + last.length === before.length;
  return isOpen ? last.offset : before.length;
}

function expectationAfter(head: string, source: CompletionSource): Expectation | undefined {
  const column = unfinished(head, source);
  if (column) return { what: "operator", column };
  try {
    return parseFilter(head) ? { what: "connector" } : { what: "column" };
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return error.position.offset >= head.length ? error.expectation : undefined;
  }
}

/** The column at the end of the text, where it alone stands after a connector: a condition that begins. */
function unfinished(head: string, source: CompletionSource): FilterPath | undefined {
  let tokens: Token[];
  try {
    tokens = tokenize(head);
  } catch {
    return undefined;
  }
  const [before, last] = [tokens.at(-3), tokens.at(-2)];
  if (last?.kind !== "name") return undefined;
  const begins =
    before === undefined ||
    (before.kind === "symbol" && before.symbol === "(") ||
    (before.kind === "name" &&
      /^(and|or|not)$/i.test(head.slice(before.offset, before.offset + before.length)));
  const path = { parts: last.parts.map(({ text }) => text), offset: last.offset, length: last.length };
  return begins && source.find(path) ? path : undefined;
}
