import { realpathSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { dirname, isAbsolute, parse, relative, resolve, sep } from "node:path";
import { oneLine } from "../one-line.js";
import { findGitRoot, gitState } from "./git-state.js";
import { installedPackages } from "./installed-packages.js";

/** Where an experiment ran; text is blank, and gitDirty undefined, where it cannot be known. */
export interface RunEnvironment {
  user: string;
  host: string;
  /** The script that logged: its path in the git repository, or its absolute path outside of one. */
  source: string;
  gitCommit: string;
  /** Whether tracked files differ from the commit. */
  gitDirty: boolean | undefined;
  runtime: Runtime;
  /** The top folder of the working copy that the script lies in. */
  gitRoot?: string | undefined;
  warnings: string[];
}

export interface Runtime {
  language: string;
  version: string;
  packages: Record<string, string>;
}

export interface RunEnvironmentOptions {
  /** The script that logs, where it is not the one that Node.js was started with; "" for none. */
  source?: string;
  /** What runs the script, where it is not this process. */
  runtime?: Runtime;
  argv?: readonly string[];
  execArgv?: readonly string[];
  env?: NodeJS.ProcessEnv;
  folder?: string;
  /** The name that the operating system has for the user. */
  systemUser?: () => string;
  /** Milliseconds that git may take. */
  gitTimeLimit?: number;
}

/**
 * What is recorded of a run without being asked for. Starts git at once, so that a caller who awaits late
 * does not wait for it. Never fails: what cannot be known is blank, and a warning says why where git is to
 * blame.
 */
export async function runEnvironment(options: RunEnvironmentOptions = {}): Promise<RunEnvironment> {
  const { env = process.env, folder = currentFolder(), gitTimeLimit = 2_000 } = options;
  const script = scriptPath(options, folder);
  const scriptFolder = isAbsolute(script) ? dirname(script) : folder;
  const root = findGitRoot(scriptFolder);
  const git = root === undefined ? unversioned : gitState(root, { env, timeLimit: gitTimeLimit });
  const found = {
    user: currentUser(env, options.systemUser),
    host: oneLine(known(hostname) ?? ""),
    source: oneLine(pathInRepository(script, root)),
    runtime: options.runtime ?? { ...engine(), packages: installedPackages(scriptFolder) },
  };
  const { commit, dirty, warnings } = await git;
  return { ...found, gitRoot: root, gitCommit: commit, gitDirty: dirty, warnings: warnings.map(oneLine) };
}

/** What runs this process: Bun and Deno have the version of a Node.js too, which they imitate. */
export function engine(versions: NodeJS.ProcessVersions = process.versions): Omit<Runtime, "packages"> {
  const { bun, deno, node } = versions;
  if (bun !== undefined) return { language: "bun", version: bun };
  if (deno !== undefined) return { language: "deno", version: deno };
  return { language: "node", version: node };
}

const unversioned = { commit: "", dirty: undefined, warnings: [] };

/** The path of the script that logs; empty in the REPL, for `node -e` and for a script on standard input. */
function scriptPath(options: RunEnvironmentOptions, folder: string): string {
  const { source, argv = process.argv, execArgv = process.execArgv } = options;
  // What is no file, such as a notebook's cell, keeps the name that its caller gives it.
  if (source !== undefined) return source === "" ? "" : (realPath(resolve(folder, source)) ?? source);
  const given = argv[1];
  const isEvaluated = execArgv.some((argument) => /^(-e|-p|-pe|--eval|--print)(=|$)/u.test(argument));
  if (given === undefined || given === "" || given === "-" || isEvaluated) return "";
  return realPath(resolve(folder, given)) ?? resolve(folder, given);
}

function realPath(path: string): string | undefined {
  return known(() => realpathSync(path));
}

/** What the operating system says; undefined where it does not know. */
function known(ask: () => string): string | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

/** The current folder, which may have been removed, or then the top one. */
export function currentFolder(): string {
  return known(() => process.cwd()) ?? parse(process.execPath).root;
}

function pathInRepository(script: string, root: string | undefined): string {
  if (!isAbsolute(script) || root === undefined) return script;
  const path = relative(root, script);
  return path === "" || isAbsolute(path) ? script : path.split(sep).join("/");
}

/** Who runs this process; empty where nobody knows. */
export function currentUser(
  env: NodeJS.ProcessEnv = process.env,
  systemUser: () => string = () => userInfo().username,
): string {
  return oneLine(known(systemUser) ?? userInEnvironment(env));
}

/** For containers, which may run under a number that no account has. */
function userInEnvironment(env: NodeJS.ProcessEnv): string {
  return env["USER"] ?? env["LOGNAME"] ?? env["USERNAME"] ?? "";
}
