import type { ExperimentRecord } from "../../experiment/experiment-record.js";
import type { SliceCondition } from "../../predictions/slice-condition.js";
import type { ScoreName } from "../../scores/registry.js";
import type { ScoreInterval } from "../judge-scores.js";
import type { SliceColumn } from "./slice-columns.js";

/** How the score of a slice differs from that of all other samples. */
export interface SliceDifference {
  /** The slice's score less that of the rest. */
  value: number;
  /** Null where there is no interval; `reason` says why. */
  low: number | null;
  high: number | null;
  level: number;
  /** Two-sided, of this slice alone; null where no test applies. */
  p: number | null;
  /** Corrected for all that were tried. */
  p_corrected: number | null;
  method: string | null;
  seed: number | null;
  reason: string | null;
}

/** Some samples that have something in common, and how the model does on them. */
export interface SliceScore {
  conditions: SliceCondition[];
  /** The conditions in words. */
  text: string;
  n: number;
  slice: ScoreInterval;
  /** Of all other samples; null where there are none, or the score is undefined there. */
  rest: ScoreInterval | null;
  difference: SliceDifference | null;
  /** Whether the model is worse or better on it than on the rest, by the corrected p. */
  verdict: "worse" | "better" | "no evidence";
  /** The same as a sentence. */
  summary: string;
}

/** What was made of a column. */
export interface SliceColumnSummary {
  name: string;
  groups: number;
  /** How many distinct values it has, where they are groups by name. */
  distinct: number | null;
  /** Why none of its groups was tried. */
  note: string | null;
}

/** The slices of one experiment: those that were found, or those of one column. */
export interface SliceReport {
  prediction_id: string;
  project: string;
  name: string | null;
  /** Of two classes, the one that precision, recall and f1 are about; null for more. */
  positive_label: string | null;
  kind: ExperimentRecord["kind"];
  score: ScoreName;
  n: number;
  /** The column that divides the samples; null: slices were searched in all. */
  by: string | null;
  /** The score of all samples. */
  overall: ScoreInterval;
  level: number;
  seed: number;
  correction: "holm" | "bh";
  /** How many slices were compared with the rest: what the correction is for. */
  tried: number;
  /** How many of those are worse than the rest; the search reports those that say something new. */
  significant: number;
  min_size: number;
  bins: number;
  columns: SliceColumnSummary[];
  slices: SliceScore[];
  versions: { ml_tracking: string };
}

export function columnSummary(
  { name, groups, distinct, sizes }: SliceColumn,
  minSize: number,
): SliceColumnSummary {
  const largest = groups.reduce(
    (most, { type }, i) => (type === "other" ? most : Math.max(most, sizes[i]!)),
    0,
  );
  let note: string | null = null;
  if (largest < minSize) note = `no value of it is shared by ${minSize} samples`;
  else if (groups.length === 1) note = "all samples have the same value";
  return { name, groups: groups.length, distinct, note };
}

/** What a person would say of it. */
export function sliceSummary(
  kind: ExperimentRecord["kind"],
  score: ScoreName,
  { text, n, slice, rest }: Pick<SliceScore, "text" | "n" | "slice" | "rest">,
): string {
  const on = `on the ${n} ${n === 1 ? "sample" : "samples"} with ${text}`;
  const here = scoreInWords(kind, score, slice.value);
  const isAccuracy = kind === "classification" && score === "accuracy";
  const elsewhere = rest
    ? `, elsewhere ${scoreInWords(kind, score, rest.value, true)}`
    : "; there are no others";
  return `${on} ${isAccuracy ? "the model is wrong " : ""}${here}${elsewhere}`;
}

/** The scores of two experiments on the same samples. */
export function bothInWords({ score, a, b }: { score: ScoreName; a: number; b: number }): string {
  if (score === "accuracy") return `A is wrong ${percent(1 - a)} of the time, B ${percent(1 - b)}`;
  if (score === "mean_absolute_error") return `A is off by ${short(a)} on average, B by ${short(b)}`;
  return `${score} is ${short(a)} for A, ${short(b)} for B`;
}

/** @param isShort without what has been said already */
function scoreInWords(
  kind: ExperimentRecord["kind"],
  score: ScoreName,
  value: number,
  isShort = false,
): string {
  if (kind === "classification" && score === "accuracy") {
    return isShort ? percent(1 - value) : `${percent(1 - value)} of the time`;
  }
  const number = short(value);
  if (isShort) return number;
  return score === "mean_absolute_error"
    ? `the prediction is off by ${number} on average`
    : `${score} is ${number}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 1 ? Number(value.toPrecision(1)) : Number(value.toFixed(value < 10 ? 1 : 0))} %`;
}
