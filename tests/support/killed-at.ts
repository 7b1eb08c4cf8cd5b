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

/**
 * Tries every change in turn, two at a time, until the program gets to its end; returns how many there were.
 */
export async function atEveryChange(round: (change: number) => Promise<boolean>): Promise<number> {
  for (let change = 1; ; change += 2) {
    const killed = await Promise.all([round(change), round(change + 1)]);
    const ended = killed.indexOf(false);
    if (ended >= 0) return change + ended - 1;
  }
}
