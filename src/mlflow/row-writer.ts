import type { Appender, Store } from "../store/store.js";
import { appendRow } from "../tracking-log/append-row.js";
import type { LogShape } from "../tracking-log/log-shape.js";

interface WaitingRow {
  line: string;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Adds rows to one log: what comes while the disk is waited for goes in together, by the next write. */
export class RowWriter {
  readonly #store: Store;
  readonly #project: string;
  readonly #header: string;
  readonly #log: LogShape;
  #waiting: WaitingRow[] = [];
  #writing: Promise<void> | undefined;
  #appender: Appender | undefined;

  constructor(store: Store, project: string, header: string, log: LogShape) {
    this.#store = store;
    this.#project = project;
    this.#header = header;
    this.#log = log;
  }

  /** Durable when it returns. @throws TrackingError STORE_NOT_WRITABLE */
  append(line: string): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject });
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
    });
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const rows = this.#waiting;
      this.#waiting = [];
      try {
        await this.#writeTogether(rows.map(({ line }) => line).join(""));
        for (const { resolve } of rows) resolve();
      } catch (error) {
        for (const { reject } of rows) reject(error);
      }
    }
  }

  async #writeTogether(lines: string): Promise<void> {
    if ((await this.#appender?.append(Buffer.from(lines))) === "appended") return;
    await this.#appender?.close();
    this.#appender = undefined;
    const path = await appendRow(this.#store, this.#project, this.#header, lines, {
      now: new Date(),
      log: this.#log,
    });
    this.#appender = await this.#store.openAppender?.(path);
  }

  /** Returns when what was added is durable. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#appender?.close();
    this.#appender = undefined;
  }
}
