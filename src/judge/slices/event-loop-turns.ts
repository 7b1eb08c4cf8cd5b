import { setImmediate as nextTurn } from "node:timers/promises";

/** Work goes on for so many milliseconds before others have their turn. */
const longestWork = 50;

/** Lets the event loop turn now and then in long work, so that a signal that ends it can come. */
export function eventLoopTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestWork) return;
    await nextTurn();
    since = performance.now();
  };
}
