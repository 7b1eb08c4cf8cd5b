import { TrackingError } from "../tracking-error.js";
import type { BucketDeed, BucketFailure, PlaceWords } from "./bucket-api.js";

const verbs: Record<BucketDeed, string> = {
  list: "list",
  read: "read",
  create: "write",
  append: "add a row to",
  remove: "remove",
};

/** A failure in the user's words: what could not be done, why, and the way out. */
export function explainFailure(
  failure: BucketFailure,
  { deed, path, address, words }: { deed: BucketDeed; path: string; address: string; words: PlaceWords },
): TrackingError {
  const code = deed === "list" || deed === "read" ? "STORE_NOT_READABLE" : "STORE_NOT_WRITABLE";
  const reason = reasonOf(failure, deed, words);
  return new TrackingError(code, `cannot ${verbs[deed]} ${path} in the store ${address}: ${reason}`, {
    cause: failure,
  });
}

function reasonOf({ kind, message }: BucketFailure, deed: BucketDeed, words: PlaceWords): string {
  switch (kind) {
    case "denied":
      return `permission denied (${message}); ask for ${words.permissions[deed]}`;
    case "no-credentials":
      return `there are no credentials (${message}); ${words.credentials}`;
    case "no-bucket":
      return `there is no such bucket (${message}); create it, or correct the store's address`;
    case "busy":
      return `the server takes no more requests at this time (${message}); try again later`;
    case "passing":
      return `it was tried again and again, but ${message}; see whether the network and the server are up`;
    case "other":
      return message;
    default:
      return kind satisfies never;
  }
}
