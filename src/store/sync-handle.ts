import { fsync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { promisify } from "node:util";

const sync = promisify(fsync);

/** Makes an open file durable. Yarn's Plug'n'Play replaces Node's file handles by ones that cannot `sync`. */
export async function syncHandle(handle: FileHandle): Promise<void> {
  await sync(handle.fd);
}
