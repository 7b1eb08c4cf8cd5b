import type { Experiments, Score } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import { groupsOf, pairsOf } from "./parameter-strength.js";

export interface ParameterValue {
  /** The value, or a range of numbers. */
  label: string;
  count: number;
  median: number;
  best: number;
}

/** More rows than these are no overview: numbers then share ranges. */
const maxRows = 6;

/** A parameter's values with the scores of their experiments, those with the best median first. */
export function valuesOf(page: Experiments, score: Score, parameter: string): ParameterValue[] {
  const pairs = pairsOf(page, score, parameter);
  const single = groupsOf(pairs).map((group) => ({
    label: group[0]?.value === null ? "(none)" : textOf(group[0]?.value),
    scores: group.map((pair) => pair.score),
  }));
  const numbers = pairs.filter(({ value }) => typeof value === "number");
  const groups =
    single.length > maxRows && numbers.length > 0.75 * pairs.length
      ? rangesOf(numbers.map(({ value, score: own }) => ({ value: Number(value), score: own })))
      : single;
  return groups
    .map(({ label, scores }) => ({
      label,
      count: scores.length,
      median: medianOf(scores),
      best: scores.reduce((best, each) => (isBetter(each, best, score) ? each : best)),
    }))
    .sort((a, b) => (isBetter(a.median, b.median, score) ? -1 : isBetter(b.median, a.median, score) ? 1 : 0))
    .slice(0, maxRows);
}

function textOf(value: unknown): string {
  return typeof value === "number" ? brief(value) : String(value);
}

/** Ranges that hold about as many experiments each. */
function rangesOf(pairs: readonly { value: number; score: number }[]): { label: string; scores: number[] }[] {
  const sorted = [...pairs].sort((a, b) => a.value - b.value);
  const parts = 4;
  const bounds = Array.from({ length: parts + 1 }, (_, i) =>
    i === parts ? sorted.length : Math.floor((i * sorted.length) / parts),
  );
  return bounds.slice(1).flatMap((to, i) => {
    const part = sorted.slice(bounds[i], to);
    const [first, last] = [part[0], part.at(-1)];
    return first && last
      ? [{ label: `${brief(first.value)} to ${brief(last.value)}`, scores: part.map(({ score }) => score) }]
      : [];
  });
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}

function isBetter(a: number, b: number, { direction }: Score): boolean {
  if (direction === "zero") return Math.abs(a) < Math.abs(b);
  return direction === "higher" ? a > b : a < b;
}
