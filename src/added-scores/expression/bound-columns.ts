import { nearest } from "../../experiment/nearest.js";
import { positiveCode, positiveLabel } from "../../scores/positive-label.js";
import type { AddedSample } from "../added-score.js";
import { type CheckedExpression, type ColumnUse, finalUse } from "./checked-expression.js";
import type { ValueType } from "./expression-functions.js";
import type { ExpressionNode } from "./expression-node.js";
import { expressionText } from "./expression-text.js";

/** What the columns of an expression are for a sample; a text is a number of its own everywhere in it. */
export interface BoundColumns {
  count: number;
  /** A column, a feature or a score of a class; a value a sample, NaN where it has none. */
  valuesOf: (node: ExpressionNode) => Float64Array;
  codeOf: (text: string) => number;
}

type Why = { why: string };
type ClassSample = AddedSample & { kind: "classification" };

/** @returns without columns that the sample should have, the reason as a part of a sentence */
export function boundColumns(checked: CheckedExpression, sample: AddedSample): BoundColumns | Why {
  const codes = new Map<string, number>();
  const codeOf = (text: string) => {
    const known = codes.get(text) ?? codes.size;
    codes.set(text, known);
    return known;
  };
  const columns = new Map<string, Float64Array>();
  const decided = new Map<ColumnUse, ValueType>();
  const count = sample.yTrue.length;
  for (const [name, use] of checked.uses) {
    const found = name === "label" ? labelsOf(sample) : featureOf(sample, name.slice("feature ".length));
    if ("why" in found) return found;
    const { values, what } = found;
    const actual = isTexts(values) ? "text" : "number";
    const wanted = decided.get(finalUse(use)) ?? finalUse(use).type ?? actual;
    decided.set(finalUse(use), wanted);
    if ((wanted === "text") !== (actual === "text")) return { why: mixed(what, values) };
    const numbers = isTexts(values)
      ? Float64Array.from(values, (text) => (text === null ? Number.NaN : codeOf(text)))
      : values;
    if (wanted === "boolean" && !numbers.every((x) => x === 0 || x === 1 || Number.isNaN(x))) {
      return { why: `${what} are taken for conditions, and are other numbers than 0 and 1` };
    }
    columns.set(name, numbers);
  }
  if (sample.kind === "classification") {
    const missing = checked.labels.find((literal) => labelPlace(sample, literal) < 0);
    if (missing) return { why: withoutClass(sample, missing) };
    if (checked.scores.length > 0 && !sample.yScore) return { why: "there is no y_score" };
  }
  const scores = new Map<ExpressionNode, Float64Array>();
  for (const node of checked.scores) {
    const found = scoreOf(sample as ClassSample, node);
    if ("why" in found) return found;
    scores.set(node, found.values);
  }
  if (checked.isWeighted && !sample.weights) return { why: "there is no sample_weight" };
  const labels = columns.get("label");
  const pick = (rows: Int32Array | Float64Array) =>
    labels ? Float64Array.from(rows, (code) => labels[code]!) : Float64Array.from(rows);
  if (sample.kind === "classification") {
    columns.set("y_true", pick(sample.yTrue));
    columns.set("y_pred", pick(sample.yPred));
  } else {
    columns.set("y_true", sample.yTrue);
    columns.set("y_pred", sample.yPred);
  }
  if (sample.weights) columns.set("sample_weight", sample.weights);
  return {
    count,
    codeOf,
    valuesOf: (node) =>
      scores.get(node) ??
      columns.get(
        node.form === "feature" ? `feature ${node.name}` : node.form === "column" ? node.name : "",
      )!,
  };
}

type Values = Float64Array | readonly (string | null)[];

function isTexts(values: Values): values is readonly (string | null)[] {
  return !(values instanceof Float64Array);
}

/** Of the classes by their codes. */
function labelsOf(sample: AddedSample): { values: Values; what: string } | Why {
  const { labels } = sample as ClassSample;
  if (labels.every((label) => typeof label === "string")) return { values: labels, what: "its labels" };
  const values = Float64Array.from(labels, Number);
  if (values.every(Number.isSafeInteger)) return { values, what: "its labels" };
  return { why: "its labels are no integers up to 2^53, nor all texts" };
}

function featureOf(sample: AddedSample, name: string): { values: Values; what: string } | Why {
  const values = sample.features?.get(name);
  const quoted = JSON.stringify(name);
  return values
    ? { values, what: `the values of the feature ${quoted}` }
    : { why: `the samples have no feature ${quoted}${meant(name, sample)}` };
}

const columnNames = ["y_true", "y_pred", "y_score", "sample_weight"];

/** What stands for a feature by mistake: a label without its quotes, or a column that is mistyped. */
function meant(name: string, sample: AddedSample): string {
  if (sample.kind === "classification" && sample.labels.includes(name)) {
    return `; a label stands in quotes: ${JSON.stringify(name)}`;
  }
  const guess = nearest(name, columnNames);
  return guess === undefined ? "" : `; did you mean ${guess}?`;
}

function mixed(what: string, values: Values): string {
  const example = Array.from<string | number | null>(values).find(
    (value) => value !== null && value === value,
  );
  const shown = JSON.stringify(example ?? null);
  return isTexts(values)
    ? `${what} are texts, such as ${shown}, and the expression takes them for numbers or conditions`
    : `${what} are numbers, such as ${shown}, and the expression compares them with texts`;
}

/** Of a literal, which class it names; -1 where none. */
function labelPlace({ labels }: ClassSample, literal: ExpressionNode): number {
  if (literal.form === "text") return labels.indexOf(literal.value);
  if (literal.form !== "number" && literal.form !== "truth") return -1;
  return labels.findIndex((label) => typeof label !== "string" && Number(label) === Number(literal.value));
}

function withoutClass({ labels }: ClassSample, literal: ExpressionNode): string {
  const shown = labels
    .slice(0, 5)
    .map((label) => (typeof label === "string" ? JSON.stringify(label) : label));
  return `none of its classes is ${expressionText(literal)}; they are ${shown.join(", ")}${labels.length > 5 ? ", …" : ""}`;
}

/** Of two classes y_score is about the positive one, and the other has the rest of it. */
function scoreOf(sample: ClassSample, node: ExpressionNode): { values: Float64Array } | Why {
  const { labels, yTrue, yPred, yScore } = sample;
  const k = labels.length;
  const n = yTrue.length;
  if (node.form !== "class-score") {
    if (k <= 2) return { values: yScore! };
    return { why: `there are ${k} classes: name one, such as y_score["..."], or take y_score[y_true]` };
  }
  const { of } = node;
  const own = of.form === "column" ? (of.name === "y_true" ? yTrue : yPred) : undefined;
  const place = own ? -1 : labelPlace(sample, of);
  const positive = sample.positive ?? positiveCode(labels, positiveLabel(labels) ?? k);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const code = own ? own[i]! : place;
    if (k > 2) values[i] = yScore![i * k + code]!;
    else values[i] = code === positive ? yScore![i]! : 1 - yScore![i]!;
  }
  return { values };
}
