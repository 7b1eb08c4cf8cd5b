import type { Store } from "../store/store.js";

/** A store that fails faster is tried each time: that costs little. */
const slow = 1_000;
/**
 * How many times as long as a store took to fail it is left alone, so that an outage takes a fifth of the
 * time at most.
 */
const timesAsLong = 4;
const longestPause = 300_000;

interface Outage {
  failure: unknown;
  /** By the process's own clock. */
  until: number;
}

const outages = new WeakMap<Store, Outage>();

/**
 * Remembers that a store failed. A bucket that is down costs a call its whole deadline before it fails, which
 * a training that logs often would pay every time.
 * @param took milliseconds until it failed
 */
export function noteFailure(store: Store, failure: unknown, took: number): void {
  if (took < slow) return;
  const pause = Math.min(took * timesAsLong, longestPause);
  outages.set(store, { failure, until: performance.now() + pause });
}

/** Why a store is not worth trying at this moment; undefined where it is. */
export function recentFailure(store: Store): { failure: unknown } | undefined {
  const outage = outages.get(store);
  return outage && performance.now() < outage.until ? outage : undefined;
}

/** Takes a store for one that works: it has just done so. */
export function forgetFailure(store: Store): void {
  outages.delete(store);
}
