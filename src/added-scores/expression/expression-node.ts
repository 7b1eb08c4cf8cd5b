/**
 * A part of an expression, with where it stands in the text. Operators are calls, by the names that the table
 * of functions has for them.
 */
export type ExpressionNode = { from: number; to: number } & (
  | { form: "number"; value: number }
  | { form: "text"; value: string }
  | { form: "truth"; value: boolean }
  | { form: "column"; name: ColumnName }
  | { form: "feature"; name: string }
  /** The score of one class of several, or of each sample's own: `y_score["ill"]`, `y_score[y_true]`. */
  | { form: "class-score"; of: ExpressionNode }
  | { form: "call"; name: string; parts: readonly ExpressionNode[] }
);

/** What was logged of every sample, beside its features. */
export const columnNames = ["y_true", "y_pred", "y_score", "sample_weight"] as const;
export type ColumnName = (typeof columnNames)[number];

export function isColumnName(name: string): name is ColumnName {
  return columnNames.some((known) => known === name);
}

/** Every part of an expression, itself the last. */
export function partsOf(node: ExpressionNode): ExpressionNode[] {
  if (node.form === "call") return [...node.parts.flatMap(partsOf), node];
  return node.form === "class-score" ? [...partsOf(node.of), node] : [node];
}
