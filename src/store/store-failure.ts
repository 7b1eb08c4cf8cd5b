import { TrackingError } from "../tracking-error.js";

/**
 * Whether an error is about the store, not about what it was given: the same record may well be taken later. An error that
 * nobody foresaw counts as one too, so that no record is lost to it.
 */
export function isStoreFailure(error: unknown): boolean {
  return !(error instanceof TrackingError) || error.code.startsWith("STORE_");
}
