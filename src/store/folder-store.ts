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
import { makeFolders } from "./make-folders.js";
import { isNetworkDisk } from "./network-disk.js";
import type { CallOptions, ListedFile, Store, StoreEntry, StoreFile } from "./store.js";
import { checkStorePath } from "./store-path.js";

const lineBreak = 0x0a;
const sizeCap = 32 * 2 ** 20;

/** Files under way: never in `tracking/`, which holds nothing but logs, and on the same disk, so that a link moves them. */
export const incomingFolder = ".incoming";

/** A store in a folder of a local or shared disk. Its writers need no lock and no server. */
export function folderStore(root: string): Store {
  let sharing: Promise<boolean> | undefined;

  const locate = (path: string) => join(root, ...checkStorePath(path).split("/"));

  /** Refuses a path that leaves the store through a symbolic link; the store's own folder may be one. */
  const checkInside = async (file: string) => {
    const [realFile, realRoot] = await Promise.all([realpath(file), realpath(root)]);
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
    const file = await inFolder(dirname(incoming), () => open(incoming, "wx"));
    try {
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
      const entries = await readdir(await locateExisting(folder), { withFileTypes: true });
      return entries.flatMap((entry): StoreEntry[] => {
        if (entry.isFile()) return [{ name: entry.name, kind: "file" }];
        return entry.isDirectory() ? [{ name: entry.name, kind: "folder" }] : [];
      });
    } catch (error) {
      if (isMissing(error)) return [];
      throw notReadable(root, folder, error);
    }
  };

  const statFile = async (path: string, { signal }: CallOptions = {}): Promise<StoreFile | undefined> => {
    signal?.throwIfAborted();
    try {
      return describe(await stat(await locateExisting(path), { bigint: true }));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw notReadable(root, path, error);
    }
  };

  async function* listFiles(folder: string, options: CallOptions = {}): AsyncGenerator<ListedFile> {
    for (const { name, kind } of await list(folder, options)) {
      const path = `${folder}/${name}`;
      if (kind === "folder") yield* listFiles(path, options);
      else {
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
        await inFolder(dirname(target), () => checkInside(dirname(target)));
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
        file = await open(await locateExisting(path), constants.O_RDWR | constants.O_APPEND);
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

    async removeIfUnchanged(path, version, { signal } = {}) {
      signal?.throwIfAborted();
      const file = locate(path);
      const taken = join(root, incomingFolder, `${randomBytes(12).toString("hex")}.taken`);
      try {
        if (describe(await stat(file, { bigint: true })).version !== version) return "changed";
        await makeFolder(dirname(taken));
        // Taking the file away first makes every append that is not finished by now fail its check, and be written again
        // elsewhere; whatever was finished shows in the version.
        await rename(file, taken);
        const found = describe(await stat(taken, { bigint: true }));
        if (found.version !== version) {
          await rename(taken, file);
          return "changed";
        }
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

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, "r");
  try {
    return await use(file);
  } finally {
    await file.close();
  }
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

async function readWhole(file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(Math.max(0, end - start));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
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
async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await makeFolder(folder);
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

async function makeFolder(folder: string): Promise<void> {
  const first = await makeFolders(folder);
  if (first === undefined) return;
  // A new name is durable once the folder that holds it is synced: every folder from the first new one's parent down.
  for (let parent = dirname(folder); parent.length >= dirname(first).length; parent = dirname(parent)) {
    await syncFolder(parent);
    if (parent === dirname(parent)) break;
  }
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

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

function isMissing(error: unknown): boolean {
  return hasCode(error, "ENOENT");
}

const reasons: Record<string, string> = {
  ENOENT: "the system lets nobody make a folder there, or a part of the path is gone",
  ENOSPC: "the disk is full; free some space",
  EDQUOT: "the disk quota is used up; free some space",
  EFBIG: "the file would grow over the allowed file size; raise the limit (ulimit -f)",
  EACCES: "permission denied; ask for access to the folder",
  EPERM: "permission denied; ask for access to the folder",
  EROFS: "the disk is read-only",
  ENOTDIR: "a part of the path is a file, not a folder",
  EMFILE: "too many open files; raise the limit (ulimit -n)",
  EEXIST: "a part of the path is no folder, or a symbolic link to nothing",
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons[code] ? `${reasons[code]} (${code})` : String(error);
}

function notReadable(root: string, path: string, error: unknown): unknown {
  if (error instanceof TrackingError) return error;
  const reason = isMissing(error) ? "there is no such file (ENOENT)" : reasonOf(error);
  return new TrackingError("STORE_NOT_READABLE", `cannot read ${path} in the store ${root}: ${reason}`, {
    cause: error,
  });
}

function notWritable(root: string, path: string, error: unknown): unknown {
  if (error instanceof TrackingError) return error;
  return new TrackingError(
    "STORE_NOT_WRITABLE",
    `cannot write ${path} in the store ${root}: ${reasonOf(error)}`,
    { cause: error },
  );
}
