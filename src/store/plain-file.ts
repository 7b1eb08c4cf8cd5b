import { constants, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

import { inTime } from "./in-time.js";

/**
 * Something else than a file of bytes is in its place: reading it could wait for ever, or make a device do
 * things.
 */
export class NotPlainFile extends Error {}

type Found = Pick<Stats, "isFile" | "isDirectory" | "isFIFO" | "isSocket">;

/** @throws NotPlainFile */
export function checkPlain(found: Found): void {
  if (found.isFile()) return;
  const kind = found.isDirectory()
    ? "a folder"
    : found.isFIFO()
      ? "a named pipe"
      : found.isSocket()
        ? "a socket"
        : "a device";
  throw new NotPlainFile(`there is ${kind} in the place of the file; move it away`);
}

/**
 * What opening a named pipe would wait for is not waited for; Windows has neither flag nor pipes in folders.
 */
const withoutWaiting = (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * Opens a file that is there, if it is a plain one.
 * @throws NotPlainFile
 */
export async function openPlain(path: string, flags: number): Promise<FileHandle> {
  const opening = open(path, flags | withoutWaiting);
  const file = await inTime(opening);
  try {
    checkPlain(await inTime(file.stat()));
    return file;
  } catch (error) {
    void file.close().catch(() => {}); // a disk that does not answer does not close it either
    throw error;
  }
}
