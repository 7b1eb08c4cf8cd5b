import type { DuckDBConnection, DuckDBType } from "@duckdb/node-api";

import { boundTypes } from "./bound-types.js";

export type SqlValue = string | number | boolean | null;

/** One connection to the catalog's DuckDB: a transaction and temporary tables of its own. */
export interface Session {
  run(sql: string, values?: readonly SqlValue[]): Promise<void>;
  /** All rows. Whole numbers come as numbers. */
  rows(sql: string, values?: readonly SqlValue[]): Promise<unknown[][]>;
  /** All rows, column by column, which is faster where they are many. Whole numbers are bigints. */
  columns(sql: string, values?: readonly SqlValue[]): Promise<unknown[][]>;
  /** Rows in chunks of about 2,000, of which one is in memory. */
  stream(sql: string, values?: readonly SqlValue[]): AsyncGenerator<unknown[][], void, undefined>;
  /** Ends what runs here, which rejects with the reason, and refuses what comes. */
  stop(reason: unknown): void;
  /** Resolves when nothing runs here any more and the connection is given back. */
  close(): Promise<void>;
}

/** Values with their types, as a connection takes both. */
async function bound(values?: readonly SqlValue[]): Promise<[values?: SqlValue[], types?: DuckDBType[]]> {
  return values ? [[...values], await boundTypes(values)] : [];
}

/** An aborted signal ends what runs here, which rejects with the signal's reason. */
export function openSession(connection: DuckDBConnection, signal?: AbortSignal): Session {
  const state: {
    stopped?: { reason: unknown };
    running: number;
    onIdle?: () => void;
    closing?: Promise<void>;
    closed: boolean;
  } = {
    running: 0,
    closed: false,
  };
  const stop = (reason: unknown) => {
    state.stopped ??= { reason };
    // DuckDB must not be asked to interrupt a connection that is gone.
    if (!state.closed) connection.interrupt();
  };
  const abort = () => stop(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();

  const throwIfStopped = () => {
    if (state.stopped) throw state.stopped.reason;
  };
  const interruptible = async <T>(work: () => Promise<T>): Promise<T> => {
    throwIfStopped();
    state.running += 1;
    try {
      return await work();
    } catch (error) {
      throwIfStopped();
      throw error;
    } finally {
      state.running -= 1;
      if (state.running === 0) state.onIdle?.();
    }
  };
  const close = async () => {
    signal?.removeEventListener("abort", abort);
    state.stopped ??= { reason: new Error("the session is closed") };
    // DuckDB must not lose a connection under a running query.
    if (state.running > 0) {
      await new Promise<void>((resolve) => {
        state.onIdle = resolve;
      });
    }
    state.closed = true;
    connection.closeSync();
  };

  return {
    run: (sql, values) =>
      interruptible(async () => {
        await connection.run(sql, ...(await bound(values)));
      }),
    rows: (sql, values) =>
      interruptible(async () => {
        const reader = await connection.runAndReadAll(sql, ...(await bound(values)));
        return reader.getRowsJS().map(plainRow);
      }),
    columns: (sql, values) =>
      interruptible(async () => {
        const reader = await connection.runAndReadAll(sql, ...(await bound(values)));
        return reader.getColumns();
      }),
    async *stream(sql, values) {
      const result = await interruptible(async () => connection.stream(sql, ...(await bound(values))));
      const chunks = result.yieldRowsJs();
      for (;;) {
        const chunk = await interruptible(() => chunks.next());
        if (chunk.done) return;
        yield chunk.value.map(plainRow);
      }
    },
    stop,
    close() {
      state.closing ??= close();
      return state.closing;
    },
  };
}

function plainRow(row: readonly unknown[]): unknown[] {
  return row.map((value) => (typeof value === "bigint" ? Number(value) : value));
}

/**
 * A piece of SQL text that stands for this text. Only for what cannot be bound, such as paths inside a JSON
 * column.
 */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
