import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

export interface Outcome {
  status: number | null;
  out: string;
  talk: string;
}

/** Runs the built command line as a user would. */
export function mlTracking(
  args: readonly string[],
  options: { input?: string | Uint8Array; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  return runNode([cli, ...args], options);
}

/** Runs Node.js to its end. */
export function runNode(
  args: readonly string[],
  options: { input?: string | Uint8Array; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  if (!existsSync(cli)) throw new Error("dist/ is not built; run npm test, or npm run build");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    let out = "";
    let talk = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (talk += text));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, out, talk }));
    child.stdin.on("error", () => {}); // a command that fails early does not read its input
    child.stdin.end(options.input ?? "");
  });
}
