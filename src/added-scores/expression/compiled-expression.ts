import type { BoundColumns } from "./bound-columns.js";
import { isColumn } from "./checked-expression.js";
import { expressionAggregates } from "./expression-aggregates.js";
import { type ElementFunction, expressionFunctions } from "./expression-functions.js";
import type { ExpressionNode } from "./expression-node.js";

/** A part of an expression that can be computed of any rows, some of them several times. */
export type CompiledPart =
  /** The same for every choice of rows: of all samples, or one number. */
  | { shape: "fixed column"; values: Float64Array }
  | { shape: "fixed number"; value: number }
  /** What an aggregate is in. */
  | { shape: "column"; of: (rows: Int32Array) => Float64Array }
  | { shape: "number"; of: (rows: Int32Array) => number };

/** What does not depend on which rows are taken is computed here, once. */
export function compiledExpression(node: ExpressionNode, columns: BoundColumns): CompiledPart {
  if (node.form === "number") return { shape: "fixed number", value: node.value };
  if (node.form === "truth") return { shape: "fixed number", value: Number(node.value) };
  if (node.form === "text") return { shape: "fixed number", value: columns.codeOf(node.value) };
  if (node.form !== "call") return { shape: "fixed column", values: columns.valuesOf(node) };
  const known = expressionFunctions.get(node.name)!;
  if (known.kind === "aggregate") return aggregatePart(node, known.takes.length, columns);
  const parts = node.parts.map((part) => compiledExpression(part, columns));
  return isColumn(node) ? elementColumn(known.of, parts, columns.count) : elementNumber(known.of, parts);
}

function elementNumber(of: ElementFunction["of"], parts: readonly CompiledPart[]): CompiledPart {
  const compute = (rows: Int32Array) => finite(of(...parts.map((part) => numberOf(part, rows))));
  return isFixed(parts)
    ? { shape: "fixed number", value: compute(noRows) }
    : { shape: "number", of: compute };
}

function elementColumn(
  of: ElementFunction["of"],
  parts: readonly CompiledPart[],
  count: number,
): CompiledPart {
  if (isFixed(parts)) {
    const whole = parts.map((part) =>
      part.shape === "fixed column" ? part.values : filled(numberOf(part, noRows), count),
    );
    return { shape: "fixed column", values: eachOf(of, whole, count) };
  }
  return {
    shape: "column",
    of: (rows) =>
      eachOf(
        of,
        parts.map((part) => columnOf(part, rows)),
        rows.length,
      ),
  };
}

const noRows = new Int32Array(0);

function isFixed(parts: readonly CompiledPart[]): boolean {
  return parts.every(({ shape }) => shape === "fixed column" || shape === "fixed number");
}

function numberOf(part: CompiledPart, rows: Int32Array): number {
  if (part.shape === "fixed number") return part.value;
  return part.shape === "number" ? part.of(rows) : Number.NaN;
}

/** A value for each of the rows. */
export function columnOf(part: CompiledPart, rows: Int32Array): Float64Array {
  if (part.shape === "column") return part.of(rows);
  if (part.shape !== "fixed column") return filled(numberOf(part, rows), rows.length);
  const { values } = part;
  const found = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) found[i] = values[rows[i]!]!;
  return found;
}

function filled(value: number, count: number): Float64Array {
  return new Float64Array(count).fill(value);
}

function eachOf(of: ElementFunction["of"], columns: readonly Float64Array[], count: number): Float64Array {
  const found = new Float64Array(count);
  const [a, b, c] = columns;
  if (columns.length > 3) {
    for (let i = 0; i < count; i++) found[i] = finite(of(...columns.map((column) => column[i]!)));
  } else if (c) {
    for (let i = 0; i < count; i++) found[i] = finite(of(a![i]!, b![i]!, c[i]!));
  } else if (b) {
    for (let i = 0; i < count; i++) found[i] = finite(of(a![i]!, b[i]!));
  } else {
    for (let i = 0; i < count; i++) found[i] = finite(of(a![i]!));
  }
  return found;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Its values, its share where it has one, and its condition where that is given. */
function aggregatePart(
  { name, parts }: ExpressionNode & { form: "call" },
  takes: number,
  columns: BoundColumns,
): CompiledPart {
  const compute = expressionAggregates.get(name)!;
  const compiled = parts.map((part) => compiledExpression(part, columns));
  const x = takes > 0 ? compiled[0] : undefined;
  const where = compiled[takes];
  const share = takes > 1 ? numberOf(compiled[1]!, noRows) : Number.NaN;
  let chosen = new Float64Array(columns.count);
  return {
    shape: "number",
    of: (rows) => {
      if (chosen.length < rows.length) chosen = new Float64Array(2 * rows.length);
      const length = choose(x, where, rows, chosen);
      return length < 0 ? Number.NaN : finite(compute(chosen.subarray(0, length), share));
    },
  };
}

/** Puts the values that the condition chooses into `chosen`. @returns how many; -1 where one has no value */
function choose(
  x: CompiledPart | undefined,
  where: CompiledPart | undefined,
  rows: Int32Array,
  chosen: Float64Array,
): number {
  const values = x && ownOrDrawn(x, rows);
  const conditions = where && ownOrDrawn(where, rows);
  let length = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const condition = conditions ? conditions.values[conditions.isDrawn ? i : row]! : 1;
    if (condition === 0) continue;
    const value = values ? values.values[values.isDrawn ? i : row]! : 1;
    if (!(condition === 1 && value === value)) return -1;
    chosen[length++] = value;
  }
  return length;
}

/** A fixed column as it is, to be read by rows: gathering it first would take as long again. */
function ownOrDrawn(part: CompiledPart, rows: Int32Array): { values: Float64Array; isDrawn: boolean } {
  if (part.shape === "fixed column") return { values: part.values, isDrawn: false };
  return { values: columnOf(part, rows), isDrawn: true };
}
