import type { ConfusionTable } from "../scores/confusion-table.js";
import type { CountGradient } from "../scores/count-gradient.js";
import type { CountScore } from "../scores/score.js";
import type { Cells } from "./count-cells.js";

/** A class's recall or precision, and what it does to a score. */
export interface ClassShare {
  code: number;
  part: number;
  whole: number;
  /** The score where this share is another. */
  scoreAt: (share: number) => number;
  /** How fast the score changes with it. */
  slope: number;
}

/** A score of counts with all that its limits are made of. */
export interface CountedScore {
  record: CountScore;
  value: number;
  table: ConfusionTable;
  gradient: CountGradient;
  positive: number;
}

/** Of more labels than this, each moves a score so little that its slope says how far. */
const mostMoved = 20;

/**
 * The shares that a score is made of: the classes' precisions, or their recalls, whose samples are
 * independent of each other. Where a class's recall is another, its errors are as many more or fewer, in the
 * same proportions.
 * @param pairs how often each true and predicted label go together
 */
export function classShares(score: CountedScore, pairs: Cells): ClassShare[] {
  return score.record.classShares === "precisions" ? precisions(score) : recalls(score, pairs);
}

function precisions({ record, value, table }: CountedScore): ClassShare[] {
  const { actual, predicted, correct, samples } = table;
  const present = [...actual.keys()].filter((code) => actual[code]! + predicted[code]! > 0);
  return present.map((code) => {
    const weight = record.everyClass ? 1 / present.length : actual[code]! / samples;
    const [part, whole] = [correct[code]!, predicted[code]!];
    const now = whole > 0 ? part / whole : 0;
    return { code, part, whole, slope: weight, scoreAt: (share) => value + weight * (share - now) };
  });
}

function recalls({ record, value, table, gradient, positive }: CountedScore, pairs: Cells): ClassShare[] {
  const { actual, correct, samples } = table;
  const errors = errorsOf(table, pairs);
  let ofAll = 0;
  for (let code = 0; code < actual.length; code++) ofAll += actual[code]! * gradient.predicted[code]!;
  return [...actual.keys()]
    .filter((code) => actual[code]! > 0)
    .map((code) => {
      const [part, whole] = [correct[code]!, actual[code]!];
      const now = part / whole;
      const lost =
        part < whole
          ? errors[code]!.reduce((sum, { to, share }) => sum + share * gradient.predicted[to]!, 0)
          : (ofAll - whole * gradient.predicted[code]!) / (samples - whole || 1);
      const slope = whole * (gradient.correct[code]! + gradient.predicted[code]! - lost);
      const scoreAt = (share: number) =>
        actual.length > mostMoved
          ? value + slope * (share - now)
          : (record.of(moved(table, code, share * whole, errors[code]!), positive) ?? value);
      return { code, part, whole, slope, scoreAt };
    });
}

interface ErrorShare {
  to: number;
  share: number;
}

/** Of each class, what its errors are taken for; where it has none, the other classes by their frequency. */
function errorsOf({ actual, correct, samples }: ConfusionTable, { counts, codes }: Cells): ErrorShare[][] {
  const errors = Array.from(actual, (): ErrorShare[] => []);
  const [truths, predictions] = codes as [Int32Array, Int32Array];
  for (let cell = 0; cell < counts.length; cell++) {
    const [truth, to] = [truths[cell]!, predictions[cell]!];
    if (truth !== to) errors[truth]!.push({ to, share: counts[cell]! / (actual[truth]! - correct[truth]!) });
  }
  if (actual.length > mostMoved) return errors;
  for (const [code, found] of errors.entries()) {
    if (found.length > 0) continue;
    for (const [to, count] of actual.entries()) {
      if (to !== code && count > 0) found.push({ to, share: count / (samples - actual[code]!) });
    }
  }
  return errors;
}

/** The table where `hits` samples of a class are right. */
function moved(
  table: ConfusionTable,
  code: number,
  hits: number,
  errors: readonly ErrorShare[],
): ConfusionTable {
  const correct = Float64Array.from(table.correct);
  const predicted = Float64Array.from(table.predicted);
  const more = hits - correct[code]!;
  correct[code] = hits;
  predicted[code]! += more;
  for (const { to, share } of errors) predicted[to]! -= share * more;
  return { ...table, correct, predicted, totalCorrect: table.totalCorrect + more };
}
