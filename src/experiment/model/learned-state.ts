import { isPlain } from "./model-object.js";

/** Longer lists are data, not a setting. */
export const longestList = 64;

const learnedNames = new Set([
  "weights",
  "biases",
  "coefficients",
  "coefs",
  "indexes",
  "root",
  "kdTree",
  "oobResults",
  "means",
  "calculateProbabilities",
  "priorProbability",
  "conditionalProbability",
  "stdError",
  "stdErrors",
  "stdErrorMatrix",
  "tStats",
]);

/**
 * Whether a member's name says that training put it there: `weights`, `kdTree`, `stdErrors` and the like, and
 * names that end with an underscore, as scikit-learn's `coef_`. Booleans and texts are settings whatever
 * their name (`weights: "distance"`).
 */
export function isLearnedMember(name: string, value: unknown): boolean {
  if (typeof value === "boolean" || typeof value === "string") return false;
  return learnedNames.has(name) || (name.length > 1 && name.endsWith("_"));
}

/**
 * Whether a value's form says that training put it there: typed arrays and buffers, matrices and tensors
 * (objects of a class with `rows` and `columns`, or with `shape` and data), nodes of a tree (with `left` and
 * `right`), and lists of numbers, or of such lists, with more than 64 numbers. Looks at the form only, in
 * constant time, however large the value is.
 */
export function isLearnedState(value: object): boolean {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer)
    return true;
  if (Array.isArray(value)) return isNumbers(value);
  return isTreeNode(value) || (!isPlain(value) && isMatrix(value));
}

function isNumbers(list: readonly unknown[]): boolean {
  const first = list[0];
  if (typeof first === "number") return list.length > longestList;
  if (typeof first !== "object" || first === null) return false;
  if (ArrayBuffer.isView(first)) return true;
  return Array.isArray(first) && typeof first[0] === "number" && list.length * first.length > longestList;
}

function isMatrix(value: object): boolean {
  const has = (name: string, type: string) => typeof Reflect.get(value, name) === type;
  if (has("rows", "number") && has("columns", "number")) return true;
  return (
    Array.isArray(Reflect.get(value, "shape")) && ["data", "values", "dataId"].some((name) => name in value)
  );
}

function isTreeNode(value: object): boolean {
  const isBranch = (name: string) => {
    const branch = Object.getOwnPropertyDescriptor(value, name);
    return branch !== undefined && (branch.value === undefined || typeof branch.value === "object");
  };
  return isBranch("left") && isBranch("right");
}
