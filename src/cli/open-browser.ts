import { spawn } from "node:child_process";

/**
 * The program that opens an address in this user's browser; undefined where nobody would see it: without a
 * display, over ssh, in CI, or where no person started this.
 */
export function browserProgram({
  platform,
  env,
  screen,
}: {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  screen: boolean;
}): string | undefined {
  const isRemote = ["CI", "SSH_CONNECTION", "SSH_TTY"].some((name) => env[name]);
  if (!screen || isRemote) return undefined;
  if (platform === "darwin") return "open";
  if (platform === "win32") return "explorer";
  return env["DISPLAY"] || env["WAYLAND_DISPLAY"] ? "xdg-open" : undefined;
}

/** Opens an address in the browser where somebody would see it; otherwise it was printed. */
export function openBrowser(url: string, screen: boolean): void {
  const program = browserProgram({ platform: process.platform, env: process.env, screen });
  if (program === undefined) return;
  const child = spawn(program, [url], { stdio: "ignore", detached: true });
  child.on("error", () => {}); // there is no such program
  child.unref();
}
