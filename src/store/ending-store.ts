import { orEnd } from "./or-end.js";
import type { Store } from "./store.js";

/**
 * A store whose every call ends with a signal: what is read is no longer waited for, a write that has begun
 * comes to its end or is taken back, and no further call begins. All then throw the signal's reason.
 */
export function endingStore(store: Store, signal: AbortSignal): Store {
  const reading = async <T>(read: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return orEnd(signal, read());
  };
  return {
    address: store.address,
    sizeCap: store.sizeCap,
    appendsByRewriting: store.appendsByRewriting,
    sharesAppends: () => reading(() => store.sharesAppends()),
    list: (folder) => reading(() => store.list(folder, { signal })),
    async *listFiles(folder) {
      signal.throwIfAborted();
      for await (const file of store.listFiles(folder, { signal })) {
        yield file;
        signal.throwIfAborted();
      }
    },
    stat: (path) => reading(() => store.stat(path, { signal })),
    read: (path) => reading(() => store.read(path, { signal })),
    readRange: (path, start, end) => reading(() => store.readRange(path, start, end, { signal })),
    ...(store.localPath ? { localPath: (path: string) => reading(async () => store.localPath?.(path)) } : {}),
    create: (path, chunks, options) => store.create(path, chunks, { ...options, signal }),
    append: (path, lines, options) => store.append(path, lines, { ...options, signal }),
    removeIfUnchanged: (path, version, options) =>
      store.removeIfUnchanged(path, version, { ...options, signal }),
  };
}
