import { setTimeout as sleep } from "node:timers/promises";

import type { Session } from "../duckdb/session.js";
import { TrackingError } from "../tracking-error.js";
import type { CatalogFile } from "./catalog-file.js";
import type { LiveCatalog } from "./live-catalog.js";
import { isDamage, startAgain } from "./refresh-catalog.js";

/** How often a query is repeated where a refresh came between. */
const maxTries = 5;

/**
 * Answers from one state of the catalog; repeats where that was replaced meanwhile, or the file is damaged.
 */
export async function answerQuery<T>(
  live: LiveCatalog,
  signal: AbortSignal | undefined,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    const used = live.file;
    try {
      return await runWith(used, signal, work);
    } catch (error) {
      if (tries >= maxTries) throw error;
      await recover(live, error, used, signal);
    }
  }
}

/** As `answerQuery`, for an answer in chunks: repeated only until the first of them. */
export async function* streamAnswer(
  live: LiveCatalog,
  signal: AbortSignal | undefined,
  work: (session: Session) => AsyncGenerator<string>,
): AsyncGenerator<string, void, undefined> {
  for (let tries = 0; ; tries++) {
    const used = live.file;
    const session = await used.sessions.open(signal);
    let begun = false;
    try {
      for await (const text of work(session)) {
        begun = true;
        yield text;
      }
      return;
    } catch (error) {
      if (begun || tries >= maxTries) throw error;
      await recover(live, error, used, signal);
    } finally {
      await used.sessions.end(session);
    }
  }
}

async function runWith<T>(
  { sessions }: CatalogFile,
  signal: AbortSignal | undefined,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await sessions.open(signal);
  try {
    return await work(session);
  } finally {
    await sessions.end(session);
  }
}

/** Recovers so that the query can be repeated, or rethrows. */
async function recover(
  live: LiveCatalog,
  error: unknown,
  used: CatalogFile,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (signal?.aborted || error instanceof TrackingError || live.closed) throw error;
  if (isDamage(error)) await live.queue.add(() => startAgain(live, used));
  else if (isOutdated(error)) await sleep(10);
  else throw error;
}

/** A refresh replaced the table that was queried; its new name is known in a moment. */
function isOutdated(error: unknown): boolean {
  return /(Catalog|Binder) Error/.test(String(error));
}
