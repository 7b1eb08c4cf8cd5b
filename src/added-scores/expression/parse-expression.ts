import { nearest } from "../../experiment/nearest.js";
import { TrackingError } from "../../tracking-error.js";
import { expressionError } from "./expression-error.js";
import { expressionFunctions } from "./expression-functions.js";
import { columnNames, type ExpressionNode, isColumnName } from "./expression-node.js";
import { expressionTokens, type Token } from "./expression-tokens.js";

const longest = 2000;
const deepest = 50;
const words: ReadonlySet<string> = new Set(["and", "or", "not", "true", "false"]);
const comparisons: ReadonlySet<string> = new Set(["=", "==", "!=", "<>", "<", "<=", ">", ">="]);
/** What is written in two ways is one function. */
const same = new Map([
  ["==", "="],
  ["<>", "!="],
]);
const functionNames: readonly string[] = [...expressionFunctions.keys()].filter(
  (name) => /^[a-z]\w*$/.test(name) && !words.has(name) && name !== "negative",
);

/**
 * The parts of an expression over the columns of an experiment's predictions.
 * @throws TrackingError INVALID_ARGUMENT, with the place
 */
export function parseExpression(text: string): ExpressionNode {
  if (text.length > longest) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `expression has ${text.length} characters; give at most ${longest}`,
    );
  }
  const tokens = expressionTokens(text);
  let place = 0;
  let depth = 0;
  const here = () => tokens[place]!;
  const is = (...symbols: readonly string[]) =>
    (here().kind === "symbol" || here().kind === "name") && symbols.includes(here().text);
  const taken = () => tokens[place++]!;
  const fail = (message: string, { from }: { from: number } = here()) => expressionError(text, from, message);

  const call = (name: string, ...parts: readonly ExpressionNode[]): ExpressionNode => ({
    form: "call",
    name: same.get(name) ?? name,
    parts,
    from: parts[0]!.from,
    to: parts.at(-1)!.to,
  });
  const expect = (symbol: string, why: string) => {
    if (!is(symbol)) throw fail(`${said(here())} stands where ${symbol} ${why}`);
    return taken();
  };
  const deeper = <T>(read: () => T): T => {
    if ((depth += 1) > deepest) throw fail(`it is nested more than ${deepest} deep; write it flatter`);
    const found = read();
    depth -= 1;
    return found;
  };

  const chain = (symbols: readonly string[], next: () => ExpressionNode) => () => {
    let left = next();
    while (is(...symbols)) left = call(taken().text, left, next());
    return left;
  };
  const sum = chain(
    ["+", "-"],
    chain(["*", "/"], () => sign()),
  );
  const compared = (): ExpressionNode => {
    const left = sum();
    if (here().kind !== "symbol" || !comparisons.has(here().text)) return left;
    const found = call(taken().text, left, sum());
    if (comparisons.has(here().text)) {
      throw fail("a comparison of a comparison can be read in two ways; join two comparisons with and");
    }
    return found;
  };
  const negation = (): ExpressionNode => {
    if (!is("not")) return compared();
    const { from } = taken();
    return { ...call("not", deeper(negation)), from };
  };
  const whole = chain(["or"], chain(["and"], negation));
  const sign = (): ExpressionNode => {
    if (!is("-")) return power();
    const { from } = taken();
    return { ...call("negative", deeper(sign)), from };
  };
  const power = (): ExpressionNode => {
    const base = primary();
    if (!is("^")) return base;
    taken();
    return call("^", base, deeper(sign));
  };

  const list = (end: string): ExpressionNode[] => {
    const parts: ExpressionNode[] = [];
    if (is(end)) return parts;
    parts.push(deeper(whole));
    while (is(",")) {
      taken();
      parts.push(deeper(whole));
    }
    return parts;
  };
  const inBrackets = (name: Token): ExpressionNode => {
    expect("[", `should follow ${name.text}`);
    const [of, other] = list("]");
    if (!of || other) throw fail(`${name.text}[...] takes one name`, name);
    const { to } = expect("]", "should close the bracket");
    if (name.text === "y_score") return { form: "class-score", of, from: name.from, to };
    if (of.form === "text") return { form: "feature", name: of.value, from: name.from, to };
    throw fail('a feature is named by a text: feature["odd name"]', of);
  };
  const named = (name: Token): ExpressionNode => {
    const { text: word, from, to } = name;
    if (is("(")) {
      if (!functionNames.includes(word)) throw fail(unknownFunction(word), name);
      taken();
      const parts = list(")");
      return { form: "call", name: word, parts, from, to: expect(")", "should close the parenthesis").to };
    }
    if (is("[") && (word === "y_score" || word === "feature")) return inBrackets(name);
    if (functionNames.includes(word)) {
      throw fail(`${word} is a function: write ${word}(...), or feature["${word}"] for a feature`, name);
    }
    return isColumnName(word)
      ? { form: "column", name: word, from, to }
      : { form: "feature", name: word, from, to };
  };
  const primary = (): ExpressionNode => {
    const token = taken();
    const { kind, text: written, from, to } = token;
    if (kind === "number") return { form: "number", value: finite(Number(written), token), from, to };
    if (kind === "text") return { form: "text", value: written, from, to };
    if (written === "true" || written === "false") {
      return { form: "truth", value: written === "true", from, to };
    }
    if (kind === "name" && !words.has(written)) return named(token);
    if (written === "(") {
      const inner = deeper(whole);
      expect(")", "should close the parenthesis");
      return inner;
    }
    place -= 1;
    throw fail(`${said(token)} stands where a number, a column or a function should be`);
  };
  const finite = (value: number, token: Token) => {
    if (Number.isFinite(value)) return value;
    throw fail(`${token.text} is too large a number`, token);
  };

  const found = whole();
  if (here().kind !== "end") throw fail(`${said(here())} stands where the expression should end`);
  return found;
}

function said({ kind, text }: Token): string {
  return kind === "end" ? "the end" : JSON.stringify(text);
}

function unknownFunction(name: string): string {
  const guess = nearest(name, functionNames);
  if (isColumnName(name))
    return `${name} is a column, not a function; the columns are ${columnNames.join(", ")}`;
  const wayOut = guess === undefined ? ";" : `; did you mean ${guess}? The`;
  return `there is no function ${name}${wayOut} functions are ${functionNames.join(", ")}`;
}
