import { absoluteErrors } from "../scores/errors.js";
import { equalEdges } from "../statistics/equal-bins.js";
import { GridCounts } from "../statistics/grid-counts.js";
import type {
  Churn,
  ClassDifference,
  ErrorDecileDifference,
  ErrorDensity,
  ErrorDifference,
  ErrorPoints,
  SampleDifference,
} from "./judge-schema.js";
import type { JudgedClasses, JudgedNumbers } from "./pairing/judged-sample.js";
import type { Evaluation, PairOptions } from "./pairing/pair-evaluations.js";
import { pairEvaluations } from "./pairing/pair-evaluations.js";
import { type Id, idAt } from "./pairing/sample-id.js";

/** With more samples than this, points would be a smear, and are counted on a grid. */
const mostPoints = 5000;
const gridSize = 60;

/**
 * Where two experiments agree and where not: classification, by class and by cell of the confusion matrix;
 * regression, by size of the errors and by tenths of the true values.
 * @throws TrackingError NOT_COMPARABLE
 */
export function sampleDifference(a: Evaluation, b: Evaluation, options: PairOptions = {}): SampleDifference {
  const paired = pairEvaluations(a, b, options);
  if (paired.a.kind === "classification") return classDifference(paired.a, paired.b as JudgedClasses);
  const id = (row: number) => idAt(paired.ids, paired.rows.a?.[row] ?? row);
  const fileRow = (row: number) => paired.rows.a?.[row] ?? row;
  return errorDifference(paired.a, paired.b as JudgedNumbers, fileRow, id);
}

function classDifference(a: JudgedClasses, b: JudgedClasses): ClassDifference {
  const size = a.labels.length;
  const cells = new Map<number, [number, number]>();
  const add = (truth: number, predicted: number, which: 0 | 1) => {
    const cell = truth * size + predicted;
    let counts = cells.get(cell);
    if (!counts) cells.set(cell, (counts = [0, 0]));
    counts[which] += 1;
  };
  const churn = a.labels.map(() => ({ both_right: 0, only_a_right: 0, only_b_right: 0, both_wrong: 0 }));
  for (let i = 0; i < a.yTrue.length; i++) {
    const truth = a.yTrue[i]!;
    add(truth, a.yPred[i]!, 0);
    add(truth, b.yPred[i]!, 1);
    churn[truth]![churnOf(truth, a.yPred[i]!, b.yPred[i]!)] += 1;
  }
  return {
    kind: "classification",
    n: a.yTrue.length,
    labels: a.labels.map(String),
    cells: [...cells]
      .sort(([x], [y]) => x - y)
      .map(([cell, [ofA, ofB]]) => ({
        true: Math.floor(cell / size),
        predicted: cell % size,
        a: ofA,
        b: ofB,
      })),
    classes: churn.flatMap((counts, label) => {
      const samples = counts.both_right + counts.only_a_right + counts.only_b_right + counts.both_wrong;
      return samples === 0 ? [] : [{ label, samples, ...counts }];
    }),
  };
}

/** Which of the four a sample is, by its true and both predicted labels. */
export function churnOf<Value>(truth: Value, a: Value, b: Value): keyof Churn {
  if (a === truth) return b === truth ? "both_right" : "only_a_right";
  return b === truth ? "only_b_right" : "both_wrong";
}

function errorDifference(
  a: JudgedNumbers,
  b: JudgedNumbers,
  fileRow: (row: number) => number,
  id: (row: number) => Id,
): ErrorDifference {
  const n = a.yTrue.length;
  const [x, y] = [absoluteErrors(a), absoluteErrors(b)];
  let greatest = 0;
  for (let i = 0; i < n; i++) greatest = Math.max(greatest, x[i]!, y[i]!);
  return {
    kind: "regression",
    n,
    errors: n > mostPoints ? density(x, y, greatest) : points(x, y, fileRow, id),
    greatest,
    deciles: decileDifferences(a.yTrue, x, y),
  };
}

function points(
  x: Float64Array,
  y: Float64Array,
  fileRow: (row: number) => number,
  id: (row: number) => Id,
): ErrorPoints {
  const rows = Array.from(x.keys());
  return {
    form: "points",
    x: Array.from(x),
    y: Array.from(y),
    row: rows.map(fileRow),
    sample_id: rows.map(id),
  };
}

function density(x: Float64Array, y: Float64Array, greatest: number): ErrorDensity {
  const range = { min: 0, max: greatest };
  const grid = new GridCounts(range, range, gridSize);
  grid.add(x, y, 0, x.length);
  return {
    form: "density",
    x_edges: Array.from(grid.xEdges),
    y_edges: Array.from(grid.yEdges),
    ...grid.cells(),
  };
}

/** Source of the edges: pandas 3, `qcut(y_true, 10, duplicates="drop")`. */
function decileDifferences(yTrue: Float64Array, x: Float64Array, y: Float64Array): ErrorDecileDifference[] {
  const sorted = yTrue.slice().sort();
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place));
  };
  const edges = [...new Set(Array.from(equalEdges(0, 1, 10), at))];
  const count = Math.max(1, edges.length - 1);
  const deciles = Array.from({ length: count }, (_, i) => ({
    lower: edges[i]!,
    upper: edges[i + 1] ?? edges[i]!,
    samples: 0,
    a_nearer: 0,
    b_nearer: 0,
    equally_near: 0,
    a: 0,
    b: 0,
  }));
  for (let i = 0; i < yTrue.length; i++) {
    let which = 0;
    while (which < count - 1 && yTrue[i]! > edges[which + 1]!) which += 1;
    const decile = deciles[which]!;
    decile.samples += 1;
    decile[nearerOf(x[i]!, y[i]!)] += 1;
    decile.a += x[i]!;
    decile.b += y[i]!;
  }
  return deciles.map((decile) => ({
    ...decile,
    a: decile.a / Math.max(1, decile.samples),
    b: decile.b / Math.max(1, decile.samples),
  }));
}

/** Whose prediction is nearer to the true value, by both absolute errors. */
export function nearerOf(a: number, b: number): "a_nearer" | "b_nearer" | "equally_near" {
  return a === b ? "equally_near" : a < b ? "a_nearer" : "b_nearer";
}
