import { join } from "node:path";
import { folderStore } from "../store/folder-store.js";
import type { Store } from "../store/store.js";
import { storeFolder } from "./spool-folders.js";

/** Beside the records of experiments that wait for a store. */
const runFiles = "runs";
/** In it, the address of the store that they wait for. */
const addressFile = "store.txt";

/** The files of runs that wait for a store: a store of its own in the spool, with the same paths. */
export function runSpool(spoolFolder: string, address: string): Store {
  return folderStore(join(spoolFolder, storeFolder(address), runFiles), { isPrivate: true });
}

/** Says which store the files wait for, before the first of them. */
export async function nameAddress(spool: Store, address: string): Promise<void> {
  await spool.create(addressFile, [Buffer.from(address)]);
}

/** The store that files of runs in a folder of the spool wait for; undefined where there are none. */
export async function addressOf(spoolFolder: string, name: string): Promise<string | undefined> {
  const file = await folderStore(join(spoolFolder, name, runFiles)).read(addressFile);
  const address = file && Buffer.from(file.bytes).toString("utf8");
  return address !== undefined && storeFolder(address) === name ? address : undefined;
}

/** Every file that waits, the rows of runs first. */
export async function waitingFiles(spool: Store): Promise<string[]> {
  if (!(await spool.stat(addressFile))) return [];
  const paths: string[] = [];
  for (const folder of ["runs", "history", "artifacts"]) {
    const inFolder: string[] = [];
    for await (const { path } of spool.listFiles(folder)) inFolder.push(path);
    paths.push(...inFolder.sort());
  }
  return paths;
}

/** How many files of runs wait for a store. */
export async function countRunFiles(folders: readonly string[], address: string): Promise<number> {
  let count = 0;
  for (const folder of folders) count += (await waitingFiles(runSpool(folder, address))).length;
  return count;
}
