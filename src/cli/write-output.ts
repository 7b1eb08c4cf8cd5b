import { writeFile } from "node:fs/promises";

import { inHome } from "../store/folder-path.js";
import { TrackingError } from "../tracking-error.js";

/** Writes a file that a flag names. @throws TrackingError INVALID_ARGUMENT */
export async function writeOutput(file: string, text: string, flag: string): Promise<void> {
  try {
    await writeFile(inHome(file), text);
  } catch (cause) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${flag} is ${JSON.stringify(file)}, which cannot be written: ${(cause as Error).message}`,
      { cause },
    );
  }
}
