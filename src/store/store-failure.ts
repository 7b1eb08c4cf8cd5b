import { type ErrorCode, TrackingError } from "../tracking-error.js";

/** What fails because of the store, not because of what it was given: the same record may well be taken later. */
const failures = new Set<ErrorCode>(["STORE_NOT_READABLE", "STORE_NOT_WRITABLE"]);

/** Whether it was the store that failed. An error that nobody foresaw is taken as one too, so that no record is lost to it. */
export function isStoreFailure(error: unknown): boolean {
  return !(error instanceof TrackingError) || failures.has(error.code);
}
