import { spawn } from "node:child_process";
import { chmod, chown, lstat, mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { folderStore } from "../../src/store/folder-store.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const script = fileURLToPath(new URL("../spool/log-one.mjs", import.meta.url));
const isRoot = process.getuid?.() === 0;
const [ann, bob, team] = [61_001, 61_002, 61_900];

/**
 * Logs an experiment as another user, a member of the team, with that user's umask. @returns its id, or what
 * went wrong
 */
function logAs(uid: number, store: string, umask: string): Promise<string> {
  return new Promise((resolve) => {
    const become = `process.umask(0o${umask});process.setgroups([${team}]);process.setgid(${uid});process.setuid(${uid})`;
    const child = spawn(process.execPath, ["--import", `data:text/javascript,${become}`, script, store], {
      env: { ...process.env, HOME: "/nonexistent", ML_TRACKING_SPOOL: join(store, "..", "no spool") },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.on("close", () => resolve(said.trim()));
  });
}

async function everything(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.map((entry) => join(entry.parentPath, entry.name));
}

const modeOf = async (path: string) => (await lstat(path)).mode & 0o7777;

describe.skipIf(process.platform === "win32")("a store's folder", () => {
  it.skipIf(!isRoot).each(["077", "022"])(
    "that a team shares takes each member's rows into the same files, whoever came first (umask %s)",
    async (umask) => {
      const place = await temporaryFolder();
      await chmod(place, 0o755);
      const store = join(place, "team");
      await mkdir(store);
      await chown(store, 0, team);
      await chmod(store, 0o2775);
      const ids = [
        await logAs(ann, store, umask),
        await logAs(bob, store, umask),
        await logAs(ann, store, umask),
      ];
      const { experiments } = await readExperiments("killed", { store });
      expect(experiments.map(({ predictionId }) => predictionId)).toEqual(ids);
      expect(await readdir(join(store, "tracking", "killed"))).toHaveLength(1);
      const owners = new Set<number>();
      for (const path of await everything(store)) {
        const { uid, gid, mode } = await stat(path);
        owners.add(uid);
        expect({ path, gid }).toEqual({ path, gid: team });
        expect({ path, writable: (mode & 0o020) !== 0 }).toEqual({ path, writable: true });
      }
      expect(owners).toEqual(new Set([ann, bob]));
      expect((await verifyStore({ store })).findings).toEqual([]);
    },
  );

  it.each([
    [0o2775, 0o2775, 0o664],
    [0o700, 0o700, 0o600],
    [0o755, 0o755, 0o644],
  ])("of mode %o has folders and files of the same, whatever the umask", async (mode, folders, files) => {
    const store = await temporaryFolder();
    await chmod(store, mode);
    const before = process.umask(0o027);
    try {
      await logExperiment(smallClassification(store));
    } finally {
      process.umask(before);
    }
    for (const path of await everything(store)) {
      const wanted = (await lstat(path)).isDirectory() ? folders : files;
      expect({ path, mode: await modeOf(path) }).toEqual({ path, mode: wanted });
    }
  });

  it("that is private shows nobody what is written there", async () => {
    const place = await temporaryFolder();
    await chmod(place, 0o777);
    const root = join(place, "spool");
    await folderStore(root, { isPrivate: true }).create("a/b", [Buffer.from("text")]);
    expect(await modeOf(root)).toBe(0o700);
    expect(await modeOf(join(root, "a"))).toBe(0o700);
    expect(await modeOf(join(root, "a", "b"))).toBe(0o600);
  });
});
