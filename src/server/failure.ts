import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

import { type ErrorCode, TrackingError } from "../tracking-error.js";

/** The one error shape of the API. */
export function failure(
  context: Context,
  status: ContentfulStatusCode,
  code: ErrorCode,
  message: string,
  details: Record<string, unknown> | null = null,
): Response {
  return context.json({ error: { code, message, details } }, status);
}

const statusOf: Partial<Record<ErrorCode, ContentfulStatusCode>> = {
  UNKNOWN_PROJECT: 404,
  UNKNOWN_EXPERIMENT: 404,
  NOT_FOUND: 404,
  PREDICTIONS_NOT_READABLE: 422,
  BUSY: 503,
  STORE_NOT_READABLE: 503,
  CATALOG_NOT_USABLE: 503,
};

/** An error as an answer: what the user can do something about by its code, anything else without its inner workings. */
export function failureOf(context: Context, error: unknown): Response {
  if (error instanceof TrackingError) {
    const position = "position" in error ? (error.position as { offset: number; length: number }) : undefined;
    return failure(
      context,
      statusOf[error.code] ?? 400,
      error.code,
      error.message,
      position ? { ...position } : null,
    );
  }
  return failure(
    context,
    500,
    "INTERNAL_ERROR",
    "something went wrong in the server; its standard error says more, please report it",
  );
}
