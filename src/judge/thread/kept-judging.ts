import { createHash, randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { makeFolders } from "../../store/make-folders.js";
import type { Judging } from "./judging-thread.js";
import type { JudgedFile, TaskFiles, TaskName, TaskResult, TaskSettings } from "./tasks.js";

/** Small answers that took a look at every sample. */
const kept: ReadonlySet<TaskName> = new Set([
  "intervals",
  "addedIntervals",
  "comparison",
  "standingInterval",
  "standingDifference",
  "sharedSamples",
  "explanation",
]);

/** A result takes one to ten kilobytes. */
const mostFiles = 20_000;

/**
 * The same judging, whose results are kept in a folder of the cache: what was judged once is read the next
 * time, until the predictions, the settings or this program change. Whatever happens to the folder costs
 * time, and changes no answer.
 * @param program names the code that judges
 */
export function keptJudging(judging: Judging, folder: string, program: string): Judging {
  const pruned = prune(folder, mostFiles);
  return {
    async run<Name extends TaskName>(
      name: Name,
      files: TaskFiles<Name>,
      settings: TaskSettings<Name>,
      signal?: AbortSignal,
    ): Promise<TaskResult<Name>> {
      if (!kept.has(name)) return judging.run(name, files, settings, signal);
      const key = keyOf(program, name, [...(files as readonly JudgedFile[])], settings);
      const path = join(folder, key.slice(0, 2), `${key}.json`);
      const known = await readResult(path);
      if (known) return known.result as TaskResult<Name>;
      const result = await judging.run(name, files, settings, signal);
      await pruned;
      await writeResult(path, { result });
      return result;
    },
    close: () => judging.close(),
  };
}

/** Everything that a result depends on, or repeats. */
function keyOf(program: string, name: TaskName, files: readonly JudgedFile[], settings: unknown): string {
  const experiments = files.map(({ record, version }) => [
    version,
    record.predictionId,
    record.project,
    record.name,
    record.model,
    record.kind,
    record.samples,
    record.testSetDigest,
  ]);
  const ordered = Object.entries(settings ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([program, name, experiments, ordered]);
  return createHash("sha256").update(text).digest("hex").slice(0, 40);
}

/** A named pipe in the place of a result is empty, instead of being waited for. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Undefined where there is none, or it cannot be read. */
async function readResult(path: string): Promise<{ result: unknown } | undefined> {
  try {
    const found: unknown = JSON.parse(await readFile(path, { encoding: "utf8", flag: withoutWaiting }));
    return typeof found === "object" && found !== null && "result" in found ? found : undefined;
  } catch {
    return undefined; // judged anew, and written over
  }
}

async function writeResult(path: string, result: { result: unknown }): Promise<void> {
  const incoming = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await makeFolders(join(path, ".."), 0o700);
    await writeFile(incoming, JSON.stringify(result), { mode: 0o600 });
    await rename(incoming, path);
  } catch {
    await rm(incoming, { force: true }).catch(() => {}); // a full disk: the answer is there, it is only not kept
  }
}

/** Leaves half of too many: those that were judged last. */
async function prune(folder: string, most: number): Promise<void> {
  try {
    const names = await readdir(folder, { recursive: true });
    if (names.length <= most) return;
    const files: { path: string; written: number }[] = [];
    for (const name of names) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined); // another process removed it
      if (found?.isFile()) files.push({ path, written: found.mtimeMs });
    }
    files.sort((a, b) => b.written - a.written);
    for (const { path } of files.slice(most >> 1)) await rm(path, { force: true });
  } catch {
    // There is no such folder yet, or it cannot be read: then nothing is kept either.
  }
}
