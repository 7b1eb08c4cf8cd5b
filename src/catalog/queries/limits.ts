import { TrackingError } from "../../tracking-error.js";

/** @throws TrackingError INVALID_ARGUMENT */
export function checkCount(
  name: string,
  value: number | undefined,
  { least, most, usual }: { least: number; most: number; usual: number },
): number {
  if (value === undefined) return usual;
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${name} is ${String(value)}; give a whole number from ${least} to ${most}`,
    );
  }
  return value;
}
