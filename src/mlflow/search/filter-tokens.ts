import { invalidParameter } from "../mlflow-error.js";

/** A word of a filter; `raw` is how it was written. */
export type Token = { raw: string } & (
  | { kind: "name"; bare: boolean }
  | { kind: "text" }
  | { kind: "number" }
  | { kind: "symbol" }
  | { kind: "end" }
);

/** The longest filter, in characters; MLflow has no limit. */
export const longestFilter = 100_000;

const space = /\s+/y;
const number = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\p{L}\p{N}_])/uy;
const bare = String.raw`[\p{L}\p{N}_][\p{L}\p{N}\p{M}_$#]*`;
const single = String.raw`'(?:''|\\'|[^'])*'`;
const double = String.raw`"(?:""|\\"|[^"])*"`;
const backticks = "`(?:``|[^`])*`";
const text = new RegExp(single, "uy");
/** Parts with dots between them; a single quote begins a text, except after a dot. */
const name = new RegExp(
  `(?:${bare}|${double}|${backticks})(?:\\.(?:${bare}|${double}|${backticks}|${single}))*`,
  "uy",
);
const bareName = new RegExp(`^${bare}$`, "u");
const symbol = /[<>=~!]+|[(),]/y;
const tillSpace = /\S+/y;

/**
 * The words of a filter, the last one being its end. As in MLflow, nothing is escaped: `'it''s'` is the text
 * `it''s`, and a text with an apostrophe goes into double quotes.
 * @throws MlflowError for what is no word of the language
 */
export function filterTokens(filter: string): Token[] {
  if (filter.length > longestFilter) {
    throw invalidParameter(
      `Invalid filter string: it has ${filter.length} characters; at most ${longestFilter} are allowed.`,
    );
  }
  const tokens: Token[] = [];
  let at = 0;
  let wordStart = 0;
  while (at < filter.length) {
    const blank = matchAt(space, filter, at);
    if (blank !== undefined) {
      at += blank.length;
      wordStart = at;
      continue;
    }
    const token = tokenAt(filter, at);
    if (!token) {
      const found = filter.slice(wordStart, at) + (matchAt(tillSpace, filter, at) ?? "");
      throw invalidParameter(
        `Invalid clause(s) in filter string: '${found}'. ` +
          "A name with other characters than letters, digits, '_' and '.' goes into backticks, a text into quotes.",
      );
    }
    tokens.push(token);
    at += token.raw.length;
  }
  tokens.push({ kind: "end", raw: "" });
  return tokens;
}

function tokenAt(filter: string, at: number): Token | undefined {
  let raw = matchAt(text, filter, at);
  if (raw !== undefined) return { kind: "text", raw };
  raw = matchAt(number, filter, at);
  if (raw !== undefined) return { kind: "number", raw };
  raw = matchAt(name, filter, at);
  if (raw !== undefined) return { kind: "name", raw, bare: bareName.test(raw) };
  raw = matchAt(symbol, filter, at);
  return raw === undefined ? undefined : { kind: "symbol", raw };
}

function matchAt(pattern: RegExp, from: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(from)?.[0];
}

/**
 * A name without the quotes around it.
 * @example unquoted("`val loss`") // "val loss"
 */
export function unquoted(raw: string): string {
  for (const quote of ["'", '"', "`"]) {
    if (raw.length >= 2 && raw.startsWith(quote) && raw.endsWith(quote)) return raw.slice(1, -1);
  }
  return raw;
}
