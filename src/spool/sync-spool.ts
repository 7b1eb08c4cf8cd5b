import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { folderStore } from "../store/folder-store.js";
import { incomingFolder } from "../store/folder-writing.js";
import { openStore } from "../store/open-store.js";
import { messageOf, TrackingError } from "../tracking-error.js";
import { spooledFiles } from "./claim.js";
import { type Delivery, deliver, type Remaining } from "./deliver.js";
import { deliverRuns, type RunDelivery } from "./deliver-runs.js";
import { readSpoolFile } from "./read-spool-file.js";
import { addressOf, countRunFiles, runSpool } from "./run-spool.js";
import { foldersToDeliver, spoolFolders, storeFolder } from "./spool-folders.js";

/** What became of what waited. */
export interface SyncReport extends Delivery {
  /** The ids of the runs that are in their store now with all that waited. */
  deliveredRuns: string[];
  /** Files of runs that still wait, each with the reason. */
  remainingRunFiles: RunDelivery["remaining"];
}

export interface SyncOptions {
  /** Deliver the records of this store alone; by default those of every store. */
  store?: string;
  /** Deliver them to this store after all, where `store` is gone for good. */
  to?: string;
  onProgress?: (done: number, total: number) => void;
  /** Ends the work, which then throws its reason; what is not delivered goes on waiting. */
  signal?: AbortSignal;
}

/**
 * Half a record, of a process that was killed before it told anybody that it is kept, is removed after so
 * long.
 */
const hour = 3_600_000;

/**
 * Delivers what waits in the spool because its store could not take it, each experiment exactly once.
 * @throws TrackingError INVALID_STORE; MISSING_ARGUMENT for `to` without `store`
 */
export async function syncSpool(options: SyncOptions = {}): Promise<SyncReport> {
  if (options.to !== undefined && options.store === undefined) {
    throw new TrackingError(
      "MISSING_ARGUMENT",
      "missing argument: store; name the store whose experiments are to go elsewhere",
    );
  }
  const folders = await foldersToDeliver(spoolFolders());
  const { addresses, remaining } =
    options.store === undefined
      ? await storesOf(folders)
      : { addresses: [openStore(options.store).address], remaining: [] };
  let total = 0;
  for (const address of addresses) total += await countSpooled(address);
  let done = 0;
  const delivered: Delivery["delivered"] = [];
  const runs: RunDelivery = { delivered: [], remaining: [] };
  for (const address of addresses) {
    const onDelivered = () => options.onProgress?.(++done, total);
    const delivery = await deliverAll(address, options, folders, onDelivered);
    options.signal?.throwIfAborted();
    for (const one of delivery.delivered) delivered.push(one);
    for (const one of delivery.remaining) remaining.push(one);
    const ofRuns = await deliverRunsOf(address, options, folders);
    options.signal?.throwIfAborted();
    runs.delivered.push(...ofRuns.delivered);
    runs.remaining.push(...ofRuns.remaining);
  }
  for (const folder of folders) await removeHalves(join(folder, incomingFolder));
  return { delivered, remaining, deliveredRuns: runs.delivered, remainingRunFiles: runs.remaining };
}

async function deliverRunsOf(
  waitingFor: string,
  { to = waitingFor, signal }: SyncOptions,
  folders: readonly string[],
): Promise<RunDelivery> {
  if ((await countRunFiles(folders, waitingFor)) === 0) return { delivered: [], remaining: [] };
  try {
    return await deliverRuns(openStore(to, signal), { folders, waitingFor, now: () => new Date() });
  } catch (error) {
    const file = runSpool(folders[0]!, waitingFor).address;
    return { delivered: [], remaining: [{ file, reason: messageOf(error) }] };
  }
}

/** One store that cannot even be opened does not keep the others from getting theirs. */
async function deliverAll(
  waitingFor: string,
  { to = waitingFor, signal }: SyncOptions,
  folders: readonly string[],
  onDelivered: () => void,
): Promise<Delivery> {
  try {
    return await deliver(openStore(to, signal), { folders, waitingFor, now: () => new Date(), onDelivered });
  } catch (error) {
    const remaining: Remaining[] = [];
    for (const folder of folders.map((spool) => join(spool, storeFolder(waitingFor)))) {
      for (const { predictionId, name } of await spooledFiles(folder)) {
        const place = { project: undefined, store: waitingFor, file: join(folder, name) };
        remaining.push({ predictionId, ...place, reason: messageOf(error), failed: true });
      }
    }
    return { delivered: [], remaining };
  }
}

/** How many files of runs wait for a store. */
export async function countSpooledRunFiles(address: string): Promise<number> {
  return countRunFiles(await foldersToDeliver(spoolFolders()), address);
}

/** How many experiments wait for a store. */
export async function countSpooled(address: string): Promise<number> {
  let count = 0;
  for (const folder of await foldersToDeliver(spoolFolders())) {
    count += (await spooledFiles(join(folder, storeFolder(address)))).length;
  }
  return count;
}

/** The stores that records wait for, and the records that do not tell. */
async function storesOf(
  folders: readonly string[],
): Promise<{ addresses: string[]; remaining: Remaining[] }> {
  const addresses = new Set<string>();
  const remaining: Remaining[] = [];
  for (const folder of folders) {
    for (const name of await namesIn(folder)) {
      if (name === incomingFolder) continue;
      const ofRuns = await addressOf(folder, name);
      if (ofRuns !== undefined) addresses.add(ofRuns);
      const broken: Remaining[] = [];
      let address: string | undefined;
      for (const { predictionId, name: file } of await spooledFiles(join(folder, name))) {
        const found = await readSpoolFile(folderStore(folder), `${name}/${file}`);
        if (!("broken" in found) && storeFolder(found.record.store) === name) {
          address = found.record.store;
          break;
        }
        const reason = "broken" in found ? found.broken : `it belongs to the store ${found.record.store}`;
        const place = { project: undefined, store: undefined, file: join(folder, name, file) };
        broken.push({ predictionId, ...place, reason, failed: true });
      }
      if (address !== undefined) addresses.add(address);
      else for (const one of broken) remaining.push(one);
    }
  }
  return { addresses: [...addresses], remaining };
}

async function removeHalves(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    const file = join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > hour) await rm(file, { force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}
