/**
 * The one contract that every place to keep experiments fulfils. Paths are relative to the store, separated by `/`,
 * whatever the operating system says; no part but `src/store/` knows where bytes lie.
 */
export interface Store {
  /** What the user calls this store: an absolute folder. */
  readonly address: string;

  /**
   * False where two writers cannot append to one file without losing lines (a network disk): then each process
   * appends only to files that it created itself.
   */
  sharesAppends(): Promise<boolean>;

  /** The immediate children of a folder, in no particular order; none when there is no such folder. */
  list(folder: string): Promise<StoreEntry[]>;

  /** Size, version and time of a file; undefined when there is none. */
  stat(path: string): Promise<StoreFile | undefined>;

  /** All bytes of a file with the version they are; undefined when there is no such file. */
  read(path: string): Promise<{ bytes: Uint8Array; version: string } | undefined>;

  /** The bytes of a file from `start` up to, not including, `end`; fewer where the file ends before. */
  readRange(path: string, start: number, end: number): Promise<Uint8Array>;

  /**
   * Where this file lies on a disk of this machine, for readers that take a path; undefined where there is no such place or
   * no such file. Stores that keep nothing on a local disk do not have this method.
   */
  localPath?(path: string): Promise<string | undefined>;

  /**
   * Writes a whole new file, durable and visible only when complete.
   * @returns "exists", with nothing changed, when there is a file of that name already.
   */
  create(path: string, chunks: Iterable<Uint8Array>): Promise<"created" | "exists">;

  /**
   * Adds one line, durable when this returns "appended" and never glued to a torn one:
   * - "missing": the file is gone, or was taken away while writing; the line has to go elsewhere.
   * - "torn": the file does not end in a line break, or the line did not come out whole; repair, then try again.
   */
  append(path: string, line: Uint8Array): Promise<"appended" | "missing" | "torn">;

  /** Removes a file unless it changed since `version` was read, so that no line appended meanwhile is lost. */
  removeIfUnchanged(path: string, version: string): Promise<"removed" | "changed" | "missing">;
}

export interface StoreEntry {
  name: string;
  kind: "file" | "folder";
}

export interface StoreFile {
  size: number;
  /** Differs whenever the content does. */
  version: string;
  modified: Date;
}
