import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import {
  type FileHandle,
  link,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  unlink,
} from "node:fs/promises";
import { dirname, join, sep } from "node:path";

import { TrackingError } from "../tracking-error.js";
import { hasCode, isMissing, notReadable, notWritable } from "./folder-failure.js";
import { inTime } from "./in-time.js";
import { makeFolders } from "./make-folders.js";
import { isNetworkDisk } from "./network-disk.js";
import { checkPlain, openPlain } from "./plain-file.js";
import { type Access, accessOf, ownersOnly, shareFile, shareFolders } from "./shared-access.js";
import type { CallOptions, ListedFile, Store, StoreEntry, StoreFile } from "./store.js";
import { checkStorePath } from "./store-path.js";

const lineBreak = 0x0a;
const sizeCap = 32 * 2 ** 20;

/** Files under way: never in `tracking/`, which holds nothing but logs, and on the same disk, so that a link moves them. */
export const incomingFolder = ".incoming";

export interface FolderStoreOptions {
  /** Whether nobody but its owner may read what is written here; by default the store's folder says who may. */
  isPrivate?: boolean;
}

/** A store in a folder of a local or shared disk. Its writers need no lock and no server. */
export function folderStore(root: string, { isPrivate = false }: FolderStoreOptions = {}): Store {
  let sharing: Promise<boolean> | undefined;
  let access: Promise<Access | undefined> | undefined;
  const storeAccess = () => {
    access ??= isPrivate ? Promise.resolve(ownersOnly) : accessOf(root);
    access.catch(() => (access = undefined)); // asked again the next time
    return access;
  };

  /** Makes a folder of the store and those above it, as the store's own folder has it. */
  const makeStoreFolder = async (folder: string) => {
    const first = await makeFolder(folder, isPrivate ? ownersOnly.mode : undefined);
    if (first === undefined || folder === root) return;
    const inside = first.startsWith(root + sep)
      ? first
      : join(root, folder.slice(root.length + 1).split(sep)[0]!);
    const shared = await storeAccess();
    if (shared) await shareFolders(inside, folder, shared);
  };

  const locate = (path: string) => join(root, ...checkStorePath(path).split("/"));

  /** Refuses a path that leaves the store through a symbolic link; the store's own folder may be one. */
  const checkInside = async (file: string) => {
    const [realFile, realRoot] = await inTime(Promise.all([realpath(file), realpath(root)]));
    if (realFile !== realRoot && !realFile.startsWith(realRoot + sep)) {
      throw new TrackingError(
        "STORE_NOT_READABLE",
        `${JSON.stringify(file)} is a symbolic link that leads out of the store ${root}; put the file itself there`,
      );
    }
    return file;
  };

  const locateExisting = (path: string) => checkInside(locate(path));

  const writeIncoming = async (
    chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): Promise<string> => {
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
      await file.sync();
    } catch (error) {
      await file.close();
      await removeFile(incoming);
      throw error;
    }
    await file.close();
    return incoming;
  };

  const list = async (folder: string, { signal }: CallOptions = {}): Promise<StoreEntry[]> => {
    signal?.throwIfAborted();
    try {
      const entries = await inTime(readdir(await locateExisting(folder), { withFileTypes: true }));
      return entries.map((entry): StoreEntry => {
        const kind = entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other";
        return { name: entry.name, kind };
      });
    } catch (error) {
      if (isMissing(error)) return [];
      throw notReadable(root, folder, error);
    }
  };

  const statFile = async (path: string, { signal }: CallOptions = {}): Promise<StoreFile | undefined> => {
    signal?.throwIfAborted();
    try {
      const found = await inTime(stat(await locateExisting(path), { bigint: true }));
      checkPlain(found);
      return describe(found);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw notReadable(root, path, error);
    }
  };

  async function* listFiles(folder: string, options: CallOptions = {}): AsyncGenerator<ListedFile> {
    for (const { name, kind } of await list(folder, options)) {
      const path = `${folder}/${name}`;
      if (kind === "folder") yield* listFiles(path, options);
      else if (kind === "file") {
        const file = await statFile(path, options);
        if (file) yield { ...file, path };
      }
    }
  }

  return {
    address: root,
    sizeCap,
    appendsByRewriting: false,

    sharesAppends() {
      sharing ??= statfs(root, { bigint: true }).then(
        ({ type }) => !isNetworkDisk(type),
        () => true, // no such folder yet, or a system without the call: create() says what is wrong
      );
      return sharing;
    },

    list,
    listFiles,
    stat: statFile,

    async read(path, { signal } = {}) {
      signal?.throwIfAborted();
      try {
        return await withFile(await locateExisting(path), async (file) => {
          const found = describe(await file.stat({ bigint: true }));
          return { bytes: await readWhole(file, 0, found.size), version: found.version };
        });
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw notReadable(root, path, error);
      }
    },

    async readRange(path, start, end, { signal } = {}) {
      signal?.throwIfAborted();
      try {
        return await withFile(await locateExisting(path), async (file) => {
          const { size } = await file.stat();
          return readWhole(file, start, Math.min(end, size));
        });
      } catch (error) {
        throw notReadable(root, path, error);
      }
    },

    async localPath(path) {
      try {
        return await locateExisting(path);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw notReadable(root, path, error);
      }
    },

    async create(path, chunks, { signal } = {}) {
      const target = locate(path);
      signal?.throwIfAborted();
      try {
        await inFolder(dirname(target), makeStoreFolder, () => checkInside(dirname(target)));
        const incoming = await writeIncoming(chunks, signal);
        try {
          await publish(incoming, target);
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
        // One write call: the kernel keeps it in one piece among other appenders, but for a kill or a full disk.
        // Where it is cut short all the same, writing the rest brings out why: ENOSPC, EFBIG.
        await writeWhole(file, lines);
        if (!(await standsWhole(file, size, lines))) return "torn";
        await file.sync();
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
        if (describe(await stat(file, { bigint: true })).version !== version) return "changed";
        if (!meanwhile) await makeStoreFolder(dirname(taken));
        // Taking the file away first makes every append that is not finished by now fail its check, and be written again
        // elsewhere; whatever was finished shows in the version.
        await rename(file, taken);
        const found = describe(await stat(taken, { bigint: true }));
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

/** @returns "missing" where another file has got the name meanwhile: that one stays, and this one where it is */
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

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await openPlain(path, constants.O_RDONLY);
  let result: T;
  try {
    result = await use(file);
  } catch (error) {
    void file.close().catch(() => {}); // a disk that does not answer does not close it either
    throw error;
  }
  await file.close();
  return result;
}

function describe(found: { ino: bigint; size: bigint; mtimeNs: bigint }): StoreFile {
  return {
    size: Number(found.size),
    version: `${found.ino}-${found.size}-${found.mtimeNs}`,
    modified: new Date(Number(found.mtimeNs / 1_000_000n)),
  };
}

/** Whether the lines stand in the file after `size` bytes, whole and at the start of a line. Others may have appended too. */
async function standsWhole(file: FileHandle, size: number, lines: Uint8Array): Promise<boolean> {
  const start = size - 1;
  const { size: now } = await file.stat();
  const written = Buffer.from(await readWhole(file, start, now));
  const at = written.indexOf(lines);
  return at > 0 && written[at - 1] === lineBreak;
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

/** So many bytes are asked of the disk by one call. */
const readAtOnce = 8 * 2 ** 20;

async function readWhole(file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(Math.max(0, end - start));
  let filled = 0;
  while (filled < bytes.length) {
    const part = Math.min(readAtOnce, bytes.length - filled);
    const { bytesRead } = await inTime(file.read(bytes, filled, part, start + filled));
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written);
    written += bytesWritten;
  }
}

/** Gives a finished file its name, unless the name is taken (EEXIST). */
async function publish(incoming: string, target: string): Promise<void> {
  try {
    await link(incoming, target);
  } catch (error) {
    // Disks without hard links (FAT, some network shares): reserve the name, then move over it.
    if (!hasCode(error, "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK")) throw error;
    await (await open(target, "wx")).close();
    await rename(incoming, target);
  }
}

/** Does what needs a folder, which is there but for the first time: each call to the system that is spared makes logging faster. */
async function inFolder<T>(
  folder: string,
  make: (folder: string) => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await make(folder);
  return work();
}

/** Like `rm` with `force`, which looks at the file twice before. */
async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** @returns the first one that had to be made */
async function makeFolder(folder: string, mode: number | undefined): Promise<string | undefined> {
  const first = await makeFolders(folder, mode);
  if (first === undefined) return undefined;
  // A new name is durable once the folder that holds it is synced: every folder from the first new one's parent down.
  for (let parent = dirname(folder); parent.length >= dirname(first).length; parent = dirname(parent)) {
    await syncFolder(parent);
    if (parent === dirname(parent)) break;
  }
  return first;
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // a folder cannot be opened for syncing there; NTFS journals its names
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
