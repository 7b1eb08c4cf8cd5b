import { setTimeout as sleep } from "node:timers/promises";

import { BucketFailure } from "./bucket-api.js";

/** How long and how often a request is made again. */
export interface Patience {
  /** Milliseconds after which nothing is tried any more. */
  deadline: number;
  /**
   * The first wait is random up to this, each next one up to twice as long, none longer than `longestWait`.
   */
  firstWait: number;
  longestWait: number;
  /** One request may take so long, and besides as long as its body takes at 64 KiB a second. */
  oneRequest: number;
}

export const usualPatience: Patience = {
  deadline: 60_000,
  firstWait: 100,
  longestWait: 8_000,
  oneRequest: 30_000,
};

/**
 * A series of tries under one deadline, with truncated exponential backoff and full jitter between them.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function attempts(patience: Patience, signal: AbortSignal | undefined) {
  const end = performance.now() + patience.deadline;
  let failed = 0;
  return {
    /** Makes one request; it ends with the caller's signal, or when it takes too long. */
    async once<T>(request: (signal: AbortSignal) => Promise<T>, bodySize = 0): Promise<T> {
      signal?.throwIfAborted();
      const time = patience.oneRequest + bodySize / 64;
      const tooLong = AbortSignal.timeout(Math.ceil(time));
      try {
        return await request(signal ? AbortSignal.any([signal, tooLong]) : tooLong);
      } catch (error) {
        signal?.throwIfAborted();
        if (!tooLong.aborted) throw error;
        throw new BucketFailure("passing", `no answer within ${Math.round(time / 1000)} s`, { cause: error });
      }
    },

    /**
     * Waits before the next try; throws the failure where trying again does not help, or the time is over.
     */
    async backOff(failure: unknown): Promise<void> {
      if (!(failure instanceof BucketFailure) || (failure.kind !== "passing" && failure.kind !== "busy")) {
        throw failure;
      }
      const most = Math.min(patience.longestWait, patience.firstWait * 2 ** failed);
      failed += 1;
      const wait = Math.random() * most;
      if (performance.now() + wait > end) throw failure;
      await sleep(wait, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
    },
  };
}

/** Makes a request that may be made twice until it is answered. */
export async function untilAnswered<T>(
  patience: Patience,
  signal: AbortSignal | undefined,
  request: (signal: AbortSignal) => Promise<T>,
  bodySize = 0,
): Promise<T> {
  const series = attempts(patience, signal);
  for (;;) {
    try {
      return await series.once(request, bodySize);
    } catch (error) {
      await series.backOff(error);
    }
  }
}
