/**
 * The one contract that every place to keep experiments fulfils. Paths are relative to the store, separated
 * by `/`, whatever the operating system says; no part but `src/store/` knows where bytes lie.
 *
 * In a bucket a file without any byte counts as none, though its name is listed and taken: a removal that was
 * stopped leaves it.
 *
 * Every call takes a signal that ends it: it then throws the signal's reason. A write that is ended may have
 * happened.
 */
export interface Store {
  /** What the user calls this store: an absolute folder, `gs://bucket/prefix` or `s3://bucket/prefix`. */
  readonly address: string;

  /** A log file takes no further row from so many bytes on. */
  readonly sizeCap: number;

  /**
   * True in a bucket, where adding a line writes the whole file anew, on condition that nobody else did: it
   * always works, but many writers of one file wait for each other. Then each process appends to files that
   * it created itself first.
   */
  readonly appendsByRewriting: boolean;

  /**
   * False where two writers cannot append to one file without losing lines (a network disk): then each
   * process appends only to files that it created itself.
   */
  sharesAppends(): Promise<boolean>;

  /**
   * The immediate children of a folder, whatever they are, in no particular order; none when there is no such
   * folder.
   */
  list(folder: string, options?: CallOptions): Promise<StoreEntry[]>;

  /**
   * Every file below a folder, however deep, with size and version, in no particular order; none when there
   * is no such folder. In a bucket that is one request for each 1,000 files, whatever their folders.
   */
  listFiles(folder: string, options?: CallOptions): AsyncIterable<ListedFile>;

  /**
   * Size, version and time of a file; undefined when there is none. Here and in every read it is an error
   * where something else is in its place: a folder, a named pipe, a device.
   */
  stat(path: string, options?: CallOptions): Promise<StoreFile | undefined>;

  /** All bytes of a file with the version they are; undefined when there is no such file. */
  read(path: string, options?: CallOptions): Promise<{ bytes: Uint8Array; version: string } | undefined>;

  /** The bytes of a file from `start` up to, not including, `end`; fewer where the file ends before. */
  readRange(path: string, start: number, end: number, options?: CallOptions): Promise<Uint8Array>;

  /**
   * Where this file lies on a disk of this machine, for readers that take a path; undefined where there is no
   * such place or no such file. Stores that keep nothing on a local disk do not have this method.
   */
  localPath?(path: string): Promise<string | undefined>;

  /**
   * Writes a whole new file, durable and visible only when complete. Of many chunks no more than some
   * megabytes are kept in memory, and they are asked for once.
   * @returns "exists", with nothing changed, when there is a file of that name already.
   */
  create(
    path: string,
    chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    options?: CreateOptions,
  ): Promise<"created" | "exists">;

  /**
   * Adds one or more whole lines, durable when this returns "appended" and never glued to a torn one:
   * - "missing": the file is gone, or was taken away while writing; the lines have to go elsewhere.
   * - "torn": the file does not end in a line break, or the lines did not come out whole; repair, then try
   *   again.
   * - "unfit": the file has reached the size cap or does not begin with `header`; start the next one.
   * - "busy": others write this file at this moment, or the place takes no more writes of it now; write
   *   another one.
   *
   * Whatever is not "appended" may all the same have come in, where the answer to a write was lost: readers
   * keep one row of a prediction id.
   */
  append(path: string, lines: Uint8Array, options?: AppendOptions): Promise<AppendOutcome>;

  /**
   * Keeps a file open for who appends to it again and again: faster than `append`, and as safe. Undefined where
   * there is no such file, or its end is torn or full. Stores without a local disk do not have this method.
   */
  openAppender?(path: string): Promise<Appender | undefined>;

  /**
   * Removes a file unless it changed since `version` was read, so that no line appended meanwhile is lost.
   */
  removeIfUnchanged(
    path: string,
    version: string,
    options?: RemoveOptions,
  ): Promise<"removed" | "changed" | "missing">;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

export interface CreateOptions extends CallOptions {
  /**
   * Takes the place of a file of that name at once: readers find the former one or this one, whole. Never
   * "exists" then.
   */
  replacing?: boolean;
}

export interface AppendOptions extends CallOptions {
  /** What the file has to begin with; by default anything. */
  header?: Uint8Array;
}

export interface RemoveOptions extends CallOptions {
  /**
   * A path that the file may have for the moment in which it is seen whether it changed, and for ever if the
   * process is killed then: where its lines are found by who looks for them, and none is added. By default
   * one that nobody reads.
   */
  meanwhile?: string;
}

export interface Appender {
  /** As the store's `append`; after anything but "appended" the file takes no more lines from here. */
  append(lines: Uint8Array): Promise<Exclude<AppendOutcome, "busy">>;
  close(): Promise<void>;
}

export type AppendOutcome = "appended" | "missing" | "torn" | "unfit" | "busy";

export interface StoreEntry {
  name: string;
  /** "other" is what nobody reads here: a symbolic link, a named pipe, a device. */
  kind: "file" | "folder" | "other";
}

export interface StoreFile {
  size: number;
  /** Differs whenever the content does. */
  version: string;
  modified: Date;
}

export interface ListedFile extends StoreFile {
  path: string;
}
