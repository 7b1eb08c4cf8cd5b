import { TrackingError } from "../tracking-error.js";
import type { BucketPlace, BucketRequests } from "./bucket-requests.js";
import type { CallOptions, ListedFile, Store, StoreEntry } from "./store.js";

/** How a store in a bucket is read. */
export function bucketReading(
  { address, prefix }: BucketPlace,
  { nameOf, ask }: BucketRequests,
): Pick<Store, "list" | "listFiles" | "stat" | "read" | "readRange"> {
  // An object without any byte is what a removal that was stopped leaves (see removeIfUnchanged): no file,
  // but its name is taken.
  const stat = async (path: string, options: CallOptions = {}) => {
    const name = nameOf(path);
    const found = await ask("read", path, options, (api, signal) => api.head(name, signal));
    return found?.size === 0 ? undefined : found;
  };

  const read = async (path: string, options: CallOptions = {}) => {
    const name = nameOf(path);
    const found = await ask("read", path, options, (api, signal) => api.get(name, undefined, signal));
    return found?.bytes.length === 0 ? undefined : found;
  };

  async function* pages(folder: string, delimited: boolean, options: CallOptions) {
    const from = `${nameOf(folder)}/`;
    let token: string | undefined;
    do {
      const page = await ask("list", folder, options, (api, signal) =>
        api.list({ prefix: from, delimited, token }, signal),
      );
      yield page;
      token = page.token;
    } while (token !== undefined);
  }

  return {
    async list(folder, options = {}) {
      const from = `${nameOf(folder)}/`.length;
      const entries: StoreEntry[] = [];
      for await (const { objects, folders } of pages(folder, true, options)) {
        for (const { name } of objects) {
          if (name.length > from) entries.push({ name: name.slice(from), kind: "file" });
        }
        for (const name of folders) entries.push({ name: name.slice(from, -1), kind: "folder" });
      }
      return entries;
    },

    async *listFiles(folder, options = {}): AsyncGenerator<ListedFile> {
      for await (const { objects } of pages(folder, false, options)) {
        for (const { name, ...file } of objects) {
          // Consoles keep an empty object for a folder.
          if (!name.endsWith("/")) yield { path: name.slice(prefix.length), ...file };
        }
      }
    },

    stat,
    read,

    async readRange(path, start, end, options = {}) {
      const name = nameOf(path);
      if (end <= start) return new Uint8Array(0);
      const range = { start, end };
      const found = await ask(
        "read",
        path,
        options,
        (api, signal) => api.get(name, range, signal),
        end - start,
      );
      if (found && (found.bytes.length > 0 || (await stat(path, options)))) return found.bytes;
      throw new TrackingError(
        "STORE_NOT_READABLE",
        `cannot read ${path} in the store ${address}: there is no such file`,
      );
    },
  };
}
