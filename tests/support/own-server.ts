import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { projectRoot } from "./built-package.js";
import { startedPrograms } from "./started-programs.js";

export interface OwnServer {
  /** What MLFLOW_TRACKING_URI is set to. */
  uri: string;
  /** Ends it without a warning; returns when it is gone. */
  kill(): Promise<void>;
  /** Asks it to end; returns when it has. */
  end(): Promise<void>;
}

/** Runs the built `ml-tracking server` over a store, at any free port. It ends with the tests of the file. */
export async function startOwnServer(store: string, env: NodeJS.ProcessEnv = {}): Promise<OwnServer> {
  const args = ["server", "--store", store, "--port", "0", "--json"];
  const child = spawn(process.execPath, [join(projectRoot, "dist/cli.js"), ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  startedPrograms.push(child);
  let talk = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (talk = (talk + text).slice(-5_000)));
  const failed = once(child, "exit").then(([status]) => {
    throw new Error(`ml-tracking server ended with ${String(status)} before it served anything: ${talk}`);
  });
  failed.catch(() => {}); // it ends some time, and that is no failure then
  const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), failed])) as [string];
  const { url } = JSON.parse(line) as { url: string };
  const endBy = async (signal: NodeJS.Signals) => {
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  return { uri: new URL(url).origin, kill: () => endBy("SIGKILL"), end: () => endBy("SIGTERM") };
}
