import { join } from "node:path";

import type { Store } from "../store/store.js";
import { messageOf } from "../tracking-error.js";
import { spooledFiles } from "./claim.js";
import { countRunFiles } from "./run-spool.js";
import { foldersToDeliver, type SpoolFolders, storeFolder } from "./spool-folders.js";

/**
 * A call that logs one experiment delivers so many of those that wait, and begins nothing new after so many
 * milliseconds.
 */
const mostRecords = 100;
const longestWork = 10_000;

/**
 * Delivers what waits for a store that has just taken an experiment. Costs a look into a folder when nothing
 * waits.
 * @returns sentences for the user: what was delivered, and what could not be; it never throws
 */
export async function deliverWaiting(store: Store, spool: SpoolFolders, now: () => Date): Promise<string[]> {
  try {
    const folders = await foldersToDeliver(spool);
    if ((await countRunFiles(folders, store.address)) > 0) {
      const { deliverRuns } = await import("./deliver-runs.js");
      await deliverRuns(store, { folders, now });
    }
    if (!(await doWait(store, folders))) return [];
    const { deliver } = await import("./deliver.js");
    const { delivered, remaining } = await deliver(store, {
      folders,
      now,
      atMost: mostRecords,
      until: new Date(now().getTime() + longestWork),
    });
    const sentences: string[] = [];
    if (delivered.length > 0) {
      sentences.push(
        `${counted(delivered.length)} that had waited in the local spool ${delivered.length === 1 ? "was" : "were"} delivered to the store`,
      );
    }
    const failed = remaining.filter((one) => one.failed);
    const [first] = failed;
    if (first) {
      sentences.push(
        `${counted(failed.length)} for this store could not be delivered from the local spool, the first, ${first.file}, because ${first.reason}; "ml-tracking sync" tries again`,
      );
    }
    return sentences;
  } catch (error) {
    // The experiment of this call is stored; what waits goes on waiting.
    return [`the local spool could not be delivered: ${messageOf(error)}; "ml-tracking sync" tries again`];
  }
}

async function doWait({ address }: Store, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    if ((await spooledFiles(join(folder, storeFolder(address)))).length > 0) return true;
  }
  return false;
}

function counted(count: number): string {
  return count === 1 ? "1 experiment" : `${count} experiments`;
}
