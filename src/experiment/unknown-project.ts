import { TrackingError } from "../tracking-error.js";
import { nearest } from "./nearest.js";

/** Beyond so many projects a guess would take longer than it is worth. */
const mostCompared = 2_000;

/**
 * The error for a project that a store does not have, with the one that was meant most likely, or some that
 * there are.
 */
export function unknownProject(
  name: string,
  known: readonly string[],
  address: string,
  whenNone: string,
): TrackingError {
  const guess = nearest(name, known.slice(0, mostCompared));
  const wayOut =
    known.length === 0
      ? whenNone
      : guess
        ? `did you mean ${guess}?`
        : `the projects are ${known.slice(0, 10).join(", ")}${known.length > 10 ? ", ..." : ""}`;
  return new TrackingError(
    "UNKNOWN_PROJECT",
    `unknown project: ${name} is not in the store ${address}; ${wayOut}`,
  );
}
