import { absoluteErrors } from "../scores/errors.js";
import { TrackingError } from "../tracking-error.js";
import type { Churn, DifferingSamples, ErrorDecileDifference } from "./judge-schema.js";
import type { JudgedClasses, JudgedNumbers } from "./pairing/judged-sample.js";
import { type Evaluation, type PairOptions, pairEvaluations } from "./pairing/pair-evaluations.js";
import { idAt } from "./pairing/sample-id.js";
import { churnOf, nearerOf } from "./sample-difference.js";

export const agreements = [
  "both_right",
  "only_a_right",
  "only_b_right",
  "both_wrong",
] as const satisfies (keyof Churn)[];
export const nearers = [
  "a_nearer",
  "b_nearer",
  "equally_near",
] as const satisfies (keyof ErrorDecileDifference)[];

/** Values between two ends, each included unless it is said to be open. */
export interface OpenInterval {
  min?: number | undefined;
  max?: number | undefined;
  min_open?: boolean | undefined;
  max_open?: boolean | undefined;
}

export interface DifferingSamplesQuery extends PairOptions {
  /** Classification: who is right. */
  agreement?: keyof Churn | undefined;
  true_label?: string | undefined;
  a_label?: string | undefined;
  b_label?: string | undefined;
  /** Regression: whose prediction is nearer to the true value. */
  nearer?: (typeof nearers)[number] | undefined;
  y_true?: OpenInterval | undefined;
  /** Of the absolute errors. */
  error_a?: OpenInterval | undefined;
  error_b?: OpenInterval | undefined;
  /** 1 to 1,000; 50 by default. */
  limit?: number | undefined;
  offset?: number | undefined;
}

/**
 * One page of the samples behind a number of a comparison: those first on which the two differ most. Of a
 * classification, one right and one wrong, then two different labels, then the rest; of a regression, by
 * absolute error. Of equal ones in the order of the first experiment's file.
 * @throws TrackingError NOT_COMPARABLE, INVALID_ARGUMENT
 */
export function differingSamples(
  a: Evaluation,
  b: Evaluation,
  query: DifferingSamplesQuery,
): DifferingSamples {
  const { limit = 50, offset = 0 } = query;
  checkWhole("limit", limit, 1, 1000);
  checkWhole("offset", offset, 0, 50_000_000);
  const paired = pairEvaluations(a, b, query);
  const page =
    paired.a.kind === "classification"
      ? classPage(paired.a, paired.b as JudgedClasses, query, offset, limit)
      : errorPage(paired.a, paired.b as JudgedNumbers, query, offset, limit);
  return {
    total: page.total,
    offset,
    rows: page.rows.map(({ row, ...values }) => {
      const fileRow = paired.rows.a?.[row] ?? row;
      return { row: fileRow, sample_id: idAt(paired.ids, fileRow), ...values };
    }),
  };
}

interface Page {
  total: number;
  rows: { row: number; y_true: string | number; a: string | number; b: string | number }[];
}

function classPage(
  a: JudgedClasses,
  b: JudgedClasses,
  { agreement, ...query }: DifferingSamplesQuery,
  offset: number,
  limit: number,
): Page {
  refuse(query, ["nearer", "y_true", "error_a", "error_b"], "regressions");
  const codeOf = (name: "true_label" | "a_label" | "b_label") => {
    const label = query[name];
    if (label === undefined) return undefined;
    const code = a.labels.findIndex((each) => String(each) === label);
    if (code >= 0) return code;
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${name} is ${JSON.stringify(label.slice(0, 100))}, which is no label here; they are ${a.labels.slice(0, 20).join(", ")}${a.labels.length > 20 ? " and more" : ""}`,
    );
  };
  const [truth, ofA, ofB] = [codeOf("true_label"), codeOf("a_label"), codeOf("b_label")];
  // One is right and the other wrong; both are wrong, in different ways; both say the same.
  const found: [number[], number[], number[]] = [[], [], []];
  let total = 0;
  for (let row = 0; row < a.yTrue.length; row++) {
    const [t, x, y] = [a.yTrue[row]!, a.yPred[row]!, b.yPred[row]!];
    if (truth !== undefined && t !== truth) continue;
    if (ofA !== undefined && x !== ofA) continue;
    if (ofB !== undefined && y !== ofB) continue;
    if (agreement !== undefined && churnOf(t, x, y) !== agreement) continue;
    const like = found[x === y ? 2 : x === t || y === t ? 0 : 1];
    if (like.length < offset + limit) like.push(row);
    total += 1;
  }
  const label = (code: number) => String(a.labels[code]);
  const rows = found.flat().slice(offset, offset + limit);
  return {
    total,
    rows: rows.map((row) => ({
      row,
      y_true: label(a.yTrue[row]!),
      a: label(a.yPred[row]!),
      b: label(b.yPred[row]!),
    })),
  };
}

function errorPage(
  a: JudgedNumbers,
  b: JudgedNumbers,
  { nearer, y_true: yTrue, error_a: errorA, error_b: errorB, ...query }: DifferingSamplesQuery,
  offset: number,
  limit: number,
): Page {
  refuse(query, ["agreement", "true_label", "a_label", "b_label"], "classifications");
  const [x, y] = [absoluteErrors(a), absoluteErrors(b)];
  const rows = new Uint32Array(x.length);
  let total = 0;
  for (let row = 0; row < x.length; row++) {
    if (!isIn(a.yTrue[row]!, yTrue) || !isIn(x[row]!, errorA) || !isIn(y[row]!, errorB)) continue;
    if (nearer !== undefined && nearerOf(x[row]!, y[row]!) !== nearer) continue;
    rows[total++] = row;
  }
  const difference = (row: number) => Math.abs(x[row]! - y[row]!);
  const found = greatest(rows.subarray(0, total), difference, offset + limit).slice(offset);
  return {
    total,
    rows: found.map((row) => ({ row, y_true: a.yTrue[row]!, a: a.yPred[row]!, b: b.yPred[row]! })),
  };
}

/** The `count` rows of the greatest values, these first; of equal ones the earlier row. */
function greatest(rows: Uint32Array, valueOf: (row: number) => number, count: number): number[] {
  const values = Float64Array.from(rows, valueOf);
  const least = values.slice().sort()[Math.max(0, values.length - count)]!;
  const found: number[] = [];
  let ties = 0;
  for (const value of values) ties += Number(value > least);
  ties = count - ties;
  for (const [i, row] of rows.entries()) {
    if (values[i]! > least || (values[i] === least && ties-- > 0)) found.push(row);
  }
  return found.sort((first, second) => valueOf(second) - valueOf(first) || first - second);
}

function isIn(value: number, interval: OpenInterval | undefined): boolean {
  if (!interval) return true;
  const { min = -Infinity, max = Infinity, min_open: minOpen = false, max_open: maxOpen = false } = interval;
  return (minOpen ? value > min : value >= min) && (maxOpen ? value < max : value <= max);
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${name} is ${value}; give a whole number from ${least} to ${most}`,
  );
}

function refuse(
  query: DifferingSamplesQuery,
  names: readonly (keyof DifferingSamplesQuery)[],
  kind: string,
): void {
  const name = names.find((each) => query[each] !== undefined);
  if (name === undefined) return;
  throw new TrackingError("INVALID_ARGUMENT", `${name} applies to ${kind} only; leave it out`);
}
