import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";

import { type ErrorCode, errorTable } from "../error-table.js";
import { MlflowError } from "../mlflow/mlflow-error.js";
import { TrackingError } from "../tracking-error.js";

/** After how many seconds a client is told to ask again. */
const secondsUntilRetry = "5";

/** The one error shape of the API, by default with the HTTP status of the error's row. */
export function failure(
  context: Context,
  code: ErrorCode,
  message: string,
  {
    details = null,
    status = errorTable[code].httpStatus,
  }: { details?: Record<string, unknown> | null; status?: ContentfulStatusCode } = {},
): Response {
  if (code === "BUSY") context.header("Retry-After", secondsUntilRetry);
  return context.json({ error: { code, message, details } }, status);
}

/**
 * An error as an answer: what the user can do something about by its code, anything else without its inner
 * workings.
 */
export function failureOf(context: Context, error: unknown): Response {
  if (error instanceof TrackingError) {
    const position = "position" in error ? (error.position as { offset: number; length: number }) : undefined;
    return failure(context, error.code, error.message, { details: position ? { ...position } : null });
  }
  if (error instanceof MlflowError) {
    const isAbsent = error.errorCode === "RESOURCE_DOES_NOT_EXIST";
    return failure(context, isAbsent ? "NOT_FOUND" : "INVALID_ARGUMENT", error.message);
  }
  if (error instanceof HTTPException && error.status === 400) {
    return failure(context, "INVALID_ARGUMENT", "the body is not JSON; send what /api/openapi.json says");
  }
  return failure(
    context,
    "INTERNAL_ERROR",
    "something went wrong in the server; its standard error says more, please report it",
  );
}
