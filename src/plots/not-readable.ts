import { UnreadableFile } from "../predictions/read/unreadable-file.js";
import { messageOf, TrackingError } from "../tracking-error.js";

/**
 * Whatever failed while a predictions file was read, as the one error that says which file it was, why, and
 * what to do. Errors that say so already are passed on.
 */
export function notReadable(name: string, cause: unknown): TrackingError {
  if (cause instanceof TrackingError) return cause;
  if (cause instanceof UnreadableFile) {
    return new TrackingError(
      "PREDICTIONS_NOT_READABLE",
      `${name} cannot be read: ${cause.message}; ${cause.wayOut}`,
      { cause },
    );
  }
  const message = messageOf(cause).split("\n")[0]!;
  const wayOut = message.startsWith("Out of Memory")
    ? "free some memory, or raise DuckDB's memory_limit, and try again"
    : "where it is damaged, bring it back from a copy";
  return new TrackingError("PREDICTIONS_NOT_READABLE", `${name} cannot be read: ${message}; ${wayOut}`, {
    cause,
  });
}
