import { expressionFunctions } from "./expression-functions.js";
import { type ExpressionNode, isColumnName } from "./expression-node.js";

/**
 * An expression as text that parses to it, with every operation in parentheses of its own but the outermost.
 * @example expressionText({ form: "number", value: 2, from: 0, to: 1 }) // "2"
 */
export function expressionText(node: ExpressionNode): string {
  const text = nodeText(node);
  return isOperation(node) ? text.slice(1, -1) : text;
}

function nodeText(node: ExpressionNode): string {
  if (node.form === "number" || node.form === "truth") return String(node.value);
  if (node.form === "text") return quoted(node.value);
  if (node.form === "column") return node.name;
  if (node.form === "feature") return featureText(node.name);
  if (node.form === "class-score") return `y_score[${expressionText(node.of)}]`;
  const [first, second] = node.parts;
  if (node.name === "negative") return `(-${nodeText(first!)})`;
  if (node.name === "not") return `(not ${nodeText(first!)})`;
  if (isOperation(node)) return `(${nodeText(first!)} ${node.name} ${nodeText(second!)})`;
  return `${node.name}(${node.parts.map(expressionText).join(", ")})`;
}

function isOperation(node: ExpressionNode): boolean {
  return node.form === "call" && /^(?:negative|not|and|or|[^\w]+)$/.test(node.name);
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}

const words: ReadonlySet<string> = new Set(["and", "or", "not", "true", "false"]);

function featureText(name: string): string {
  const isPlain =
    /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(name) &&
    !words.has(name) &&
    !isColumnName(name) &&
    !expressionFunctions.has(name);
  return isPlain ? name : `feature[${quoted(name)}]`;
}
