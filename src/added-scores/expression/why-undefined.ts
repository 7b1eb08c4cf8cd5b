import type { BoundColumns } from "./bound-columns.js";
import { columnOf, compiledExpression } from "./compiled-expression.js";
import { expressionFunctions } from "./expression-functions.js";
import type { ExpressionNode } from "./expression-node.js";
import { expressionText } from "./expression-text.js";

type Call = ExpressionNode & { form: "call" };

/** Why an expression gives no number for the samples, as a part of a sentence. */
export function whyUndefined(root: ExpressionNode, columns: BoundColumns): string {
  const rows = Int32Array.from({ length: columns.count }, (_, row) => row);
  const valuesOf = (node: ExpressionNode) => columnOf(compiledExpression(node, columns), rows);
  const aggregates = new Map<ExpressionNode, number>();
  const aggregate = (node: Call): number => {
    const value = aggregates.get(node) ?? columnOf(compiledExpression(node, columns), Int32Array.of(0))[0]!;
    aggregates.set(node, value);
    return value;
  };
  /** Of one sample alone: a long sum is gone through once for each of its terms. */
  const valueAt = (node: ExpressionNode, row: number): number => {
    if (node.form === "number") return node.value;
    if (node.form === "truth") return Number(node.value);
    if (node.form === "text") return columns.codeOf(node.value);
    if (node.form !== "call") return columns.valuesOf(node)[row]!;
    const known = expressionFunctions.get(node.name)!;
    if (known.kind === "aggregate") return aggregate(node);
    const value = known.of(...node.parts.map((part) => valueAt(part, row)));
    return Number.isFinite(value) ? value : Number.NaN;
  };

  /** Of all samples where an aggregate in it has no value. */
  const whyAt = (node: ExpressionNode, row: number): { text: string; isOfAll?: boolean } => {
    if (node.form !== "call") return { text: `${expressionText(node)} has no value` };
    const known = expressionFunctions.get(node.name)!;
    if (known.kind === "aggregate") return { text: whyAggregate(node), isOfAll: true };
    const parts = node.name === "if" ? chosenParts(node, row) : node.parts;
    const lacking = parts.find((part) => Number.isNaN(valueAt(part, row)));
    if (lacking) return whyAt(lacking, row);
    return { text: `${expressionText(node)} has no value: ${known.without ?? "a part of it has none"}` };
  };
  const chosenParts = ({ parts }: Call, row: number) => {
    const [condition, then, otherwise] = parts as [ExpressionNode, ExpressionNode, ExpressionNode];
    return [condition, valueAt(condition, row) === 1 ? then : otherwise];
  };
  const whyAggregate = (node: Call): string => {
    const known = expressionFunctions.get(node.name)!;
    const takes = known.kind === "aggregate" ? known.takes.length : 0;
    const [x, where] = [takes > 0 ? node.parts[0] : undefined, node.parts[takes]];
    const values = x && valuesOf(x);
    const conditions = where && valuesOf(where);
    const isChosen = (row: number) => conditions?.[row] !== 0;
    const lacks = (row: number) =>
      Number.isNaN(conditions?.[row]) || (isChosen(row) && Number.isNaN(values?.[row]));
    const lacking = rows.filter(lacks);
    const [first] = lacking;
    if (first === undefined) {
      return rows.some(isChosen)
        ? `${expressionText(node)} is too large a number`
        : `no sample is chosen by the condition of ${expressionText(node)}`;
    }
    const part = where && Number.isNaN(conditions![first]) ? where : x!;
    const { text, isOfAll } = whyAt(part, first);
    if (isOfAll) return text;
    return `${text} for ${lacking.length} ${lacking.length === 1 ? "sample" : "samples"}`;
  };
  return whyAt(root, 0).text;
}
