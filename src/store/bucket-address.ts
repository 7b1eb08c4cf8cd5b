import { TrackingError } from "../tracking-error.js";

export interface BucketAddress {
  /** Without a slash at its end. */
  address: string;
  bucket: string;
  /** What every object name begins with: empty, or with a slash at its end. */
  prefix: string;
}

/**
 * Reads `gs://bucket/prefix` or `s3://bucket/prefix`; the prefix may be missing.
 * @throws TrackingError INVALID_STORE
 */
export function parseBucketAddress(text: string): BucketAddress {
  const [, scheme, bucket, rest] = /^([a-z0-9]+):\/\/([^/]*)(.*)$/is.exec(text) ?? [];
  if (scheme === undefined || !/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(bucket ?? "")) {
    throw new TrackingError(
      "INVALID_STORE",
      `store is ${JSON.stringify(text)}, in which no bucket is named; give ${scheme ?? "gs"}://BUCKET/PREFIX, the bucket's name in lower-case letters, digits, dots and dashes`,
    );
  }
  const prefix = (rest ?? "").replace(/^\/|\/+$/g, "");
  const parts = prefix === "" ? [] : prefix.split("/");
  const hasControl = [...prefix].some((character) => character < " " || character === "\u007f");
  if (hasControl || parts.some((part) => part === "" || part === "." || part === "..")) {
    throw new TrackingError(
      "INVALID_STORE",
      `store is ${JSON.stringify(text)}; the prefix after the bucket's name has names separated by single slashes, without "." and ".."`,
    );
  }
  const place = `${scheme.toLowerCase()}://${bucket}`;
  return prefix === ""
    ? { address: place, bucket: bucket as string, prefix: "" }
    : { address: `${place}/${prefix}`, bucket: bucket as string, prefix: `${prefix}/` };
}
