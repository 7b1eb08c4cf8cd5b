import { TrackingError } from "../tracking-error.js";
import type { AddedScore } from "./added-score.js";
import { type CheckedExpression, checkedExpression } from "./expression/checked-expression.js";

/**
 * The expression of a score that was checked when it was set. Without it the reason, as a part of a sentence:
 * a later version may know what this one does not.
 */
export function readExpression(text: string, kind: AddedScore["kind"]): CheckedExpression | { why: string } {
  try {
    return checkedExpression(text, kind);
  } catch (error) {
    if (!(error instanceof TrackingError)) throw error;
    return { why: `this version cannot read it: ${error.message.split("\n", 1)[0]!}` };
  }
}

/** The features that some scores name, each once. */
export function namedFeatures(scores: readonly AddedScore[]): string[] {
  const names = scores.flatMap(({ expression, kind }) => {
    const found = expression === undefined ? undefined : readExpression(expression, kind);
    return found && "features" in found ? found.features : [];
  });
  return [...new Set(names)];
}
