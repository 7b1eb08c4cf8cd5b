import { nearest } from "../experiment/nearest.js";
import { scoreRegistry } from "../scores/registry.js";
import { TrackingError } from "../tracking-error.js";

/**
 * The error for a score that there is not, with the one that was meant most likely, or all that there are.
 * @example unknownScore("f1makro").message // 'unknown score: "f1makro"; did you mean f1_macro?'
 */
export function unknownScore(name: unknown, added: readonly string[] = []): TrackingError {
  const own = typeof name === "string" ? name.replace(/^added\./, "") : "";
  if (typeof name === "string" && (own !== name || added.includes(own))) {
    return new TrackingError(
      "INVALID_ARGUMENT",
      `score is ${JSON.stringify(name)}, which a project has added: verdicts, rankings and primary scores are of the scores of every project, and a comparison has those that were added besides`,
    );
  }
  const names = scoreRegistry.map((score) => score.name);
  const guess = typeof name === "string" ? nearest(name, names) : undefined;
  const wayOut = guess === undefined ? `the scores are ${names.join(", ")}` : `did you mean ${guess}?`;
  return new TrackingError("INVALID_ARGUMENT", `unknown score: ${JSON.stringify(name)}; ${wayOut}`);
}
