import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** What git says of a folder's working copy; commit and dirty are blank where git cannot say. */
export interface GitState {
  commit: string;
  dirty: boolean | undefined;
  warnings: string[];
}

/** The top folder of the working copy that a folder lies in: the nearest one that holds `.git`. */
export function findGitRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * The commit that a working copy is at, and whether tracked files were modified since (untracked files do not count). One
 * `git status`, which takes no lock, runs no monitor that the repository's own settings name, and is given up after
 * the time limit. Never fails: what git cannot say is blank, with the reason among the warnings.
 */
export function gitState(
  root: string,
  options: { env: NodeJS.ProcessEnv; timeLimit: number },
): Promise<GitState> {
  return new Promise((resolve) => {
    let git: ChildProcess | undefined;
    let output = "";
    let complaint = "";
    const settle = (state: GitState) => {
      clearTimeout(timer);
      // A grandchild may hold the pipes open long after git itself has gone.
      git?.stdout?.destroy();
      git?.stderr?.destroy();
      git?.kill("SIGKILL");
      git?.unref();
      resolve(state);
    };
    const blank = (why: string) =>
      settle({ commit: "", dirty: undefined, warnings: [`git_commit is blank: ${why}`] });
    const notStarted = (error: unknown) => {
      const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
      blank(isMissing ? "git is not installed, or not in PATH" : `git cannot be started: ${String(error)}`);
    };
    const timer = setTimeout(() => blank(`git status took over ${options.timeLimit} ms`), options.timeLimit);

    try {
      git = spawn("git", gitArguments, {
        cwd: root,
        env: withoutRedirection(options.env),
        stdio: ["ignore", "pipe", "pipe"],
        windowsHide: true,
      });
    } catch (error) {
      // Thrown, not emitted, where the system is out of memory.
      notStarted(error);
      return;
    }
    git.on("error", notStarted);
    // A process that has no file descriptor left gets neither of the two pipes.
    git.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      // The first entry says enough: there may be a hundred thousand more.
      if (/^[^#\n]/mu.test(output)) settle(parseStatus(output, true));
    });
    git.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (complaint.length < 4_000) complaint += text;
    });
    git.on("close", (code) =>
      code === 0 ? settle(parseStatus(output, false)) : blank(whyFailed(complaint, code, root)),
    );
  });
}

const gitArguments = [
  "-c",
  "core.fsmonitor=false",
  "--no-optional-locks",
  "status",
  "--porcelain=v2",
  "--branch",
  "--untracked-files=no",
];

function parseStatus(output: string, dirty: boolean): GitState {
  const commit = /^# branch\.oid ([0-9a-f]{40,64})$/mu.exec(output)?.[1] ?? "";
  return { commit, dirty, warnings: [] };
}

function whyFailed(complaint: string, code: number | null, root: string): string {
  if (complaint.includes("safe.directory")) {
    return `the repository belongs to another user; run: git config --global --add safe.directory "${root}"`;
  }
  const first = complaint.split("\n", 1)[0] ?? "";
  return `git status failed (exit code ${code}): ${first.slice(0, 200)}`;
}

/** The environment without what would point git at another repository, as it does inside a git hook. */
function withoutRedirection(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const {
    GIT_DIR: _dir,
    GIT_WORK_TREE: _tree,
    GIT_INDEX_FILE: _index,
    GIT_COMMON_DIR: _common,
    ...others
  } = env;
  return { ...others, LC_ALL: "C" };
}
