/** Numbers, conditions and texts. Conditions are 1 and 0 when they are computed, texts numbers of their own. */
export type ValueType = "number" | "boolean" | "text";

/** What a function takes of each sample, and gives for it; NaN is no value, given or taken. */
export interface ElementFunction {
  kind: "element";
  takes: readonly ValueType[] | "numbers" | "two of a kind";
  gives: ValueType;
  of: (...values: number[]) => number;
  /** Why it gives no number for numbers; none where it always does. */
  without?: string;
}

/** One number from a column: `mean(x)`, or of some of its samples, `mean(x, where)`. */
export interface AggregateFunction {
  kind: "aggregate";
  /** Before the condition. */
  takes: readonly ("column" | "share")[];
  /** Conditions count as 1 and 0. */
  takesConditions: boolean;
  /** Hangs on single samples, so that others drawn from these do not say how it varies. */
  isExtreme?: boolean;
  call: string;
}

export type ExpressionFunction = ElementFunction | AggregateFunction;

const tooLarge = "it is too large a number";

function ofNumber(of: (x: number) => number, without = tooLarge): ElementFunction {
  return { kind: "element", takes: ["number"], gives: "number", of, without };
}

function ofTwo(of: (x: number, y: number) => number, without = tooLarge): ElementFunction {
  return { kind: "element", takes: ["number", "number"], gives: "number", of, without };
}

function comparison(of: (x: number, y: number) => boolean): ElementFunction {
  return { kind: "element", takes: ["number", "number"], gives: "boolean", of: known(of) };
}

/** What is compared with no value is neither true nor false. */
function known(of: (x: number, y: number) => boolean): ElementFunction["of"] {
  return (x, y) => (Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : Number(of(x, y)));
}

function logarithm(of: (x: number) => number): ElementFunction {
  return ofNumber(of, "it is a logarithm of 0 or less");
}

function aggregate(call: string, facts: Partial<AggregateFunction> = {}): AggregateFunction {
  return { kind: "aggregate", takes: ["column"], takesConditions: false, call, ...facts };
}

/** By the names that they are called by; operators by themselves, the sign as `negative`. */
export const expressionFunctions: ReadonlyMap<string, ExpressionFunction> = new Map<
  string,
  ExpressionFunction
>([
  ["+", ofTwo((x, y) => x + y)],
  ["-", ofTwo((x, y) => x - y)],
  ["*", ofTwo((x, y) => x * y)],
  ["/", ofTwo((x, y) => x / y, "it is a division by 0, or too large a number")],
  ["^", ofTwo((x, y) => x ** y, "it is a root of a negative number, or too large a number")],
  ["negative", ofNumber((x) => 0 - x)],
  ["=", { kind: "element", takes: "two of a kind", gives: "boolean", of: known((x, y) => x === y) }],
  ["!=", { kind: "element", takes: "two of a kind", gives: "boolean", of: known((x, y) => x !== y) }],
  ["<", comparison((x, y) => x < y)],
  ["<=", comparison((x, y) => x <= y)],
  [">", comparison((x, y) => x > y)],
  [">=", comparison((x, y) => x >= y)],
  [
    "and",
    {
      kind: "element",
      takes: ["boolean", "boolean"],
      gives: "boolean",
      of: (x, y) => (x === 0 || y === 0 ? 0 : x * y),
    },
  ],
  [
    "or",
    {
      kind: "element",
      takes: ["boolean", "boolean"],
      gives: "boolean",
      of: (x, y) => (x === 1 || y === 1 ? 1 : x + y),
    },
  ],
  ["not", { kind: "element", takes: ["boolean"], gives: "boolean", of: (x) => 1 - x }],
  [
    "if",
    {
      kind: "element",
      takes: ["boolean", "number", "number"],
      gives: "number",
      of: (condition, then, otherwise) => (condition === 1 ? then : condition === 0 ? otherwise : condition),
    },
  ],
  ["abs", ofNumber(Math.abs)],
  ["sqrt", ofNumber(Math.sqrt, "it is a root of a negative number")],
  ["log", logarithm(Math.log)],
  ["log2", logarithm(Math.log2)],
  ["log10", logarithm(Math.log10)],
  ["exp", ofNumber(Math.exp)],
  ["floor", ofNumber(Math.floor)],
  ["round", ofNumber(rounded)],
  ["min", { kind: "element", takes: "numbers", gives: "number", of: (...values) => Math.min(...values) }],
  ["max", { kind: "element", takes: "numbers", gives: "number", of: (...values) => Math.max(...values) }],
  ["mean", aggregate("mean(x, where)", { takesConditions: true })],
  ["sum", aggregate("sum(x, where)", { takesConditions: true })],
  ["count", aggregate("count(where)", { takes: [] })],
  ["std", aggregate("std(x, where)")],
  ["median", aggregate("median(x, where)")],
  ["quantile", aggregate("quantile(x, 0.9, where)", { takes: ["column", "share"] })],
  ["least", aggregate("least(x, where)", { isExtreme: true })],
  ["greatest", aggregate("greatest(x, where)", { isExtreme: true })],
]);

/** Halves to the even neighbour, as Python and numpy do it. */
function rounded(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
