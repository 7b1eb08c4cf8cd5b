import { invalidParameter, type MlflowError } from "../mlflow-error.js";
import { type Condition, conditionTest, type ItemTest, type Value } from "./filter-condition.js";
import { filterTokens, type Token, unquoted } from "./filter-tokens.js";
import { fieldNamed, fieldsOf } from "./search-fields.js";
import type { DatasetScope, SearchKind } from "./search-item.js";

type FilterNode =
  | { kind: "and"; parts: readonly FilterNode[] }
  | { kind: "or"; parts: readonly FilterNode[] }
  | { kind: "not"; part: FilterNode }
  | { kind: "condition"; condition: Condition };

const promptTag = "mlflow.prompt.is_prompt";
const deepest = 100;
const keywords = new Set("AND OR NOT IN IS NULL TRUE FALSE LIKE ILIKE RLIKE REGEXP BETWEEN".split(" "));
const wordOperators = new Set(["LIKE", "ILIKE", "RLIKE", "REGEXP"]);

/**
 * Reads a filter of MLflow, and OR, NOT and parentheses beyond it; NOT binds closer than AND, AND closer than
 * OR. As in MLflow, AND may be left out between conditions, and one too many does no harm.
 *
 * A condition on what an item does not have is false, also with `!=`; NOT turns that around. NaN is `!=` every
 * number, and no other comparison finds it. Prompts are among registered models and their versions only where
 * the filter asks for them, by its first condition on the tag `mlflow.prompt.is_prompt`.
 * @param options.datasets for logged models: only metrics that were logged with one of these data sets count,
 * and a filter without a metric finds the models that have any such metric
 * @throws MlflowError
 * @example parseFilter("metrics.f1 > 0.9 AND params.model LIKE 'Random%'", "runs")
 */
export function parseFilter(
  text: string,
  kind: SearchKind,
  { datasets = [] }: { datasets?: readonly DatasetScope[] | undefined } = {},
): ItemTest {
  const fields = fieldsOf[kind];
  const { root, conditions } = parse(text, kind);
  const scopes = datasets.length > 0 ? datasets : undefined;
  const hasPrompts = kind === "registered_models" || kind === "model_versions";
  const withoutPrompts = hasPrompts && !asksForPrompts(conditions);

  const testOf = (node: FilterNode): ItemTest => {
    if (node.kind === "and") return every(node.parts.map(testOf));
    if (node.kind === "or") return some(node.parts.map(testOf));
    if (node.kind === "not") {
      const test = testOf(node.part);
      return (item) => !test(item);
    }
    const test = conditionTest(node.condition, fields, scopes);
    // It says nothing more once all prompts are out, and models do not have the tag.
    return withoutPrompts && isPromptCondition(node.condition) ? () => true : test;
  };
  const tests = [testOf(root)];
  if (withoutPrompts) tests.push((item) => item.tag(promptTag) !== "true");
  if (scopes && !conditions.some(({ field }) => field.entity === "metric")) {
    tests.push((item) => item.hasMetricOn?.(scopes) === true);
  }
  return every(tests);
}

function isPromptCondition({ field }: Condition): boolean {
  return field.entity === "tag" && field.key === promptTag;
}

function asksForPrompts(conditions: readonly Condition[]): boolean {
  const first = conditions.find(isPromptCondition);
  if (first?.value.kind !== "text") return false;
  const value = first.value.text.toLowerCase();
  return (first.operator === "=" && value === "true") || (first.operator === "!=" && value === "false");
}

function every(tests: readonly ItemTest[]): ItemTest {
  const [first, second, third] = tests;
  if (!first) return () => true;
  if (!second) return first;
  if (!third) return (item) => first(item) && second(item);
  return (item) => tests.every((test) => test(item));
}

function some(tests: readonly ItemTest[]): ItemTest {
  return (item) => tests.some((test) => test(item));
}

/** One long function, since its rules call each other and share one place in the tokens. */
function parse(text: string, kind: SearchKind): { root: FilterNode; conditions: Condition[] } {
  const fields = fieldsOf[kind];
  const tokens = filterTokens(text);
  const conditions: Condition[] = [];
  let at = 0;
  let depth = 0;

  const peek = (ahead = 0) => tokens[Math.min(at + ahead, tokens.length - 1)] as Token;
  const isSymbol = (token: Token, symbol: string) => token.kind === "symbol" && token.raw === symbol;
  const takeKeyword = (...wanted: readonly string[]) => {
    if (!wanted.every((keyword, ahead) => keywordOf(peek(ahead)) === keyword)) return false;
    at += wanted.length;
    return true;
  };
  const takeSymbol = (symbol: string) => {
    if (!isSymbol(peek(), symbol)) return false;
    at += 1;
    return true;
  };
  const fail = (wanted: string): never => {
    throw invalidClause(peek(), wanted);
  };

  const either = (mayBeEmpty: boolean): FilterNode => {
    const parts = [all(mayBeEmpty)];
    while (takeKeyword("OR")) parts.push(all(false));
    return parts.length === 1 ? (parts[0] as FilterNode) : { kind: "or", parts };
  };
  const all = (mayBeEmpty: boolean): FilterNode => {
    const parts: FilterNode[] = [];
    for (;;) {
      const token = peek();
      if (token.kind === "end" || isSymbol(token, ")") || keywordOf(token) === "OR") break;
      if (!takeKeyword("AND")) parts.push(single());
    }
    if (parts.length === 0 && (!mayBeEmpty || peek().kind !== "end")) fail("a condition");
    return parts.length === 1 ? (parts[0] as FilterNode) : { kind: "and", parts };
  };
  const single = (): FilterNode => {
    if (depth === deepest)
      throw invalidParameter(`Invalid filter string: nested over ${deepest} levels deep.`);
    depth += 1;
    const node = takeKeyword("NOT") ? negated() : takeSymbol("(") ? parenthesis() : conditionNode();
    depth -= 1;
    return node;
  };
  const negated = (): FilterNode => ({ kind: "not", part: single() });
  const parenthesis = (): FilterNode => {
    const inside = either(false);
    return takeSymbol(")") ? inside : fail("a closing parenthesis");
  };
  const conditionNode = (): FilterNode => {
    const left = peek();
    if (left.kind === "text" || left.kind === "number") {
      throw invalidParameter(`Invalid comparison clause. Expected 'Identifier' found '${left.raw}'`);
    }
    if (left.kind !== "name" || keywordOf(left)) return fail("the name of a field");
    at += 1;
    const operator = operatorAt();
    const value: Value = operator.startsWith("IS ") ? { kind: "none" } : valueAt();
    const condition = { field: fieldNamed(left.raw, fields, fields.filtered), operator, value };
    conditions.push(condition);
    return { kind: "condition", condition };
  };

  const operatorAt = (): string => {
    if (takeKeyword("IS", "NULL")) return "IS NULL";
    if (takeKeyword("IS", "NOT", "NULL")) return "IS NOT NULL";
    if (takeKeyword("NOT", "IN")) return "NOT IN";
    if (takeKeyword("IN")) return "IN";
    const not = keywordOf(peek()) === "NOT" ? 1 : 0;
    const token = peek(not);
    const word = keywordOf(token);
    if (word !== undefined && wordOperators.has(word)) {
      at += not + 1;
      return not === 1 ? `NOT ${word}` : word;
    }
    if (token.kind !== "symbol" || not === 1 || "(),".includes(token.raw)) return fail("a comparison");
    at += 1;
    return token.raw;
  };

  const valueAt = (): Value => {
    if (takeSymbol("(")) return listAt();
    const token = peek();
    if (token.kind === "end" || token.kind === "symbol" || keywordOf(token)) return fail("a value");
    at += 1;
    return token.kind === "name" ? namedValue(token.raw) : { ...token, text: textOf(token) };
  };
  const listAt = (): Value => {
    const texts: string[] = [];
    const raws: string[] = [];
    let other: string | undefined;
    while (!takeSymbol(")")) {
      const value = valueAt();
      if (value.kind === "none" || value.kind === "list") return fail("a text");
      raws.push(value.raw);
      texts.push(value.text);
      if (value.kind !== "text") other ??= value.raw;
      if (!takeSymbol(",") && !isSymbol(peek(), ")")) fail("a comma or a closing parenthesis");
    }
    if (texts.length === 0) {
      throw invalidParameter(
        "While parsing a list in the query, expected a non-empty list of string values, but got empty list",
      );
    }
    return { kind: "list", raw: `(${raws.join(", ")})`, texts, other };
  };

  const root = either(true);
  if (peek().kind !== "end") fail("AND, OR or the end");
  return { root, conditions };
}

function keywordOf(token: Token): string | undefined {
  if (token.kind !== "name" || !token.bare) return undefined;
  const word = token.raw.toUpperCase();
  return keywords.has(word) ? word : undefined;
}

/** Double quotes make a name on the left of an operator, and a text on its right. */
function namedValue(raw: string): Extract<Value, { text: string }> {
  const quoted = /^"(?:""|\\"|[^"])*"$/.test(raw);
  return { kind: quoted ? "text" : "bare", raw, text: quoted ? unquoted(raw) : raw };
}

function textOf(token: Token): string {
  return token.kind === "text" ? unquoted(token.raw) : token.raw;
}

function invalidClause(token: Token, wanted: string): MlflowError {
  const found = token.kind === "end" ? "the filter ends" : `'${token.raw}'`;
  return invalidParameter(`Invalid clause(s) in filter string: expected ${wanted}, but found ${found}`);
}
