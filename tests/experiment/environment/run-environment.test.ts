import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { runEnvironment } from "../../../src/experiment/environment/run-environment.js";

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

  describe("in a repository whose own settings name commands", () => {
    const trace = () => join(folder, "ran");
    const ran = () => existsSync(trace());
    const command = () => `touch "${trace()}"; cat`;
    /** Of the same content: git looks into it, since its time has changed. */
    const touch = (file: string) => utimesSync(file, new Date(), new Date(Date.now() - 1e6));

    it.each<[string, (file: string) => void]>([
      [
        "a filter, by .gitattributes",
        () => {
          writeFileSync(join(folder, "train", ".gitattributes"), "*.js filter=own\n");
          git("config", "filter.own.clean", command());
        },
      ],
      [
        "a filter that is a process, by .git/info/attributes",
        () => {
          writeFileSync(join(folder, ".git", "info", "attributes"), "* filter=own\n");
          git("config", "filter.own.process", command());
          git("config", "filter.own.required", "true");
        },
      ],
      [
        "a filter of an odd name, by an included file",
        () => {
          writeFileSync(join(folder, ".git", "info", "attributes"), "* filter=a=b.c\n");
          writeFileSync(join(folder, "more"), `[filter "a=b.c"]\n\tclean = ${JSON.stringify(command())}\n`);
          git("config", "include.path", join(folder, "more"));
        },
      ],
    ])(
      "runs no command of %s, and says that it cannot tell what only that could",
      async (_what, configure) => {
        const commit = commitAll();
        configure(script);
        writeFileSync(script, "// Trains");
        touch(script);
        const { gitCommit, gitDirty, warnings } = await runEnvironment({ source: script, env });
        expect({ gitCommit, gitDirty, ran: ran() }).toEqual({
          gitCommit: commit,
          gitDirty: undefined,
          ran: false,
        });
        expect(warnings).toEqual([expect.stringMatching(/^git_dirty is blank: only .* could tell/u)]);
        expect(() => git("diff", "--exit-code")).toThrow("diff"); // as a person asks
        expect(ran()).toBe(true);
      },
    );

    it("knows a filtered file for clean that was not touched, and a working copy for dirty by any other file", async () => {
      writeFileSync(join(folder, "notes.txt"), "tracked");
      writeFileSync(join(folder, ".gitattributes"), "*.js filter=own\n");
      commitAll();
      git("config", "filter.own.clean", command());
      expect(await runEnvironment({ source: script, env })).toMatchObject({ gitDirty: false, warnings: [] });
      writeFileSync(script, "// trains better");
      writeFileSync(join(folder, "notes.txt"), "modified");
      expect(await runEnvironment({ source: script, env })).toMatchObject({ gitDirty: true, warnings: [] });
      expect(ran()).toBe(false);
    });

    it("runs no monitor and no hook", async () => {
      const commit = commitAll();
      git("config", "core.fsmonitor", `touch "${trace()}"; true`);
      const hooks = join(folder, "hooks");
      mkdirSync(hooks);
      writeFileSync(join(hooks, "post-index-change"), `#!/bin/sh\ntouch "${trace()}"\n`);
      chmodSync(join(hooks, "post-index-change"), 0o755);
      git("config", "core.hooksPath", hooks);
      touch(script);
      expect(await runEnvironment({ source: script, env })).toMatchObject({ gitCommit: commit });
      expect(ran()).toBe(false);
    });

    it("runs nothing of a submodule, and says that one is modified", async () => {
      commitAll();
      const file = ["-c", "protocol.file.allow=always"];
      git(...file, "submodule", "--quiet", "add", `file://${folder}`, "part");
      git("commit", "--quiet", "--message", "With a part");
      const part = join(folder, "part", "train", "penguins.js");
      expect(await runEnvironment({ source: script, env })).toMatchObject({ gitDirty: false, warnings: [] });
      writeFileSync(part, "// trains better");
      expect(await runEnvironment({ source: script, env })).toMatchObject({ gitDirty: true, warnings: [] });
      const attributes = join(folder, ".git", "modules", "part", "info", "attributes");
      mkdirSync(dirname(attributes), { recursive: true });
      writeFileSync(attributes, "* filter=own\n");
      git("-C", "part", "config", "filter.own.clean", command());
      git("-C", "part", "config", "core.fsmonitor", command());
      expect(await runEnvironment({ source: script, env })).toMatchObject({
        gitDirty: undefined,
        warnings: [expect.stringContaining("git_dirty is blank: only the filter of train/penguins.js")],
      });
      expect(ran()).toBe(false);
    });

    it("fetches nothing, where objects are missing, by a command that the repository names", async () => {
      const commit = commitAll();
      git("mv", "train/penguins.js", "train/cars.js");
      git("config", "extensions.partialClone", "origin");
      git("config", "core.repositoryFormatVersion", "1");
      git("config", "remote.origin.promisor", "true");
      git("config", "remote.origin.url", "ext::sh -c '${command()}'".replace("${command()}", command()));
      git("config", "protocol.ext.allow", "always");
      git("config", "status.renames", "true");
      rmSync(join(folder, ".git", "objects", commit.slice(0, 2), commit.slice(2)));
      await runEnvironment({ source: script, env });
      expect(ran()).toBe(false);
    });
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
