import type { RegressionSample } from "../../scores/sample.js";
import { sortNumbers } from "../../scores/sort-numbers.js";
import { remembered } from "../remembered.js";

/** Ranks from 1 of both; equal values share the mean of theirs. */
export const averageRanks = remembered((sample: RegressionSample) => {
  const { truths, predictions } = places(sample);
  return { yTrue: averageRanksOf(truths), yPred: averageRanksOf(predictions) };
});

/** How many values of its kind are below each. */
const places = remembered(({ yTrue, yPred }: RegressionSample) => ({
  truths: placesOf(yTrue),
  predictions: placesOf(yPred),
}));

/** Pairs of samples by whether y_true and y_pred order them alike. */
interface PairCounts {
  /** All pairs: n (n - 1) / 2. */
  pairs: number;
  /** Pairs ordered alike less pairs ordered against each other. */
  agreement: number;
  tiedInTruth: number;
  tiedInPrediction: number;
  distinctTruths: number;
  distinctPredictions: number;
}

/**
 * Counted in n log n: the pairs ordered against each other are those that a merge sort puts in order (Knight,
 * 1966).
 */
export const pairCounts = remembered((sample: RegressionSample): PairCounts => {
  const n = sample.yTrue.length;
  const { truths, predictions } = places(sample);
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) keys[i] = truths[i]! * n + predictions[i]!;
  sortNumbers(keys);
  const both = tiesOf(keys);
  const [truthTies, predictionTies] = [tiesOf(sortedCopy(truths)), tiesOf(sortedCopy(predictions))];
  const inOrder = new Float64Array(n);
  for (let i = 0; i < n; i++) inOrder[i] = keys[i]! % n;
  const against = inversions(inOrder);
  const pairs = (n * (n - 1)) / 2;
  return {
    pairs,
    agreement: pairs - truthTies.pairs - predictionTies.pairs + both.pairs - 2 * against,
    tiedInTruth: truthTies.pairs,
    tiedInPrediction: predictionTies.pairs,
    distinctTruths: truthTies.distinct,
    distinctPredictions: predictionTies.distinct,
  };
});

function averageRanksOf(below: Float64Array): Float64Array {
  const equal = new Uint32Array(below.length);
  for (const place of below) equal[place]! += 1;
  return below.map((place) => place + (equal[place]! + 1) / 2);
}

function placesOf(values: Float64Array): Float64Array {
  const sorted = sortedCopy(values);
  return values.map((value) => countBelow(sorted, value));
}

function sortedCopy(values: Float64Array): Float64Array {
  const sorted = values.slice();
  sortNumbers(sorted);
  return sorted;
}

function countBelow(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

function tiesOf(sorted: Float64Array): { pairs: number; distinct: number } {
  let pairs = 0;
  let distinct = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1;
    pairs += ((to - from) * (to - from - 1)) / 2;
    distinct += 1;
    from = to;
  }
  return { pairs, distinct };
}

/** How many pairs of numbers are in the wrong order. Leaves them sorted. */
function inversions(values: Float64Array): number {
  let count = 0;
  let from: Float64Array = values;
  let into: Float64Array = new Float64Array(values.length);
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) count += merge(from, into, start, width);
    [from, into] = [into, from];
  }
  return count;
}

function merge(from: Float64Array, into: Float64Array, start: number, width: number): number {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + 2 * width, from.length);
  let count = 0;
  let [left, right] = [start, middle];
  for (let at = start; at < end; at++) {
    if (left < middle && (right === end || from[left]! <= from[right]!)) into[at] = from[left++]!;
    else {
      into[at] = from[right++]!;
      count += middle - left;
    }
  }
  return count;
}
