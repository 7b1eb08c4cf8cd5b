import type { ExperimentRecord } from "../../experiment/experiment-record.js";
import type { ScoreName } from "../../scores/registry.js";
import type { ScoreDifference } from "../judge-schema.js";
import type { SliceColumn } from "./slice-columns.js";
import type { SliceColumnSummary, SliceScore } from "./slice-schema.js";

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
export function bothInWords({ score, a, b }: Pick<ScoreDifference, "score" | "a" | "b">): string {
  if (a === null) return `${score} is undefined for A and ${short(b!)} for B`;
  if (b === null) return `${score} is ${short(a)} for A and undefined for B`;
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
