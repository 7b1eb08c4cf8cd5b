import { readdir, stat } from "node:fs/promises";

import { describeFile, readWhole, withFile } from "./file-bytes.js";
import { isMissing, notReadable } from "./folder-failure.js";
import type { FolderRoot } from "./folder-root.js";
import { inTime } from "./in-time.js";
import { checkPlain } from "./plain-file.js";
import type { CallOptions, ListedFile, Store, StoreEntry, StoreFile } from "./store.js";

/** How a store in a folder is read. */
export function folderReading({
  root,
  locateExisting,
}: FolderRoot): Required<Pick<Store, "list" | "listFiles" | "stat" | "read" | "readRange" | "localPath">> {
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
      return describeFile(found);
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
    list,
    listFiles,
    stat: statFile,

    async read(path, { signal } = {}) {
      signal?.throwIfAborted();
      try {
        return await withFile(await locateExisting(path), async (file) => {
          const found = describeFile(await file.stat({ bigint: true }));
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
  };
}
