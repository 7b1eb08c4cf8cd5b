import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";

import type { ExperimentInput } from "../../src/experiment/input/experiment-input.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { deliver } from "../../src/spool/deliver.js";
import { foldersToDeliver } from "../../src/spool/spool-folders.js";
import { openStore } from "../../src/store/open-store.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** A store that fails until it is mended, and a spool of the test's own. */
export interface Outage {
  store: string;
  /** The folders of the spool: the usual one, and the one among the temporary files. */
  spool: { usual: string; temporary: string };
  /** What a child process needs to use that spool. */
  env: NodeJS.ProcessEnv;
  /** What `logExperiment` needs to use that spool; what it warned of is kept. */
  world: { spoolFolders: () => { usual: string; temporary: string }; warn: (text: string) => void };
  warned: string[];
  /** Logs an experiment. */
  log: (input: (store: string) => ExperimentInput) => ReturnType<typeof logExperiment>;
  /** The store cannot be written from now on: a file is in its way. */
  fail: () => Promise<void>;
  mend: () => Promise<void>;
  deliver: () => ReturnType<typeof deliver>;
  /** Names of all files in the spool. */
  spooled: () => Promise<string[]>;
}

/** A store is reached through a folder, which is what fails. */
export async function outage(): Promise<Outage> {
  const folder = await temporaryFolder();
  const place = join(folder, "mounted");
  const away = join(folder, "away");
  const store = join(place, "store");
  await mkdir(place);
  const spool = {
    usual: join(folder, "spool"),
    temporary: join(folder, "tmp", `ml-tracking-spool-${userInfo().username}`),
  };
  await mkdir(join(folder, "tmp"));
  const warned: string[] = [];
  const world = { spoolFolders: () => spool, warn: (text: string) => void warned.push(text) };
  return {
    store,
    spool,
    env: { ML_TRACKING_SPOOL: spool.usual, TMPDIR: join(folder, "tmp") },
    world,
    warned,
    log: (input) => logExperiment(input(store), world),
    async fail() {
      await rename(place, away);
      await writeFile(place, "a file where the disk should be");
    },
    async mend() {
      await rm(place);
      await rename(away, place);
    },
    async deliver() {
      const folders = await foldersToDeliver(spool);
      return deliver(openStore(store), { folders, now: () => new Date() });
    },
    async spooled() {
      const names: string[] = [];
      for (const part of [spool.usual, spool.temporary]) {
        const entries = await readdir(part, { recursive: true, withFileTypes: true }).catch(() => []);
        names.push(...entries.filter((entry) => entry.isFile()).map(({ name }) => name));
      }
      return names;
    },
  };
}

/** The ids of all rows in the log files of a store, as often as they stand there. */
export async function rowIds(store: string): Promise<string[]> {
  const ids: string[] = [];
  const entries = await readdir(join(store, "tracking"), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  for (const entry of entries.filter((one) => one.isFile())) {
    const [header, ...rows] = (await readFile(join(entry.parentPath, entry.name), "utf8")).split("\n");
    if (!header?.startsWith("prediction_id,") || rows.pop() !== "") throw new Error(`${entry.name} is torn`);
    ids.push(...rows.map((row) => row.slice(0, 12)));
  }
  return ids.sort();
}

/** Throws unless the predictions of every experiment can be read. */
export async function readAll(store: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) await readExperiment(id, { store });
}
