import { ApiError } from "../api/fetch-json.js";

/** Whether the server could not understand the filter: that is said beside what was typed. */
export function isFilterError(error: Error | null): error is ApiError {
  return error instanceof ApiError && error.code === "INVALID_FILTER";
}
