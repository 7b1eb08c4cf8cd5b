import type { Label } from "./label.js";

/**
 * The positive class of a binary task: the named one; else 1 or true where present; else the greater label. A
 * lone label 0, -1 or false is the negative one of {0, 1}, {-1, 1} or {false, true}, so that the positive
 * class is 1 or true although it does not occur (as scikit-learn infers it:
 * `sklearn.utils.validation._check_pos_label_consistency`).
 *
 * `labels` are distinct and sorted. The answer is `undefined` where there is none: with three labels or more,
 * and where neither of two labels is the named one, which is for the caller to refuse.
 * @example positiveLabel(["cat", "dog"]) // "dog"
 * @example positiveLabel(["cat", "dog"], "cat") // "cat"
 * @example positiveLabel([1, 2]) // 1
 * @example positiveLabel([0]) // 1
 */
export function positiveLabel<L extends Label | boolean>(labels: readonly L[], named?: L): L | undefined {
  if (labels.length > 2) return undefined;
  if (named !== undefined) {
    return labels.find((label) => sameLabel(label, named)) ?? (labels.length === 2 ? undefined : named);
  }
  const one = labels.find((label) => sameLabel(label, 1));
  if (one !== undefined) return one;
  const last = labels.at(-1);
  return labels.length === 1 && last !== undefined ? (counterpart(last) as L) : last;
}

/**
 * Code of the positive class: its position in `labels`, or `labels.length` where it is not among them.
 * @example positiveCode(["cat", "dog"], "dog") // 1
 * @example positiveCode([0], 1) // 1
 */
export function positiveCode(labels: readonly (Label | boolean)[], positive: Label | boolean): number {
  const code = labels.findIndex((label) => sameLabel(label, positive));
  return code < 0 ? labels.length : code;
}

/** The positive class of a lone label. */
function counterpart(label: Label | boolean): Label | boolean {
  if (label === false) return true;
  if (label === 0 || label === -1) return 1;
  if (label === 0n || label === -1n) return 1n;
  return label;
}

/** 1, 1n and true are one label; the text "1" is another. */
function sameLabel(a: Label | boolean, b: Label | boolean): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  const [x, y] = [Number(a), Number(b)];
  // Integers beyond 2^53 that are no longer told apart as numbers are compared as they are.
  return x === y && (Number.isSafeInteger(x) || !Number.isInteger(x) || BigInt(a) === BigInt(b));
}
