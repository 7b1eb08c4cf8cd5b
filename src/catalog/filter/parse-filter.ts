import { type Expectation, FilterError, type FilterPath, type Position } from "./filter-error.js";
import { longestFilter, type Token, tokenize } from "./tokens.js";

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** `bare`: text that was written without quotes, which may have been meant as the name of a column. */
export type Literal = Position &
  (
    | { type: "text"; value: string; bare?: true }
    | { type: "number"; value: number }
    | { type: "boolean"; value: boolean }
  );

/** A filter as it was written. `position` of a condition covers all of it. */
export type FilterNode =
  | { kind: "and" | "or"; parts: readonly FilterNode[] }
  | { kind: "not"; part: FilterNode }
  | Search
  | Condition;

/** A word that may stand anywhere in an experiment; `bare` where it was written without quotes. */
export type Search = Position & { kind: "search"; text: string; bare: boolean };

export type Condition = { column: FilterPath; position: Position } & (
  | { kind: "compare"; operator: Comparison; value: Literal }
  | { kind: "like"; negated: boolean; ignoreCase: boolean; pattern: Literal }
  | { kind: "in"; negated: boolean; values: readonly Literal[] }
  | { kind: "between"; negated: boolean; low: Literal; high: Literal }
  | { kind: "null"; negated: boolean }
);

const deepest = 100;
const mostConditions = 500;

const comparisons = new Map<string, Comparison>([
  ["=", "="],
  ["==", "="],
  ["!=", "!="],
  ["<>", "!="],
  ["<", "<"],
  ["<=", "<="],
  [">", ">"],
  [">=", ">="],
]);
const allKeywords = [
  "AND",
  "OR",
  "NOT",
  "LIKE",
  "ILIKE",
  "IN",
  "BETWEEN",
  "IS",
  "NULL",
  "TRUE",
  "FALSE",
] as const;
type Keyword = (typeof allKeywords)[number];

const operators = "=, !=, <, <=, >, >=, LIKE, ILIKE, IN, BETWEEN or IS NULL";

/**
 * Reads a filter. Words alone, without any sign or keyword of the language, are searched for. NOT binds closer than AND, and AND closer than OR. One long function, since its rules call
 * each other and share one place in the tokens.
 * @returns undefined for a filter without words, which selects everything
 * @throws FilterError
 * @example parseFilter("f1_macro > 0.9 AND model LIKE 'Random%'")
 */
export function parseFilter(filter: string): FilterNode | undefined {
  const words = plainWords(filter);
  if (words) return words.length === 1 ? words[0] : { kind: "and", parts: words };
  const tokens = tokenize(filter);
  let at = 0;
  let depth = 0;
  let conditions = 0;

  const peek = (ahead = 0) => tokens[Math.min(at + ahead, tokens.length - 1)] as Token;
  const take = () => tokens[at++] as Token;
  const takeKeyword = (keyword: Keyword) => {
    if (keywordOf(peek()) !== keyword) return false;
    at += 1;
    return true;
  };
  const takeSymbol = (symbol: string) => {
    const token = peek();
    if (token.kind !== "symbol" || token.symbol !== symbol) return false;
    at += 1;
    return true;
  };
  const fail = (wanted: string, expectation?: Expectation): never => {
    const token = peek();
    throw new FilterError(`expected ${wanted}, ${found(filter, token)}`, token, expectation);
  };
  const nested = <T>(token: Position, parse: () => T): T => {
    depth += 1;
    if (depth > deepest)
      throw new FilterError(`the filter is nested over ${deepest} levels; write it flatter`, token);
    const result = parse();
    depth -= 1;
    return result;
  };

  const either = (): FilterNode => {
    const parts = [both()];
    while (takeKeyword("OR")) parts.push(both());
    return parts.length === 1 ? (parts[0] as FilterNode) : { kind: "or", parts };
  };
  const both = (): FilterNode => {
    const parts = [single()];
    while (takeKeyword("AND")) parts.push(single());
    return parts.length === 1 ? (parts[0] as FilterNode) : { kind: "and", parts };
  };
  const single = (): FilterNode => {
    const token = peek();
    if (takeKeyword("NOT")) return nested(token, () => ({ kind: "not", part: single() }));
    if (!takeSymbol("(")) return searched() ?? condition();
    return nested(token, () => {
      const inside = either();
      if (!takeSymbol(")")) fail("AND, OR or the closing parenthesis", { what: "connector" });
      return inside;
    });
  };

  /** A word or a text that no operator follows. */
  const searched = (): Search | undefined => {
    const token = peek();
    if (keywordOf(token) !== undefined || !endsHere(peek(1))) return undefined;
    const { offset, length } = token;
    const text = token.kind === "text" ? token.value : wordOf(filter, token);
    if (text === undefined || text === "") return undefined;
    take();
    countCondition(token);
    return { kind: "search", text, bare: token.kind === "name" && isBare(token), offset, length };
  };
  const countCondition = (token: Position) => {
    conditions += 1;
    if (conditions > mostConditions) {
      throw new FilterError(
        `the filter has over ${mostConditions} conditions; use IN for a list of values`,
        token,
      );
    }
  };

  const condition = (): Condition => {
    const token = peek();
    if (token.kind !== "name" || keywordOf(token) !== undefined)
      fail("the name of a column", { what: "column" });
    countCondition(token);
    const { parts, offset, length } = take() as Token & { kind: "name" };
    const column: FilterPath = { parts: parts.map(({ text }) => text), offset, length };
    const rest = predicate(column);
    const last = tokens[at - 1] as Token;
    return { ...rest, column, position: { offset, length: last.offset + last.length - offset } };
  };

  const predicate = (column: FilterPath) => {
    const token = peek();
    const operator = token.kind === "symbol" ? comparisons.get(token.symbol) : undefined;
    if (operator !== undefined) {
      at += 1;
      return { kind: "compare", operator, value: literal(column) } as const;
    }
    if (takeKeyword("IS")) {
      const negated = takeKeyword("NOT");
      const keywords = negated ? ["NULL"] : ["NULL", "NOT NULL"];
      if (!takeKeyword("NULL")) fail(keywords.join(" or "), { what: "keyword", keywords });
      return { kind: "null", negated } as const;
    }
    const negated = takeKeyword("NOT");
    if (takeKeyword("LIKE"))
      return { kind: "like", negated, ignoreCase: false, pattern: literal(column) } as const;
    if (takeKeyword("ILIKE"))
      return { kind: "like", negated, ignoreCase: true, pattern: literal(column) } as const;
    if (takeKeyword("IN")) return { kind: "in", negated, values: list(column) } as const;
    if (takeKeyword("BETWEEN")) {
      const low = literal(column);
      if (!takeKeyword("AND")) fail("AND and the upper end", { what: "keyword", keywords: ["AND"] });
      return { kind: "between", negated, low, high: literal(column) } as const;
    }
    if (negated) {
      const keywords = ["LIKE", "ILIKE", "IN", "BETWEEN"];
      return fail("LIKE, ILIKE, IN or BETWEEN", { what: "keyword", keywords });
    }
    return fail(operators, { what: "operator", column });
  };

  const list = (column: FilterPath): Literal[] => {
    if (!takeSymbol("(")) fail("( and a list of values", { what: "keyword", keywords: ["("] });
    const values = [literal(column)];
    while (takeSymbol(",")) values.push(literal(column));
    if (!takeSymbol(")"))
      fail("a comma or the closing parenthesis", { what: "keyword", keywords: [",", ")"] });
    return values;
  };

  const literal = (column: FilterPath): Literal => {
    const token = peek();
    const { offset, length } = token;
    if (token.kind === "text" || token.kind === "number") {
      at += 1;
      return { type: token.kind, value: token.value, offset, length } as Literal;
    }
    if (token.kind === "name") {
      const keyword = keywordOf(token);
      const only = token.parts.length === 1 ? token.parts[0] : undefined;
      if (keyword === "TRUE" || keyword === "FALSE") {
        at += 1;
        return { type: "boolean", value: keyword === "TRUE", offset, length };
      }
      // MLflow takes double quotes for text too; where a value has to stand, it cannot be a name.
      if (only?.quote === '"') {
        at += 1;
        return { type: "text", value: only.text, offset, length };
      }
      if (keyword === "NULL") {
        const name = filter.slice(column.offset, column.offset + column.length);
        throw new FilterError(
          `nothing is equal to NULL; write ${name} IS NULL or ${name} IS NOT NULL`,
          token,
        );
      }
      if (keyword === undefined && isBare(token) && (endsHere(peek(1)) || isComma(peek(1)))) {
        at += 1;
        return { type: "text", value: filter.slice(offset, offset + length), bare: true, offset, length };
      }
      if (keyword === undefined && isBare(token) && peek(1).kind === "name") {
        throw new FilterError(
          `text of several words goes into single quotes: '${filter.slice(offset, offset + length)} ...'`,
          token,
        );
      }
    }
    return fail("a number, text in single quotes, true or false", { what: "value", column });
  };

  if (peek().kind === "end") return undefined;
  const whole = either();
  if (peek().kind !== "end") fail("AND, OR or the end", { what: "connector" });
  return whole;
}

/**
 * The words of a filter that has nothing of the language: no sign, no quote, no keyword. They may hold what
 * the language has no place for, such as `k=3` never, but `species:`, `0.5` or `2fa1`.
 */
function plainWords(filter: string): Search[] | undefined {
  if (filter.length > longestFilter || /[='"`<>(),!]/.test(filter)) return undefined;
  const words = [...filter.matchAll(/\S+/g)];
  const isKeyword = (word: string) => allKeywords.some((keyword) => keyword === word.toUpperCase());
  if (words.length === 0 || words.length > mostConditions || words.some(([word]) => isKeyword(word)))
    return undefined;
  return words.map(({ 0: text, index }) => ({
    kind: "search",
    text,
    bare: true,
    offset: index,
    length: text.length,
  }));
}

/** Whether what stands before a token is a whole by itself. */
function endsHere(token: Token): boolean {
  if (token.kind === "end") return true;
  if (token.kind === "symbol") return token.symbol === ")";
  const keyword = keywordOf(token);
  return keyword === "AND" || keyword === "OR";
}

function isComma(token: Token): boolean {
  return token.kind === "symbol" && token.symbol === ",";
}

function isBare(token: Token & { kind: "name" }): boolean {
  return token.parts.every(({ quote }) => quote === undefined);
}

/** A name as a word to search for: as it stands, or what is in its quotes. */
function wordOf(filter: string, token: Token): string | undefined {
  if (token.kind === "number") return filter.slice(token.offset, token.offset + token.length);
  if (token.kind !== "name") return undefined;
  if (isBare(token)) return filter.slice(token.offset, token.offset + token.length);
  return token.parts.length === 1 ? token.parts[0]?.text : undefined;
}

/** Which keyword a token is; a quoted name and a name with a dot are none. */
function keywordOf(token: Token): Keyword | undefined {
  if (token.kind !== "name" || token.parts.length !== 1 || token.parts[0]?.quote !== undefined)
    return undefined;
  const upper = token.parts[0]?.text.toUpperCase();
  return allKeywords.find((keyword) => keyword === upper);
}

function found(filter: string, token: Token): string {
  if (token.kind === "end") return "but the filter ends here";
  const text = filter.slice(token.offset, token.offset + token.length);
  return `but found ${text.length > 60 ? `${text.slice(0, 60)}...` : text}`;
}
