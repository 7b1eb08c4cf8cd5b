import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";

import { inTime } from "./in-time.js";
import { openPlain } from "./plain-file.js";
import type { StoreFile } from "./store.js";

/** Opens a file for reading while it is used. */
export async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await openPlain(path, constants.O_RDONLY);
  let result: T;
  try {
    result = await use(file);
  } catch (error) {
    void file.close().catch(() => {}); // a disk that does not answer does not close it either
    throw error;
  }
  await file.close();
  return result;
}

/** What the store tells of a file; any change of it changes the version. */
export function describeFile(found: { ino: bigint; size: bigint; mtimeNs: bigint }): StoreFile {
  return {
    size: Number(found.size),
    version: `${found.ino}-${found.size}-${found.mtimeNs}`,
    modified: new Date(Number(found.mtimeNs / 1_000_000n)),
  };
}

/** So many bytes are asked of the disk by one call. */
const readAtOnce = 8 * 2 ** 20;

export async function readWhole(file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(Math.max(0, end - start));
  let filled = 0;
  while (filled < bytes.length) {
    const part = Math.min(readAtOnce, bytes.length - filled);
    const { bytesRead } = await inTime(file.read(bytes, filled, part, start + filled));
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

export async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written);
    written += bytesWritten;
  }
}
