import type { AddedSample } from "./added-score.js";
import { boundColumns } from "./expression/bound-columns.js";
import type { CheckedExpression } from "./expression/checked-expression.js";
import { compiledExpression } from "./expression/compiled-expression.js";
import { type ExpressionNode, partsOf } from "./expression/expression-node.js";
import { whyUndefined } from "./expression/why-undefined.js";
import { readExpression } from "./read-expression.js";

/** The value of an expression for all samples, and for any of them. */
export interface ExpressionStatistic {
  value: number;
  /** Of rows of the sample, some of them several times; NaN where it has no value for them. */
  valueOf: (rows: Int32Array) => number;
  expression: CheckedExpression;
  /** How much longer than a mean it takes. */
  cost: number;
}

/** Of a part of an expression; a quantile orders its values each time. */
function costOf(node: ExpressionNode): number {
  return node.form === "call" && (node.name === "quantile" || node.name === "median") ? 6 : 0.1;
}

/** @returns without a value the reason, as a part of a sentence */
export function expressionStatistic(
  text: string,
  sample: AddedSample,
): ExpressionStatistic | { value?: undefined; why: string } {
  const expression = readExpression(text, sample.kind);
  if ("why" in expression) return expression;
  const columns = boundColumns(expression, sample);
  if ("why" in columns) return { why: columns.why };
  const compiled = compiledExpression(expression.root, columns);
  const valueOf = (rows: Int32Array) => {
    if (compiled.shape === "fixed number") return compiled.value;
    return compiled.shape === "number" ? compiled.of(rows) : Number.NaN;
  };
  const value = valueOf(Int32Array.from({ length: columns.count }, (_, row) => row));
  return Number.isNaN(value)
    ? { why: whyUndefined(expression.root, columns) }
    : {
        value,
        valueOf,
        expression,
        cost: partsOf(expression.root).reduce((sum, part) => sum + costOf(part), 0),
      };
}
