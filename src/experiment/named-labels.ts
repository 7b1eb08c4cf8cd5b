import type { Label } from "./input/class-labels.js";

/** The labels that a predictions file names in its metadata, a JSON array; none where it does not. */
export function namedLabels(json: string | undefined): Label[] {
  if (json === undefined) return [];
  // Not JSON.parse: integers beyond 2^53 stand here digit by digit.
  if (!json.includes('"')) return (json.match(/-?\d+/g) ?? []).map((digits) => integerLabel(BigInt(digits)));
  return JSON.parse(json) as string[];
}

/** An integer as the label that it is: a number where it can be one exactly. */
export function integerLabel(value: number | bigint): Label {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
