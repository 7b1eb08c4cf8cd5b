import { setImmediate } from "node:timers/promises";

const sliceLength = 2 ** 20;

/**
 * Calls work(from, to) over 0..length, a million at a time, and lets the process do other things in between.
 */
export async function inSlices(
  length: number,
  signal: AbortSignal | undefined,
  work: (from: number, to: number) => void,
): Promise<void> {
  for (let from = 0; from < length; from += sliceLength) {
    signal?.throwIfAborted();
    work(from, Math.min(from + sliceLength, length));
    if (from + sliceLength < length) await setImmediate();
  }
}
