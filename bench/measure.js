import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** One line: both medians in milliseconds, their ratio or difference, and the figure it is held against. */
export function report(what, { ours, theirs, alternative, wanted }) {
  const [a, b] = [median(ours), median(theirs)];
  console.log(
    `  ${what}: ${a.toFixed(1)} ms (${spread(ours)}), ${alternative}: ${b.toFixed(1)} ms (${spread(theirs)}), ${wanted.name ?? "ratio"} ${wanted.ratio(a, b).toFixed(2)}; wanted ${wanted.text}`,
  );
}

function spread(values) {
  return `${Math.min(...values).toFixed(1)}..${Math.max(...values).toFixed(1)}`;
}

/** Wanted: at least so many times as fast as the alternative. */
export const timesFaster = (least) => ({ ratio: (a, b) => b / a, text: `at least ${least} times faster` });

/** Wanted: at most so many times the alternative. */
export const timesAtMost = (most) => ({ ratio: (a, b) => a / b, text: `at most ${most} times` });

/** Wanted: at most so many milliseconds, whatever the alternative takes. */
export const atMost = (most) => ({ ratio: (a, b) => b / a, text: `at most ${most} ms` });

/** Wanted: at most so many milliseconds more than the alternative. */
export const moreAtMost = (most) => ({
  name: "difference",
  ratio: (a, b) => a - b,
  text: `at most ${most} ms more`,
});

/** A folder that is removed at the end of the process. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "ml-tracking-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Seeded generator of numbers from 0 to 1 (mulberry32). */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
