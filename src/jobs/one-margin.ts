import { TrackingError } from "../tracking-error.js";

/**
 * The margin that a caller gave, and by which name: a comparison has one.
 * @throws TrackingError INVALID_ARGUMENT where there are several, or it is no number from 0
 * @example oneMargin({ max_loss: 0.02, min_improvement: undefined }) // { name: "max_loss", margin: 0.02 }
 */
export function oneMargin(
  given: Record<string, number | undefined>,
): { name: string; margin: number } | undefined {
  const found = Object.entries(given).flatMap(([name, margin]) =>
    margin === undefined ? [] : [{ name, margin }],
  );
  const [asked, other] = found;
  if (asked && other) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${asked.name} and ${other.name} are given, and a comparison has one margin; leave one of them out`,
    );
  }
  if (asked && !(Number.isFinite(asked.margin) && asked.margin >= 0)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${asked.name} is ${asked.margin}; give a number from 0, in the score's unit`,
    );
  }
  return asked;
}
