import { constants, fdatasync, fstatSync, statSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import { readWhole } from "./file-bytes.js";
import { isMissing, notWritable } from "./folder-failure.js";
import type { FolderRoot } from "./folder-root.js";
import { openPlain } from "./plain-file.js";
import { standsWhole } from "./stands-whole.js";
import type { Appender } from "./store.js";

const lineBreak = 0x0a;
const sync = promisify(fdatasync);

/**
 * Keeps a file of a local disk open to append to it: a call is a write into the system's memory, then one wait for
 * the disk. The checks are those of the store's own `append`.
 * @returns undefined where there is no such file, or it takes no more lines
 */
export async function openFolderAppender(
  { root, locate, locateExisting }: Pick<FolderRoot, "root" | "locate" | "locateExisting">,
  path: string,
  sizeCap: number,
): Promise<Appender | undefined> {
  let file: Awaited<ReturnType<typeof openPlain>>;
  try {
    file = await openPlain(await locateExisting(path), constants.O_RDWR | constants.O_APPEND);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw notWritable(root, path, error);
  }
  const { fd } = file;
  const opened = fstatSync(fd, { bigint: true });
  let end = Number(opened.size);
  const tail = await readWhole(file, Math.max(0, end - 1), end);
  if (tail[0] !== lineBreak || end >= sizeCap) {
    await file.close();
    return undefined;
  }
  const isStillThere = () => {
    const found = statSync(locate(path), { bigint: true, throwIfNoEntry: false });
    return found?.ino === opened.ino && found.dev === opened.dev;
  };
  return {
    async append(lines) {
      if (end >= sizeCap) return "unfit";
      try {
        for (let written = 0; written < lines.length; ) {
          written += writeSync(fd, lines, written, lines.length - written);
        }
        const { size } = fstatSync(fd);
        const isAlone = size === end + lines.length; // nobody else wrote since the last line that was seen whole
        if (!isAlone && !(await standsWhole(file, end, lines))) return "torn";
        end = size;
        await sync(fd);
        return isStillThere() ? "appended" : "missing";
      } catch (error) {
        throw notWritable(root, path, error);
      }
    },
    close: () => file.close(),
  };
}
