import { createHash } from "node:crypto";

import { TrackingError } from "../../tracking-error.js";
import type { SortOrder, SortPlace } from "./sort-order.js";

/**
 * A cursor says where a page ended: the place of its last experiment in the order, so that the next page
 * starts right after it, whatever was logged meanwhile. It belongs to one query and is refused by any other.
 */
export function writeCursor(query: string, place: SortPlace): string {
  // JSON has no infinities.
  const values = place.map((value) => (typeof value === "number" ? [String(value)] : value));
  return Buffer.from(JSON.stringify([fingerprint(query), ...values])).toString("base64url");
}

/** @throws TrackingError INVALID_ARGUMENT */
export function readCursor(cursor: string, query: string, order: SortOrder): SortPlace {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch (cause) {
    throw refuse("is damaged", cause);
  }
  if (!Array.isArray(read) || read.length !== order.parts.length + 1)
    throw refuse("is of another query, or damaged");
  const [found, ...values] = read as unknown[];
  if (found !== fingerprint(query)) throw refuse("is of another query");
  return values.map((value, i) => {
    const form = order.parts[i]?.form;
    if (value === null) return null;
    if (form === "number" && Array.isArray(value) && !Number.isNaN(Number(value[0]))) return Number(value[0]);
    if (form === "text" && typeof value === "string") return value;
    if (form === "boolean" && typeof value === "boolean") return value;
    throw refuse("is damaged");
  });
}

function fingerprint(query: string): string {
  return createHash("sha256").update(query).digest("base64url").slice(0, 16);
}

function refuse(reason: string, cause?: unknown): TrackingError {
  return new TrackingError(
    "INVALID_ARGUMENT",
    `cursor ${reason}; pass the "next" of the page before, with the same filter and sort`,
    { cause },
  );
}
