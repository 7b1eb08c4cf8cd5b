import { chmod } from "node:fs/promises";
import { join } from "node:path";

import { folderStore } from "../store/folder-store.js";
import { messageOf, TrackingError } from "../tracking-error.js";
import { waitingName } from "./claim.js";
import { makeOwnFolder } from "./own-folder.js";
import { type SpoolFolders, storeFolder } from "./spool-folders.js";
import { type SpooledRecord, spoolFile } from "./spooled-record.js";

/** Where a record is kept, and whether that is among the temporary files. */
export interface Kept {
  file: string;
  temporary: boolean;
}

/**
 * Keeps a record that its store could not take: durable when this returns.
 * @param failure what the store said
 * @param predictions makes the bytes of the Parquet file, once a try
 * @throws the failure again, saying so, where no folder can take the record either
 */
export async function keepInSpool(
  record: SpooledRecord,
  failure: unknown,
  predictions: () => Iterable<Uint8Array>,
  { usual, temporary }: SpoolFolders,
): Promise<Kept> {
  const path = `${storeFolder(record.store)}/${waitingName(record.predictionId)}`;
  const reason = messageOf(failure);
  const keep = async (folder: string) => {
    const spool = folderStore(folder, { isPrivate: true });
    await spool.create(path, spoolFile(record, reason, predictions()));
    await chmod(join(folder, storeFolder(record.store)), 0o700).catch(() => {}); // older versions let others in
    return (await spool.localPath?.(path)) ?? path;
  };
  try {
    return { file: await keep(usual), temporary: false };
  } catch (error) {
    try {
      await makeOwnFolder(temporary);
      return { file: await keep(temporary), temporary: true };
    } catch (last) {
      throw new TrackingError(
        failure instanceof TrackingError ? failure.code : "STORE_NOT_WRITABLE",
        `${reason}. The experiment is NOT kept anywhere: the spool cannot take it either (${messageOf(error)}; ${messageOf(last)}); make room for it and log it again, or name a folder in ML_TRACKING_SPOOL`,
        { cause: failure },
      );
    }
  }
}

/** What the caller is told, loudly. */
export function notStored(predictionId: string, failure: unknown, { file, temporary }: Kept): string {
  const hurry = temporary ? ", which is among the temporary files, so that a restart may remove it" : "";
  return `NOT STORED: experiment ${predictionId} waits in the local spool, in ${file}${hurry}, because the store failed: ${messageOf(failure)}. "ml-tracking sync", or the next experiment that the store takes, delivers it`;
}
