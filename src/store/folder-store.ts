import { statfs } from "node:fs/promises";

import { openFolderAppender } from "./folder-appender.js";
import { folderReading } from "./folder-reading.js";
import { folderRoot } from "./folder-root.js";
import { folderWriting } from "./folder-writing.js";
import { isNetworkDisk } from "./network-disk.js";
import type { Store } from "./store.js";

const sizeCap = 32 * 2 ** 20;

export interface FolderStoreOptions {
  /**
   * Whether nobody but its owner may read what is written here; by default the store's folder says who may.
   */
  isPrivate?: boolean;
}

/** A store in a folder of a local or shared disk. Its writers need no lock and no server. */
export function folderStore(root: string, { isPrivate = false }: FolderStoreOptions = {}): Store {
  let sharing: Promise<boolean> | undefined;
  const folder = folderRoot(root, isPrivate);
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

    async openAppender(path) {
      return (await this.sharesAppends()) ? openFolderAppender(folder, path, sizeCap) : undefined;
    },

    ...folderReading(folder),
    ...folderWriting(folder, sizeCap),
  };
}
