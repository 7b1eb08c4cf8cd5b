import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inFolder, publish, removeFile, syncFolder } from "./durable-names.js";
import { describeFile, readWhole, writeWhole } from "./file-bytes.js";
import { hasCode, isMissing, notWritable } from "./folder-failure.js";
import type { FolderRoot } from "./folder-root.js";
import { openPlain } from "./plain-file.js";
import { shareFile } from "./shared-access.js";
import { standsWhole } from "./stands-whole.js";
import type { Store } from "./store.js";
import { syncHandle } from "./sync-handle.js";

const lineBreak = 0x0a;

/**
 * Files under way: never in `tracking/`, which holds nothing but logs, and on the same disk, so that a link
 * moves them.
 */
export const incomingFolder = ".incoming";

/** How a store in a folder is written. */
export function folderWriting(
  folder: FolderRoot,
  sizeCap: number,
): Pick<Store, "create" | "append" | "removeIfUnchanged"> {
  const { root, makeStoreFolder, locate, checkInside, locateExisting } = folder;

  return {
    async create(path, chunks, { signal, replacing = false } = {}) {
      const target = locate(path);
      signal?.throwIfAborted();
      try {
        await inFolder(dirname(target), makeStoreFolder, () => checkInside(dirname(target)));
        const incoming = await writeIncoming(folder, chunks, signal);
        try {
          await (replacing ? rename(incoming, target) : publish(incoming, target));
        } catch (error) {
          if (hasCode(error, "EEXIST")) return "exists";
          throw error;
        } finally {
          await removeFile(incoming);
        }
        await syncFolder(dirname(target));
        return "created";
      } catch (error) {
        signal?.throwIfAborted();
        throw notWritable(root, path, error);
      }
    },

    async append(path, lines, { header, signal } = {}) {
      signal?.throwIfAborted();
      let file: FileHandle;
      try {
        file = await openPlain(await locateExisting(path), constants.O_RDWR | constants.O_APPEND);
      } catch (error) {
        if (isMissing(error)) return "missing";
        throw notWritable(root, path, error);
      }
      try {
        const before = await file.stat({ bigint: true });
        const size = Number(before.size);
        if (size >= sizeCap) return "unfit";
        const [start, tail] = await Promise.all([
          readWhole(file, 0, Math.min(header?.length ?? 0, size)),
          readWhole(file, Math.max(0, size - 1), size),
        ]);
        if (header && !Buffer.from(start).equals(header)) return "unfit";
        if (tail[0] !== lineBreak) return "torn";
        // One write call: the kernel keeps it in one piece among other appenders, but for a kill or a full
        // disk. Where it is cut short all the same, writing the rest brings out why: ENOSPC, EFBIG.
        await writeWhole(file, lines);
        if (!(await standsWhole(file, size, lines))) return "torn";
        await syncHandle(file);
        return (await isStillAt(locate(path), before)) ? "appended" : "missing";
      } catch (error) {
        throw notWritable(root, path, error);
      } finally {
        await file.close();
      }
    },

    async removeIfUnchanged(path, version, { meanwhile, signal } = {}) {
      signal?.throwIfAborted();
      const file = locate(path);
      const taken = meanwhile
        ? locate(meanwhile)
        : join(root, incomingFolder, `${randomBytes(12).toString("hex")}.taken`);
      try {
        if (describeFile(await stat(file, { bigint: true })).version !== version) return "changed";
        if (!meanwhile) await makeStoreFolder(dirname(taken));
        // Taking the file away first makes every append that is not finished by now fail its check, and be
        // written again elsewhere; whatever was finished shows in the version.
        await rename(file, taken);
        const found = describeFile(await stat(taken, { bigint: true }));
        if (found.version !== version) return await putBack(taken, file);
        await rm(taken);
        await syncFolder(dirname(file));
        return "removed";
      } catch (error) {
        if (isMissing(error)) return "missing";
        throw notWritable(root, path, error);
      }
    },
  };
}

async function writeIncoming(
  { root, isPrivate, makeStoreFolder, storeAccess }: FolderRoot,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<string> {
  const incoming = join(root, incomingFolder, randomBytes(12).toString("hex"));
  const file = await inFolder(dirname(incoming), makeStoreFolder, () =>
    open(incoming, "wx", isPrivate ? 0o600 : 0o666),
  );
  try {
    const shared = await storeAccess();
    if (shared) await shareFile(file, shared);
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      await writeWhole(file, chunk);
    }
    await syncHandle(file);
  } catch (error) {
    await file.close();
    await removeFile(incoming);
    throw error;
  }
  await file.close();
  return incoming;
}

/**
 * @returns "missing" where another file has got the name meanwhile: that one stays, and this one where it is
 */
async function putBack(taken: string, file: string): Promise<"changed" | "missing"> {
  try {
    await publish(taken, file);
  } catch (error) {
    if (hasCode(error, "EEXIST")) return "missing";
    throw error;
  }
  await removeFile(taken);
  return "changed";
}

async function isStillAt(path: string, opened: { ino: bigint; dev: bigint }): Promise<boolean> {
  try {
    const found = await stat(path, { bigint: true });
    return found.ino === opened.ino && found.dev === opened.dev;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
