import { compareLabels, type Label } from "../experiment/input/class-labels.js";
import { shown } from "../experiment/input/values.js";
import { TrackingError } from "../tracking-error.js";
import type { LabelType, PlotLabel } from "./plot-schema.js";

/** The distinct labels of a predictions file, sorted; safe integers are numbers, all others bigints. */
export interface PredictionLabels {
  type: LabelType;
  labels: readonly Label[];
  /** Code of a label as DuckDB gives it: its position in `labels`. */
  codeOf: ReadonlyMap<Label, number>;
}

export function predictionLabels(type: LabelType, labels: readonly Label[]): PredictionLabels {
  const sorted = labels.toSorted(compareLabels);
  return { type, labels: sorted, codeOf: new Map(sorted.map((label, code) => [label, code])) };
}

/**
 * Labels from a file's metadata: a JSON array of strings or of integers, which may be larger than JSON.parse
 * reads exactly. Undefined where it is anything else.
 */
export function parseLabels(json: string): { type: LabelType; labels: Label[] } | undefined {
  const integers = /^\[\s*(-?\d+(?:\s*,\s*-?\d+)*)\s*\]$/.exec(json);
  if (integers) {
    return { type: "integer", labels: integers[1]!.split(",").map((digits) => integerLabel(BigInt(digits))) };
  }
  try {
    const labels: unknown = JSON.parse(json);
    if (!Array.isArray(labels) || labels.length === 0) return undefined;
    if (!labels.every((label) => typeof label === "string")) return undefined;
    return { type: "string", labels };
  } catch {
    return undefined; // not JSON: the caller says which file it was
  }
}

/** An integer as a label: a number where it is one exactly. */
export function integerLabel(value: bigint): Label {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A label as JSON can hold it. */
export function plotLabel(label: Label): PlotLabel {
  return typeof label === "bigint" ? String(label) : label;
}

/**
 * The label that a caller means: itself, or for integers their digits.
 * @throws TrackingError INVALID_ARGUMENT where it is none of the experiment's classes
 */
export function givenLabel(
  { type, labels, codeOf }: PredictionLabels,
  given: PlotLabel | bigint,
  name: string,
): Label {
  let label: Label | undefined;
  if (type === "string") label = typeof given === "string" ? given : undefined;
  else if (typeof given !== "string") label = typeof given === "bigint" ? integerLabel(given) : given;
  else if (/^-?\d+$/.test(given)) label = integerLabel(BigInt(given));
  if (label !== undefined && codeOf.has(label)) return label;
  const some = labels.slice(0, 10).map((known) => shown(known));
  const more = labels.length > 10 ? ` and ${labels.length - 10} more` : "";
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${name} is ${shown(given)}, which is no class of this experiment; its classes are ${some.join(", ")}${more}`,
  );
}
