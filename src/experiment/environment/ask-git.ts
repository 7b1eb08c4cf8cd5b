import { type ChildProcess, spawn } from "node:child_process";
import { parse } from "node:path";
import { codeOf } from "../../tracking-error.js";

/** Why git gave no answer, in words for a warning. */
export class NoGitAnswer extends Error {}

export interface AskGit {
  env: NodeJS.ProcessEnv;
  /**
   * When git has to be done, on the clock of `performance.now()`, and the milliseconds that it had in all,
   * for the message.
   */
  deadline: number;
  timeLimit: number;
}

/**
 * Settings that keep git from running what a repository names in its own configuration: a monitor, hooks, a
 * helper that fetches missing objects. Commands of filters have names of their own: `withoutFilters` switches
 * them off.
 */
const harmless = ["core.fsmonitor=", "core.hooksPath=/dev/null", "protocol.allow=never"];

/**
 * Runs git on a working copy and gives back what it prints.
 * @param settings of this run, besides those that keep it harmless
 * @param isEnough looks at what came so far; git is ended as soon as it says so
 * @throws NoGitAnswer
 */
export function askGit(
  root: string,
  command: readonly string[],
  { env, deadline, timeLimit }: AskGit,
  {
    settings = [],
    input = "",
    isEnough = () => false,
    fine = [0],
  }: {
    settings?: readonly string[];
    input?: string;
    isEnough?: (output: string) => boolean;
    fine?: readonly number[];
  } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    let git: ChildProcess | undefined;
    let output = "";
    let complaint = "";
    const end = () => {
      clearTimeout(timer);
      // A grandchild may hold the pipes open long after git itself has gone.
      git?.stdin?.destroy();
      git?.stdout?.destroy();
      git?.stderr?.destroy();
      git?.kill("SIGKILL");
      git?.unref();
    };
    const settle = () => {
      end();
      resolve(output);
    };
    const fail = (why: string) => {
      end();
      reject(new NoGitAnswer(why));
    };
    const notStarted = (error: unknown) => {
      const isMissing = codeOf(error) === "ENOENT";
      fail(isMissing ? "git is not installed, or not in PATH" : `git cannot be started: ${String(error)}`);
    };
    const timer = setTimeout(
      () => fail(`git status took over ${timeLimit} ms`),
      Math.max(0, deadline - performance.now()),
    );

    try {
      const set = [...harmless, ...settings].flatMap((setting) => ["-c", setting]);
      git = spawn("git", ["-C", root, "--no-pager", "--no-optional-locks", ...set, ...command], {
        // Not the repository: on Windows, a git.exe that lies there would be started.
        cwd: parse(root).root,
        env: plainEnvironment(env),
        stdio: ["pipe", "pipe", "pipe"],
        windowsHide: true,
      });
    } catch (error) {
      // Thrown, not emitted, where the system is out of memory.
      notStarted(error);
      return;
    }
    git.on("error", notStarted);
    // A process that has no file descriptor left gets none of the pipes.
    git.stdin?.on("error", () => {}); // git that ends early does not read it
    git.stdin?.end(input);
    git.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (isEnough(output)) settle();
    });
    git.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (complaint.length < 4_000) complaint += text;
    });
    git.on("close", (code) => {
      if (code !== null && fine.includes(code)) settle();
      else fail(whyFailed(complaint, code, root));
    });
  });
}

function whyFailed(complaint: string, code: number | null, root: string): string {
  if (complaint.includes("safe.directory")) {
    return `the repository belongs to another user; run: git config --global --add safe.directory "${root}"`;
  }
  const first = complaint.split("\n", 1)[0] ?? "";
  return `git status failed (exit code ${code}): ${first.slice(0, 200)}`;
}

/** Without what would point git at another repository, as inside a git hook; and nothing may be fetched. */
function plainEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const {
    GIT_DIR: _dir,
    GIT_WORK_TREE: _tree,
    GIT_INDEX_FILE: _index,
    GIT_COMMON_DIR: _common,
    ...others
  } = env;
  return {
    ...others,
    LC_ALL: "C",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_TERMINAL_PROMPT: "0",
  };
}
