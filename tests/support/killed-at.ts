import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const killer = fileURLToPath(new URL("kill-at.mjs", import.meta.url));

/**
 * Runs a program that is killed before its n-th change of a file; `killed` is false when it made fewer and
 * ended by itself.
 */
export function killedAt(
  change: number,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ killed: boolean; out: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", killer, ...args], {
      env: { ...process.env, ...env, KILL_AT: String(change) },
    });
    let out = "";
    child.stdout.on("data", (data: Buffer) => (out += data.toString()));
    child.on("close", (_, signal) => resolve({ killed: signal === "SIGKILL", out }));
  });
}

/** Whether `npm run test:survival` asks for every kill; `npm test` makes a part of them. */
export const isEveryKill = process.env["ML_TRACKING_TEST_SURVIVAL"] === "whole";
const [eachUpTo, thenEvery] = [10, 3];

/**
 * Tries the changes in turn, two at a time, until the program gets to its end: every one of the first ten, then
 * every third, or all of them. Returns about how many there were.
 */
export async function atEveryChange(round: (change: number) => Promise<boolean>): Promise<number> {
  const after = (change: number) => change + (isEveryKill || change < eachUpTo ? 1 : thenEvery);
  for (let change = 1; ; ) {
    const second = after(change);
    const [first, other] = await Promise.all([round(change), round(second)]);
    if (!first) return change - 1;
    if (!other) return second - 1;
    change = after(second);
  }
}
