import { open } from "node:fs/promises";
import { dirname } from "node:path";
import type { Store } from "./store.js";
import { syncHandle } from "./sync-handle.js";

/** What a process wrote that was killed afterwards may not be on the disk yet. */
export async function makeDurable(store: Store, path: string): Promise<void> {
  const file = await store.localPath?.(path);
  if (file === undefined) return; // a bucket is durable by itself
  for (const place of process.platform === "win32" ? [file] : [file, dirname(file)]) {
    const handle = await open(place, place === file ? "r+" : "r");
    try {
      await syncHandle(handle);
    } finally {
      await handle.close();
    }
  }
}
