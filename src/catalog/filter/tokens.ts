import { FilterError, type Position } from "./filter-error.js";

/** A part of a name: `quote` says how it was quoted, if it was. */
export interface NamePart {
  text: string;
  quote: '"' | "`" | undefined;
}

export type Token = Position &
  (
    | { kind: "name"; parts: readonly NamePart[] }
    | { kind: "text"; value: string }
    | { kind: "number"; value: number }
    | { kind: "symbol"; symbol: string }
    | { kind: "end" }
  );

/** The longest filter, in characters. */
export const longestFilter = 10_000;

const symbols = ["==", "!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ","];
const numberPattern = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy;
/** Anything that is not white space, a quote, a dot, a symbol of the language or another mark of ASCII. */
const barePart =
  /(?!\s)[\p{L}\p{N}_\u0080-\u{10ffff}](?:(?!\s)[\p{L}\p{N}_\u0080-\u{10ffff}]|-(?=[\p{L}\p{N}_]))*/uy;
const space = /\s+/y;

/**
 * The words of a filter, the last one being its end.
 * @throws FilterError for a quote without end and for characters that mean nothing here
 */
export function tokenize(filter: string): Token[] {
  if (filter.length > longestFilter) {
    throw new FilterError(
      `the filter has ${filter.length} characters; at most ${longestFilter} are allowed`,
      { offset: longestFilter, length: filter.length - longestFilter },
    );
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < filter.length) {
    const blank = matchAt(space, filter, at);
    if (blank !== undefined) at += blank.length;
    else {
      const token = nextToken(filter, at);
      tokens.push(token);
      at += token.length;
    }
  }
  tokens.push({ kind: "end", offset: filter.length, length: 0 });
  return tokens;
}

function nextToken(filter: string, offset: number): Token {
  const first = filter[offset] as string;
  if (first === "'") {
    const { text, end } = quoted(filter, offset);
    return { kind: "text", value: text, offset, length: end - offset };
  }
  const digits = matchAt(numberPattern, filter, offset);
  if (digits !== undefined) return numberToken(filter, offset, digits);
  const symbol = symbols.find((candidate) => filter.startsWith(candidate, offset));
  if (symbol !== undefined) return { kind: "symbol", symbol, offset, length: symbol.length };
  return nameToken(filter, offset);
}

function numberToken(filter: string, offset: number, digits: string): Token {
  const position = { offset, length: digits.length };
  const value = Number(digits);
  if (!Number.isFinite(value)) {
    throw new FilterError(`${digits} is beyond the range of numbers (about 1.8e308)`, position);
  }
  const rest = matchAt(barePart, filter, offset + digits.length);
  if (rest !== undefined) {
    const whole = digits + rest;
    throw new FilterError(`${whole} is not a number; put text into quotes: '${whole}'`, {
      offset,
      length: whole.length,
    });
  }
  return { kind: "number", value, ...position };
}

/** Parts separated by dots, bare or quoted: `params."learning rate"`. */
function nameToken(filter: string, offset: number): Token {
  const parts: NamePart[] = [];
  let at = offset;
  for (;;) {
    const first = filter[at];
    if (first === '"' || first === "`") {
      const { text, end } = quoted(filter, at);
      parts.push({ text, quote: first });
      at = end;
    } else {
      const bare = matchAt(barePart, filter, at);
      if (bare === undefined) break;
      parts.push({ text: bare, quote: undefined });
      at += bare.length;
    }
    if (filter[at] !== ".") return { kind: "name", parts, offset, length: at - offset };
    at += 1;
  }
  if (parts.length > 0) {
    throw new FilterError(`a name is missing after the dot of ${filter.slice(offset, at)}`, {
      offset: at,
      length: at < filter.length ? 1 : 0,
    });
  }
  const character = String.fromCodePoint(filter.codePointAt(offset) as number);
  throw new FilterError(
    `${JSON.stringify(character)} means nothing here; names with such characters go into double quotes or backticks, text into single quotes`,
    { offset, length: character.length },
  );
}

/** What stands in quotes that begin at `start`. The quote itself is written twice, or after a backslash. */
function quoted(filter: string, start: number): { text: string; end: number } {
  const quote = filter[start] as string;
  let text = "";
  for (let at = start + 1; at < filter.length; at++) {
    const character = filter[at] as string;
    const next = filter[at + 1];
    if (character === "\\" && (next === quote || next === "\\")) {
      text += next;
      at += 1;
    } else if (character !== quote) text += character;
    else if (next === quote) {
      text += quote;
      at += 1;
    } else return { text, end: at + 1 };
  }
  throw new FilterError(`the quote ${quote} that begins here has no end`, {
    offset: start,
    length: filter.length - start,
  });
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

const bareName = /^[\p{L}_\u0080-\u{10ffff}](?:[\p{L}\p{N}_\u0080-\u{10ffff}]|-(?=[\p{L}\p{N}_]))*$/u;

/** A part of a name as it has to be written in a filter. */
export function writePart(text: string): string {
  if (bareName.test(text) && !/\s/u.test(text)) return text;
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '""')}"`;
}

/** Text as it has to be written in a filter. */
export function writeText(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
