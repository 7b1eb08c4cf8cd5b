import { createHash } from "node:crypto";

import type { CallOptions, Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";

/** So much of a file is in memory at a time. */
const blockSize = 4 << 20;

/** A file that is copied or compared, and what is known of its size before. */
export interface FileToCopy extends CallOptions {
  from: Store;
  to: Store;
  path: string;
  /** Where it lies, or is to lie, in the other store; by default under the same path. */
  pathThere?: string | undefined;
  /** In the store that it comes from, and in the other one; undefined where it is not there. */
  size: number;
  sizeThere: number | undefined;
  /** Take a file of the same size for the same. */
  quick: boolean;
}

/**
 * Copies a file that is not there yet, and compares one that is; by SHA-256 of what either store gives back,
 * block by block. Nothing is ever overwritten.
 * @returns "different" where the other store has another file of that name; "damaged" where it gives back
 * other bytes than it was just given
 */
export async function copyFile(file: FileToCopy): Promise<"copied" | "already" | "different" | "damaged"> {
  const { from, to, path, pathThere = path, size, sizeThere, quick, signal } = file;
  if (sizeThere !== undefined) {
    if (sizeThere !== size) return "different";
    return quick || (await haveSameContent(file)) ? "already" : "different";
  }
  const digest = createHash("sha256");
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const block of blocks(from, path, size, { signal })) {
      digest.update(block);
      yield block;
    }
  }
  if ((await to.create(pathThere, chunks(), { signal })) === "exists") {
    return (await haveSameContent(file)) ? "already" : "different";
  }
  return digest.digest("hex") === (await contentDigest(to, pathThere, size, { signal }))
    ? "copied"
    : "damaged";
}

async function haveSameContent(file: FileToCopy): Promise<boolean> {
  const { from, to, path, pathThere = path, size, signal } = file;
  const [here, there] = await Promise.all([
    contentDigest(from, path, size, { signal }),
    contentDigest(to, pathThere, size, { signal }),
  ]);
  return here === there;
}

async function contentDigest(
  store: Store,
  path: string,
  size: number,
  options: CallOptions,
): Promise<string> {
  const digest = createHash("sha256");
  for await (const block of blocks(store, path, size, options)) digest.update(block);
  return digest.digest("hex");
}

async function* blocks(
  store: Store,
  path: string,
  size: number,
  options: CallOptions,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += blockSize) {
    const block = await store.readRange(path, at, Math.min(at + blockSize, size), options);
    if (block.length < Math.min(blockSize, size - at)) {
      throw new TrackingError(
        "STORE_NOT_READABLE",
        `${path} in the store ${store.address} became shorter while it was read; run it again when nobody changes the file`,
      );
    }
    yield block;
  }
}
