import type { StoreFile } from "./store.js";

/**
 * What a cloud's storage offers to a bucket's store: each call is one request, made once. Names are whole
 * object names.
 * @throws BucketFailure when the answer is none of those that a call returns
 */
export interface BucketApi {
  /** Undefined when there is no such object. Checked against the digest or length that came with it. */
  get(
    name: string,
    range: { start: number; end: number } | undefined,
    signal: AbortSignal,
  ): Promise<{ bytes: Uint8Array; version: string } | undefined>;

  head(name: string, signal: AbortSignal): Promise<StoreFile | undefined>;

  /** Up to 1,000 objects; with `delimited` those of one folder only, and the folders in it. */
  list(
    from: { prefix: string; delimited: boolean; token: string | undefined },
    signal: AbortSignal,
  ): Promise<ListPage>;

  /** Writes an object whole on a condition, where there is one: "refused" when that does not hold. */
  put(
    name: string,
    bytes: Uint8Array,
    condition: PutCondition | undefined,
    signal: AbortSignal,
  ): Promise<{ version: string } | "refused" | "missing">;

  /**
   * Writes a new object of many parts, each but the last of `partSize` bytes; nothing of it is visible before
   * the end.
   * @param attempt makes a request again where that may help
   * @param options.replacing whether it may take the place of another object
   */
  putParts(
    name: string,
    parts: AsyncIterable<Uint8Array>,
    attempt: Attempt,
    options: { replacing: boolean },
  ): Promise<{ version: string } | "refused">;

  /** On condition of the version, where the place knows such a condition. */
  remove(name: string, version: string, signal: AbortSignal): Promise<"removed" | "refused" | "missing">;

  /** A version that no object has. */
  readonly noVersion: string;
}

/** Makes a request, again and again as long as its failures may pass. */
export type Attempt = <T>(request: (signal: AbortSignal) => Promise<T>, bodySize?: number) => Promise<T>;

export type PutCondition = { absent: true } | { version: string };

export interface ListPage {
  objects: (StoreFile & { name: string })[];
  /** With the slash at their end. */
  folders: string[];
  token: string | undefined;
}

/** What a place calls the things that its user has to mend, for messages. */
export interface PlaceWords {
  credentials: string;
  permissions: Record<BucketDeed, string>;
}

export type BucketDeed = "list" | "read" | "create" | "append" | "remove";

/**
 * Why a request failed:
 * - "passing": no answer, an answer that was cut, or a server that says it failed; it may have been carried
 *   out
 * - "busy": the place takes no more of this now; it was not carried out
 * - "denied", "no-credentials", "no-bucket": what the user has to mend
 */
export type FailureKind = "passing" | "busy" | "denied" | "no-credentials" | "no-bucket" | "other";

export class BucketFailure extends Error {
  override readonly name = "BucketFailure";
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

/** The size of a part of a large object; GCS wants multiples of 256 KiB, S3 at least 5 MiB. */
export const partSize = 8 * 2 ** 20;
