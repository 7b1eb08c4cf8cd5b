import type { Cell, Experiments, Score } from "../../api/types.js";

interface Pair {
  value: Cell;
  score: number;
}

/**
 * How much of a score's differences a parameter goes with, 0 to 1: the larger of Spearman's correlation squared,
 * of numbers, and of the adjusted correlation ratio of its values. Undefined where it does not differ, or too
 * few have it. It says which plot to look at first, not what caused what.
 */
export function parameterStrength(page: Experiments, score: Score, parameter: string): number | undefined {
  const pairs = pairsOf(page, score, parameter);
  const groups = groupsOf(pairs);
  if (pairs.length < 3 || groups.length < 2) return undefined;
  return Math.max(adjustedCorrelationRatio(groups), squaredSpearman(pairs));
}

/** The experiments that have the score, with their value of the parameter, which may be missing. */
export function pairsOf(page: Experiments, score: Score, parameter: string): Pair[] {
  const at = (name: string) => page.columns.findIndex((column) => column.name === name);
  const [x, y] = [at(parameter), at(score.name)];
  return page.rows.flatMap((row): Pair[] => {
    const [value = null, own] = [row[x], row[y]];
    return typeof own === "number" ? [{ value, score: own }] : [];
  });
}

/** Pairs of one value each. */
export function groupsOf(pairs: readonly Pair[]): Pair[][] {
  const groups = new Map<Cell, Pair[]>();
  for (const pair of pairs) {
    const group = groups.get(pair.value);
    if (group) group.push(pair);
    else groups.set(pair.value, [pair]);
  }
  return [...groups.values()];
}

/** Adjusted for the number of values, as R² is: a value an experiment explains everything, and says nothing. */
function adjustedCorrelationRatio(groups: readonly (readonly Pair[])[]): number {
  const all = groups.flat();
  if (all.length <= groups.length) return 0;
  const total = squaresAround(all);
  if (total === 0) return 0;
  const within = groups.reduce((sum, group) => sum + squaresAround(group), 0);
  return Math.max(0, 1 - (within / total) * ((all.length - 1) / (all.length - groups.length)));
}

function squaresAround(pairs: readonly Pair[]): number {
  const mean = pairs.reduce((sum, { score }) => sum + score, 0) / pairs.length;
  return pairs.reduce((sum, { score }) => sum + (score - mean) ** 2, 0);
}

/** Of the pairs whose value is a number; 0 where fewer than three quarters are. */
function squaredSpearman(pairs: readonly Pair[]): number {
  const numbers = pairs.flatMap(({ value, score }) => (typeof value === "number" ? [{ value, score }] : []));
  if (numbers.length < 4 || numbers.length < 0.75 * pairs.length) return 0;
  const xs = ranksOf(numbers.map(({ value }) => value));
  const ys = ranksOf(numbers.map(({ score }) => score));
  const middle = (numbers.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (const [i, x] of xs.entries()) {
    const y = ys[i] ?? middle;
    xy += (x - middle) * (y - middle);
    xx += (x - middle) ** 2;
    yy += (y - middle) ** 2;
  }
  return xx === 0 || yy === 0 ? 0 : xy ** 2 / (xx * yy);
}

/** From 0; equal values share the mean of their ranks. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks: number[] = [];
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to++;
    for (let i = from; i <= to; i++) ranks[order[i] ?? 0] = (from + to) / 2;
    from = to + 1;
  }
  return ranks;
}
