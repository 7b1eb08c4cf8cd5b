import { setTimeout as sleep } from "node:timers/promises";
import type { Appender, Store } from "../store/store.js";
import { eventHeader } from "./event.js";
import {
  eventsFileName,
  type HistoryPlace,
  historyFolder,
  latestFolded,
  listHistory,
} from "./history-folder.js";

export interface HistoryWriter {
  /** Takes lines of events; they are durable some time later. Never throws. */
  add(lines: string): void;
  /**
   * Returns when everything that was added before is durable.
   * @throws what the store said, where it could not take it; the lines are kept and tried again
   */
  flush(): Promise<void>;
  /** Flushes, and ends the timer. */
  close(): Promise<void>;
  /** Forgets what is not durable, which somebody was told was refused. Nothing is added afterwards. */
  abandon(): void;
  /** Why the last attempt failed; undefined where it did not. */
  failure(): unknown;
  /** Files that were taken away, though what was in them lies nowhere else. */
  lost(): readonly string[];
}

/** How long lines may wait, in milliseconds: in a bucket each commit is a file. */
export function longestWait({ appendsByRewriting }: Pick<Store, "appendsByRewriting">): number {
  return appendsByRewriting ? 5_000 : 200;
}

/** So many characters are written without waiting. */
const atOnce = 4 * 2 ** 20;
/** Between attempts on a store that fails. */
const [shortestPause, longestPause] = [500, 30_000];

/**
 * Writes the events of one run and process: in a folder they are appended to a file, in a bucket each commit is
 * the next file. One commit is under way at a time, and takes all that came meanwhile.
 * @param writer a name that no other process has, and that was never used for this run
 */
export function historyWriter(store: Store, place: HistoryPlace, writer: string): HistoryWriter {
  const folder = historyFolder(place);
  const wait = longestWait(store);
  let part = 0;
  let path: string | undefined;
  let appender: Appender | undefined;
  let waiting: string[] = [];
  let characters = 0;
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  let isWriting = false;
  let failure: unknown;
  let pause = shortestPause;
  const lost: string[] = [];

  const schedule = (delay: number) => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void commit().catch(() => {}); // remembered in `failure`, and tried again
    }, delay);
    timer.unref();
  };

  const commit = (): Promise<void> => {
    last = last.catch(() => {}).then(writeWaiting);
    return last;
  };

  const writeWaiting = async (): Promise<void> => {
    if (waiting.length === 0) return;
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = [];
    characters = 0;
    isWriting = true;
    try {
      await write(lines.join(""));
      failure = undefined;
      pause = shortestPause;
    } catch (error) {
      failure = error;
      waiting = [...lines, ...waiting];
      pause = Math.min(2 * pause, longestPause);
      throw error;
    } finally {
      isWriting = false;
      if (waiting.length > 0) schedule(failure === undefined ? wait : pause);
    }
  };

  const write = async (lines: string): Promise<void> => {
    const bytes = Buffer.from(lines);
    for (let tries = 0; tries < mostTries; tries++) {
      if (path !== undefined && !store.appendsByRewriting) {
        appender ??= await store.openAppender?.(path);
        const outcome = appender ? await appender.append(bytes) : await store.append(path, bytes);
        if (outcome === "appended") return;
        await appender?.close();
        appender = undefined;
        if (outcome === "busy") await sleep(20);
        // A fold takes files away, too.
        if (outcome === "missing" && latestFolded(await listHistory(store, folder)) === 0) lost.push(path);
      }
      // Torn, gone, full: a line that came in all the same is there twice, and readers take it once.
      part += 1;
      const next = `${folder}/${eventsFileName(writer, part)}`;
      if ((await store.create(next, [Buffer.from(eventHeader), bytes])) === "created") {
        path = next;
        return;
      }
    }
    throw new Error(`${mostTries} files of events in a row exist already in ${folder}`);
  };

  return {
    add(lines) {
      if (lines === "") return;
      waiting.push(lines);
      characters += lines.length;
      if (characters >= atOnce && !isWriting && failure === undefined) void commit().catch(() => {});
      else schedule(failure === undefined ? wait : pause);
    },
    flush: commit,
    async close() {
      try {
        await commit();
      } finally {
        clearTimeout(timer);
        await appender?.close();
        appender = undefined;
      }
    },
    abandon() {
      clearTimeout(timer);
      timer = undefined;
      waiting = [];
      void appender?.close().catch(() => {});
      appender = undefined;
    },
    failure: () => failure,
    lost: () => lost,
  };
}

const mostTries = 20;
