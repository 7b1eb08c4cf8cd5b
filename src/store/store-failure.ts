import { type ErrorCode, TrackingError } from "../tracking-error.js";

/** What a store refuses because of what it was given: trying later would not help. */
const callersMistakes = new Set<ErrorCode>(["INVALID_ARGUMENT", "INVALID_PROJECT_NAME", "INVALID_STORE"]);

/**
 * Whether an error of a write is about the store, not about what it was given: the same record may well be
 * taken later. An error that nobody foresaw counts as one too, so that no record is lost to it.
 */
export function isStoreFailure(error: unknown): boolean {
  return !(error instanceof TrackingError && callersMistakes.has(error.code));
}
