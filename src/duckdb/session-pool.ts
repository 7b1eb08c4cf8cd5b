import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

import { openSession, type Session } from "./session.js";

/** The sessions of one database, so that it can be closed with none of them left. */
export interface SessionPool {
  /** @throws what `endAll` was told, once it was */
  open(signal?: AbortSignal): Promise<Session>;
  end(session: Session): Promise<void>;
  /** Ends all sessions, their queries failing with the reason, and refuses new ones. */
  endAll(reason: unknown): Promise<void>;
}

export function sessionPool(instance: DuckDBInstance): SessionPool {
  const sessions = new Set<Session>();
  const connecting = new Set<Promise<DuckDBConnection>>();
  const state: { ended?: { reason: unknown } } = {};
  const throwIfEnded = () => {
    if (state.ended) throw state.ended.reason;
  };
  const end = async (session: Session): Promise<void> => {
    await session.close();
    sessions.delete(session);
  };

  return {
    async open(signal) {
      throwIfEnded();
      signal?.throwIfAborted();
      const connection = instance.connect();
      connecting.add(connection);
      const session = openSession(await connection, signal);
      sessions.add(session);
      connecting.delete(connection);
      if (state.ended) {
        await end(session);
        throwIfEnded();
      }
      return session;
    },
    end,
    async endAll(reason) {
      state.ended ??= { reason };
      await Promise.allSettled(connecting);
      for (const session of sessions) session.stop(reason);
      await Promise.all([...sessions].map(end));
    },
  };
}
