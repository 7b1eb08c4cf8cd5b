import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { runEnvironment } from "../../src/experiment/run-environment.js";

let folder = "";
let script = "";
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: join(tmpdir(), "no-such-git-configuration"),
  GIT_CONFIG_NOSYSTEM: "1",
};

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "run-environment-")));
  mkdirSync(join(folder, "train"));
  script = join(folder, "train", "penguins.js");
  writeFileSync(script, "// trains");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...given: string[]): string {
  const settings = [
    "-c",
    "user.name=Ana",
    "-c",
    "user.email=ana@example.org",
    "-c",
    "init.defaultBranch=main",
  ];
  return execFileSync("git", [...settings, ...given], {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: "pipe",
  }).trim();
}

/** @returns the commit */
function commitAll(): string {
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Train on penguins");
  return git("rev-parse", "HEAD");
}

describe("runEnvironment, on git", () => {
  it("names the commit of a clean working copy, and the script by its path in it", async () => {
    const commit = commitAll();
    expect(await runEnvironment({ argv: ["node", script], env })).toMatchObject({
      source: "train/penguins.js",
      gitCommit: commit,
      gitDirty: false,
      warnings: [],
    });
  });

  it("says that a working copy is dirty once a tracked file is modified, staged or removed", async () => {
    const commit = commitAll();
    const isDirty = async () => {
      const { gitCommit, gitDirty } = await runEnvironment({ source: script, env });
      expect(gitCommit).toBe(commit);
      return gitDirty;
    };
    writeFileSync(script, "// trains better");
    expect(await isDirty()).toBe(true);
    git("add", "--all");
    expect(await isDirty()).toBe(true);
    git("checkout", "--quiet", "--force", "HEAD");
    expect(await isDirty()).toBe(false);
    rmSync(script);
    expect(await isDirty()).toBe(true);
  });

  it("does not count untracked files", async () => {
    commitAll();
    writeFileSync(join(folder, "notes.txt"), "untracked");
    expect(await runEnvironment({ source: script, env })).toMatchObject({ gitDirty: false });
  });

  it("says that thousands of files are modified without reading the list to its end", async () => {
    for (let index = 0; index < 3_000; index++)
      writeFileSync(join(folder, `a file of some length ${index}`), "1");
    const commit = commitAll();
    for (let index = 0; index < 3_000; index++) rmSync(join(folder, `a file of some length ${index}`));
    expect(await runEnvironment({ source: script, env })).toMatchObject({
      gitCommit: commit,
      gitDirty: true,
    });
  });

  it("leaves the commit blank in a repository without one", async () => {
    git("init", "--quiet");
    expect(await runEnvironment({ source: script, env })).toMatchObject({
      source: "train/penguins.js",
      gitCommit: "",
      gitDirty: false,
      warnings: [],
    });
  });

  it("names the commit of a detached head", async () => {
    const first = commitAll();
    git("commit", "--quiet", "--allow-empty", "--message", "Second");
    git("checkout", "--quiet", "--detach", first);
    expect(await runEnvironment({ source: script, env })).toMatchObject({
      gitCommit: first,
      gitDirty: false,
    });
  });

  it("finds the working copy of a worktree and of a linked script", async () => {
    const commit = commitAll();
    git("worktree", "add", "--quiet", join(folder, "second"));
    const inWorktree = join(folder, "second", "train", "penguins.js");
    expect(await runEnvironment({ source: inWorktree, env })).toMatchObject({
      source: "train/penguins.js",
      gitCommit: commit,
    });
    const elsewhere = mkdtempSync(join(tmpdir(), "run-environment-"));
    try {
      symlinkSync(script, join(elsewhere, "linked.js"));
      expect(await runEnvironment({ source: join(elsewhere, "linked.js"), env })).toMatchObject({
        source: "train/penguins.js",
        gitCommit: commit,
      });
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it("leaves git blank, without a warning, outside of a repository", async () => {
    expect(await runEnvironment({ source: script, env })).toMatchObject({
      source: script,
      gitCommit: "",
      gitDirty: undefined,
      warnings: [],
    });
  });

  it("reads the script's repository although a git hook points to another one", async () => {
    const commit = commitAll();
    const inHook = { ...env, GIT_DIR: join(folder, "no-such-repository"), GIT_WORK_TREE: tmpdir() };
    expect(await runEnvironment({ source: script, env: inHook })).toMatchObject({
      gitCommit: commit,
      gitDirty: false,
    });
  });

  it("warns where git is not in PATH", async () => {
    commitAll();
    expect(await runEnvironment({ source: script, env: { PATH: join(folder, "train") } })).toMatchObject({
      source: "train/penguins.js",
      gitCommit: "",
      gitDirty: undefined,
      warnings: ["git_commit is blank: git is not installed, or not in PATH"],
    });
  });

  it("warns, with the way out, where the repository belongs to another user", async () => {
    commitAll();
    const foreign = { ...env, GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" };
    const { gitCommit, gitDirty, warnings } = await runEnvironment({ source: script, env: foreign });
    expect({ gitCommit, gitDirty }).toEqual({ gitCommit: "", gitDirty: undefined });
    expect(warnings).toEqual([
      `git_commit is blank: the repository belongs to another user; run: git config --global --add safe.directory "${folder}"`,
    ]);
  });

  it("warns where git fails on a damaged repository", async () => {
    commitAll();
    writeFileSync(join(folder, ".git", "HEAD"), "rubbish");
    const { gitCommit, warnings } = await runEnvironment({ source: script, env });
    expect(gitCommit).toBe("");
    expect(warnings).toEqual([
      expect.stringMatching(/^git_commit is blank: git status failed \(exit code 128\): fatal: /u),
    ]);
  });

  it("warns where git cannot be started at all", async () => {
    commitAll();
    // A NUL in the environment makes the start itself throw, as a system out of memory does.
    const { gitCommit, warnings } = await runEnvironment({ source: script, env: { ...env, X: "a\0b" } });
    expect(gitCommit).toBe("");
    expect(warnings).toEqual([expect.stringContaining("git_commit is blank: git cannot be started: ")]);
  });

  it("runs no command that the repository's own settings name", async () => {
    const commit = commitAll();
    const trace = join(folder, "train", "ran");
    git("config", "core.fsmonitor", `touch ${trace}; true`);
    expect(await runEnvironment({ source: script, env })).toMatchObject({ gitCommit: commit });
    expect(() => realpathSync(trace)).toThrow("ENOENT");
  });

  it.skipIf(process.platform === "win32")("gives up a git that hangs", async () => {
    commitAll();
    const fakes = join(folder, "fakes");
    mkdirSync(fakes);
    writeFileSync(join(fakes, "git"), "#!/bin/sh\nsleep 20\necho never");
    chmodSync(join(fakes, "git"), 0o755);
    const hanging = { ...env, PATH: `${fakes}${delimiter}${process.env["PATH"]}` };
    const start = performance.now();
    const { gitCommit, gitDirty, warnings } = await runEnvironment({
      source: script,
      env: hanging,
      gitTimeLimit: 200,
    });
    expect(performance.now() - start).toBeLessThan(5_000);
    expect({ gitCommit, gitDirty }).toEqual({ gitCommit: "", gitDirty: undefined });
    expect(warnings).toEqual(["git_commit is blank: git status took over 200 ms"]);
  });
});

describe("runEnvironment, on the script", () => {
  it.each<[string, string[], string[]]>([
    ["the REPL", ["node"], []],
    ["node -e", ["node", "an-argument"], ["-e", "1"]],
    ["node --eval", ["node", "an-argument"], ["--eval=1"]],
    ["node -p", ["node", "an-argument"], ["-p", "1"]],
    ["a script on standard input", ["node", "-"], []],
  ])("leaves the source blank in %s", async (_case, argv, execArgv) => {
    expect((await runEnvironment({ argv, execArgv, folder, env })).source).toBe("");
  });

  it("takes the repository of the current folder where there is no script", async () => {
    const commit = commitAll();
    expect(await runEnvironment({ argv: ["node"], folder, env })).toMatchObject({
      source: "",
      gitCommit: commit,
    });
  });

  it("keeps the name of a source that is no file, and the path of one that is gone", async () => {
    expect((await runEnvironment({ source: "notebook cell 3", folder, env })).source).toBe("notebook cell 3");
    const gone = join(folder, "gone.js");
    expect((await runEnvironment({ argv: ["node", gone], execArgv: [], env })).source).toBe(gone);
  });

  it("writes line breaks and other control characters as spaces", async () => {
    const given = { source: "a\nb\u0000\u2028c\ud800", systemUser: () => "\tana\r\n", folder, env };
    expect(await runEnvironment(given)).toMatchObject({ source: "a b c\ufffd", user: "ana" });
  });
});

const nobody = () => {
  throw new Error("uv_os_get_passwd returned ENOENT");
};

const install = (at: string, name: string, description: string) => {
  mkdirSync(join(at, "node_modules", name), { recursive: true });
  writeFileSync(join(at, "node_modules", name, "package.json"), description);
};
describe("runEnvironment, on the machine", () => {
  it("names the user and the host", async () => {
    expect(await runEnvironment({ source: script, env })).toMatchObject({
      user: userInfo().username,
      host: hostname(),
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ USER: "ana", USERNAME: "other" }, "ana"],
    [{ USERNAME: "ana" }, "ana"],
    [{}, ""],
  ])(
    "takes the user from the environment %o where the system has no account for it",
    async (variables, user) => {
      expect((await runEnvironment({ source: script, env: variables, systemUser: nobody })).user).toBe(user);
    },
  );

  it("lists the installed packages that the script's project depends on, with their versions", async () => {
    const project = join(folder, "project");
    install(project, "ml-knn", '{"version": "3.0.0"}');
    install(project, "@scope/trees", '{"version": "1.2.3-beta.1"}');
    install(project, "not-a-dependency", '{"version": "1.0.0"}');
    install(project, "damaged", "{");
    install(project, "odd", '{"version": "1.0\\n"}');
    install(folder, "hoisted", '{"version": "2.0.0"}');
    writeFileSync(
      join(project, "package.json"),
      JSON.stringify({
        name: "project",
        dependencies: {
          "ml-knn": "^3",
          "@scope/trees": "*",
          hoisted: "2",
          damaged: "1",
          odd: "1",
          missing: "1",
          "../../outside": "1",
        },
      }),
    );
    mkdirSync(join(project, "src"));
    writeFileSync(join(project, "src", "package.json"), '{"type": "module"}');
    writeFileSync(join(project, "src", "train.js"), "");
    const { runtime } = await runEnvironment({ source: join(project, "src", "train.js"), env });
    expect(runtime).toEqual({
      language: "node",
      version: process.versions.node,
      packages: {
        "@scope/trees": "1.2.3-beta.1",
        hoisted: "2.0.0",
        "ml-knn": "3.0.0",
        "ml-tracking": packageJson.version,
      },
    });
  });

  it("keeps the runtime that a client in another language gives", async () => {
    const runtime = { language: "python", version: "3.13.1", packages: { "scikit-learn": "1.9.0" } };
    expect((await runEnvironment({ source: script, env, runtime })).runtime).toEqual(runtime);
  });
});
