import { shown } from "../experiment/input/values.js";
import { TrackingError } from "../tracking-error.js";

/** A number of bins as a caller gives it.
 * @throws TrackingError INVALID_ARGUMENT */
export function binCount(given: number | undefined, name: string, fallback: number, most: number): number {
  if (given === undefined) return fallback;
  if (Number.isInteger(given) && given >= 1 && given <= most) return given;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${name} is ${shown(given)}; give a whole number from 1 to ${most}`,
  );
}
