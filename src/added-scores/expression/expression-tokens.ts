import { expressionError } from "./expression-error.js";

export interface Token {
  kind: "number" | "text" | "name" | "symbol" | "end";
  /** As it is written; of a text what is between its quotes, of the end nothing. */
  text: string;
  from: number;
  to: number;
}

const patterns: readonly (readonly [Token["kind"], RegExp])[] = [
  ["number", /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/uy],
  ["name", /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy],
  ["symbol", /<=|>=|!=|<>|==|[-+*/^=<>(),[\]]/uy],
];
const space = /\s*/uy;
const quoted = { '"': /"((?:[^"\\]|\\["\\])*)"/uy, "'": /'((?:[^'\\]|\\['\\])*)'/uy };

/** @throws TrackingError INVALID_ARGUMENT */
export function expressionTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += matched(space, text, at)![0].length;
    if (at >= text.length) break;
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.to;
  }
  return [...tokens, { kind: "end", text: "", from: text.length, to: text.length }];
}

function tokenAt(text: string, at: number): Token {
  const first = text[at]!;
  if (first === '"' || first === "'") {
    const found = matched(quoted[first], text, at);
    if (!found) {
      throw expressionError(
        text,
        at,
        `a text begins here that does not end; close it with ${first}, and write \\${first} and \\\\ for ${first} and \\ in it`,
      );
    }
    const inner = found[1]!.replaceAll(/\\(.)/gsu, "$1");
    return { kind: "text", text: inner, from: at, to: at + found[0].length };
  }
  for (const [kind, pattern] of patterns) {
    const found = matched(pattern, text, at);
    if (found) return { kind, text: found[0], from: at, to: at + found[0].length };
  }
  const character = String.fromCodePoint(text.codePointAt(at)!);
  throw expressionError(
    text,
    at,
    `${JSON.stringify(character)} means nothing here; operators are + - * / ^ = != < <= > >= and or not`,
  );
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
