import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";

import { isAboutOneFile } from "../../store/folder-failure.js";
import { openPlain } from "../../store/plain-file.js";
import { messageOf, TrackingError } from "../../tracking-error.js";

/**
 * Does what reads the predictions of one experiment. What is wrong with that file alone must not look like a
 * store that cannot be read: whoever reads many of them goes on with the next.
 * @throws TrackingError PREDICTIONS_NOT_READABLE
 */
export async function ofOneExperiment<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof TrackingError && isAboutOneFile(error))) throw error;
    throw new TrackingError("PREDICTIONS_NOT_READABLE", error.message, { cause: error });
  }
}

/**
 * Opens predictions by their path on this computer.
 * @param name what messages call them
 * @throws TrackingError PREDICTIONS_NOT_READABLE
 */
export async function openLocalPredictions(path: string, name: string): Promise<FileHandle> {
  try {
    return await openPlain(path, constants.O_RDONLY);
  } catch (cause) {
    throw new TrackingError("PREDICTIONS_NOT_READABLE", `${name} cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}
