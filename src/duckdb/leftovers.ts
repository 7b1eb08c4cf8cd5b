import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { isRunning, markText, ownMark, parseMark } from "../store/process-mark.js";

/** A new name for something that is needed as long as this process runs. */
export async function nameOfThisProcess(): Promise<string> {
  return `${markText(await ownMark())}-${randomBytes(8).toString("hex")}`;
}

/** Removes from a folder of the cache what processes that were killed have left there: it has their names. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const mark = parseMark(/^(?:plots-)?([0-9a-f]{8}-\d+-\d+)-/.exec(name)?.[1] ?? "");
    if (!mark || (await isRunning(mark)) !== false) continue;
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {}); // another process was first
  }
}
