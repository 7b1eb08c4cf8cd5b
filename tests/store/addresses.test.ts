import { execFile } from "node:child_process";
import { mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";

import { cacheFolder } from "../../src/duckdb/cache-folder.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { spoolFolders } from "../../src/spool/spool-folders.js";
import { folderPath } from "../../src/store/folder-path.js";
import { makeFolders } from "../../src/store/make-folders.js";
import { openStore } from "../../src/store/open-store.js";
import { TrackingError } from "../../src/tracking-error.js";
import { mlTracking, projectRoot } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const run = promisify(execFile);
const predictions = "sample_id,y_true,y_pred\n1,yes,yes\n2,no,yes\n";
const flags = ["--kind", "classification", "--project", "p", "--dataset-uri", "d", "--target-column", "t"];

describe("the path of a folder", () => {
  it("may start from the home folder, in a call, on the command line and in a variable", async () => {
    const home = await temporaryFolder();
    const file = join(home, "predictions.csv");
    await writeFile(file, predictions);
    const atHome = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
      mlTracking(args, { cwd: home, env: { HOME: home, USERPROFILE: home, ...env } });
    const log = ["log", "~/predictions.csv", ...flags, "--model", "M"];
    expect((await atHome([...log, "--store", "~/by-flag"])).status).toBe(0);
    expect((await atHome(log, { ML_TRACKING_STORE: "~/by-variable" })).status).toBe(0);
    expect((await atHome(["export", "p", "--store", "~/by-flag", "--output", "~/out.csv"])).status).toBe(0);
    expect((await readdir(home)).sort()).toEqual(["by-flag", "by-variable", "out.csv", "predictions.csv"]);
    expect(openStore("~/x").address).toBe(join(homedir(), "x"));
    expect(folderPath("~", "store")).toBe(homedir());
  });

  it("of a spool or a cache follows the same rules", () => {
    const place = { platform: "linux", home: "/home/ann", temporary: "/tmp", user: "ann" } as const;
    expect(spoolFolders({ ...place, environment: { ML_TRACKING_SPOOL: "~/s" } }).usual).toBe(
      join(homedir(), "s"),
    );
    expect(cacheFolder("~/c")).toBe(join(homedir(), "c"));
    for (const wrong of ["$HOME/x", "file:/x", "~ann/x"]) {
      expect(() => spoolFolders({ ...place, environment: { ML_TRACKING_SPOOL: wrong } })).toThrow(
        TrackingError,
      );
      expect(() => cacheFolder(undefined, { ...place, environment: { ML_TRACKING_CACHE: wrong } })).toThrow(
        /^ML_TRACKING_CACHE is /,
      );
    }
  });

  it("that names a spool wrongly is refused before anything is written", async () => {
    const store = await temporaryFolder();
    vi.stubEnv("ML_TRACKING_SPOOL", "$HOME/spool");
    try {
      await expect(logExperiment(smallClassification(store))).rejects.toThrow(
        "with the variable $HOME in it",
      );
    } finally {
      vi.unstubAllEnvs();
    }
    expect(await readdir(store)).toEqual([]);
  });

  it("may start at a drive of Windows there, and is refused elsewhere, where it would be a name in the current folder", () => {
    const opened = (path: string) => () => isAbsolute(openStore(path).address);
    if (process.platform === "win32") {
      expect(opened("C:\\Users\\ann")()).toBe(true);
      return;
    }
    expect(opened("C:\\Users\\ann")).toThrow("in WSL write /mnt/c/Users/ann");
    expect(opened("d:/experiments")).toThrow("in WSL write /mnt/d/experiments");
    expect(opened("\\\\server\\share")).toThrow("give the folder that it is mounted at");
  });

  it("may have a colon or a tilde inside, or a folder of such a name above it", async () => {
    for (const path of ["run:1", "a~b", "./~ann", "100%"]) {
      expect(isAbsolute(openStore(path).address)).toBe(true);
    }
    const odd = join(await temporaryFolder(), "$odd", "store");
    expect(() => openStore(odd)).toThrow("with the variable $odd in it");
    await mkdir(join(odd, ".."));
    expect(openStore(odd).address).toBe(odd);
  });
});

describe.skipIf(process.platform !== "linux")("a place where no folder can be made", () => {
  const nowhere = "/proc/nowhere/at/all";

  it("fails at once, where Node.js would try for ever, and makes nothing", async () => {
    await expect(makeFolders(nowhere)).rejects.toMatchObject({ code: "ENOENT" });
    const folder = await temporaryFolder();
    await symlink(join(folder, "nothing"), join(folder, "link"));
    await expect(makeFolders(join(folder, "link", "below"))).rejects.toMatchObject({ code: "EEXIST" });
    await writeFile(join(folder, "file"), "");
    await expect(makeFolders(join(folder, "file", "below"))).rejects.toMatchObject({ code: "ENOTDIR" });
    expect(await makeFolders(join(folder, "a", "b"))).toBe(join(folder, "a"));
    expect(await makeFolders(join(folder, "a", "b"))).toBeUndefined();
  });

  it("as a store goes to the spool, as a spool to the temporary files, as a cache to an error", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "predictions.csv");
    await writeFile(file, predictions);
    const log = ["log", file, ...flags, "--model", "M", "--store", nowhere];
    const env = { ML_TRACKING_SPOOL: nowhere, TMPDIR: folder };
    const kept = await mlTracking(log, { env: { ...env, ML_TRACKING_SPOOL: join(folder, "spool") } });
    expect(`${kept.status} ${kept.talk}`).toContain(`0 warning: NOT STORED`);
    const hurried = await mlTracking(log, { env });
    expect(`${hurried.status} ${hurried.talk}`).toContain("which is among the temporary files");
    const strict = await mlTracking([...log, "--strict"], { env });
    expect(`${strict.status} ${strict.talk}`).toContain("1 error: cannot write");
    const shown = await mlTracking(["dashboard", "--port", "0", "--store", folder], {
      env: { ...env, ML_TRACKING_CACHE: nowhere },
    });
    expect(`${shown.status} ${shown.talk}`).toContain("error: ");
  });
});

describe.skipIf(process.platform !== "linux")("a current folder that was removed", () => {
  it("does not matter: an absolute store is written, and a relative one where the folder was", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "predictions.csv");
    await writeFile(file, predictions);
    for (const store of [undefined, "relative", join(folder, "absolute")]) {
      const gone = join(folder, "gone");
      await mkdir(gone);
      const log = ["log", file, ...flags, "--model", "M", ...(store === undefined ? [] : ["--store", store])];
      const inGone = [
        "-c",
        'rmdir "$PWD" && exec "$@"',
        "sh",
        process.execPath,
        join(projectRoot, "dist/cli.js"),
      ];
      const { stdout } = await run("/bin/sh", [...inGone, ...log], { cwd: gone });
      const place = store?.startsWith("/") ? store : join(gone, store ?? "ml-tracking");
      expect(stdout).toContain(`tracking log    ${place}/tracking/p/`);
      await rm(gone, { recursive: true, force: true });
    }
  });
});
