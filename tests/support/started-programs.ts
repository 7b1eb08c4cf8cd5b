import type { ChildProcess } from "node:child_process";

/** What the tests of a file started and did not end: `end-started-programs.ts` does, after them. */
export const startedPrograms: ChildProcess[] = [];
