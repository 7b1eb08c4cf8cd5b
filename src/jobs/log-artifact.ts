import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { artifactFolder, artifactPath } from "../run/artifact-path.js";
import type { RunRecord } from "../run/run-record.js";
import { nameAddress } from "../spool/run-spool.js";
import type { Store, StoreFile } from "../store/store.js";
import { isStoreFailure } from "../store/store-failure.js";
import { codeOf, messageOf, TrackingError } from "../tracking-error.js";
import type { LiveRun } from "./live-run.js";

/** What was kept of a call. */
export interface KeptArtifact {
  /** Below the run's folder of artifacts. */
  path: string;
  bytes: number;
  files: number;
}

const mostTries = 20;

/**
 * Keeps a file, or all files of a folder, with a run; durable when this returns. A file of that path which was
 * kept before is replaced.
 * @param source the path of a file or folder, or the content
 * @param given the artifact's path; by default the name of the file or folder
 * @throws TrackingError INVALID_ARGUMENT, STORE_NOT_WRITABLE
 */
export async function logArtifact(
  live: Pick<LiveRun, "run" | "store" | "spool" | "add">,
  source: string | Uint8Array,
  given?: string,
): Promise<KeptArtifact> {
  if (typeof source !== "string") {
    if (given === undefined) {
      throw new TrackingError(
        "MISSING_ARGUMENT",
        "missing argument: path; name the artifact that has these bytes",
      );
    }
    const path = artifactPath(given);
    await refuseBelowFiles(live, [path]);
    await keep(live, path, () => [source]);
    said(live, path, source.length);
    return { path, bytes: source.length, files: 1 };
  }
  const found = await statOf(source);
  const path = artifactPath(given ?? basename(source));
  const files = found.isDirectory()
    ? await filesOf(source, path)
    : [{ file: source, path, bytes: found.size }];
  await refuseBelowFiles(
    live,
    files.map((each) => each.path),
  );
  for (const each of files) {
    await keep(live, each.path, () => createReadStream(each.file));
    said(live, each.path, each.bytes);
  }
  return { path, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files: files.length };
}

/**
 * A folder of a disk cannot be where a file is, so that no store has an artifact below another one.
 * @throws TrackingError INVALID_ARGUMENT
 */
async function refuseBelowFiles(
  { run, store }: Pick<LiveRun, "run" | "store">,
  paths: readonly string[],
): Promise<void> {
  const folder = artifactFolder(run.project, run.runId);
  const above = new Set(paths.flatMap((path) => foldersAbove(path)));
  for (const each of above) {
    let found: StoreFile | undefined;
    try {
      found = await store.stat(`${folder}/${each}`);
    } catch {
      continue; // a folder, or a store that fails: then the file is spooled
    }
    if (found) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `the artifact's path is ${JSON.stringify(paths.find((path) => path.startsWith(`${each}/`)))}, but ${JSON.stringify(each)} is a file of the run ${run.runId}; give another path`,
      );
    }
  }
}

function foldersAbove(path: string): string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, i) => names.slice(0, i + 1).join("/"));
}

/** In the store, or where that fails in the spool. */
async function keep(
  { run, store, spool }: Pick<LiveRun, "run" | "store" | "spool">,
  path: string,
  content: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    await keepFile(store, run, path, content);
  } catch (error) {
    if (!isStoreFailure(error)) throw error;
    if (await isFolder(store, `${artifactFolder(run.project, run.runId)}/${path}`)) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `the artifact's path is ${JSON.stringify(path)}, but that is a folder of artifacts of the run ${run.runId}; give another path`,
      );
    }
    await nameAddress(spool, store.address);
    await keepFile(spool, run, path, content);
  }
}

async function isFolder(store: Store, path: string): Promise<boolean> {
  try {
    return (await store.list(path)).length > 0;
  } catch {
    return false; // the store fails
  }
}

function said(live: Pick<LiveRun, "add">, path: string, bytes: number): void {
  live.add([{ kind: "artifact", time: Date.now(), key: path.slice(0, 250), value: bytes }]);
}

/** Puts a file in the place of one that is there. */
export async function keepFile(
  store: Store,
  { project, runId }: Pick<RunRecord, "project" | "runId">,
  path: string,
  content: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const target = `${artifactFolder(project, runId)}/${path}`;
  for (let tries = 0; tries < mostTries; tries++) {
    if ((await store.create(target, content())) === "created") return;
    const before = await store.stat(target);
    if (before) await store.removeIfUnchanged(target, before.version);
  }
  throw new TrackingError(
    "STORE_NOT_WRITABLE",
    `cannot keep the artifact ${path} in the store ${store.address}: ${mostTries} tries met others that write it`,
  );
}

async function statOf(source: string) {
  try {
    const found = await stat(source);
    if (found.isFile() || found.isDirectory()) return found;
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `artifact is ${JSON.stringify(source)}, and there is no such file or folder`,
      );
    }
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `artifact is ${JSON.stringify(source)}, which cannot be read: ${messageOf(error)}`,
    );
  }
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `artifact is ${JSON.stringify(source)}, neither a file nor a folder`,
  );
}

/** Every file below a folder with the path that it gets, those behind links too; no folder is gone into twice. */
async function filesOf(folder: string, path: string) {
  const files: { file: string; path: string; bytes: number }[] = [];
  const goInto = async (at: string, below: string, above: readonly string[]): Promise<void> => {
    const real = await realpath(at);
    if (above.includes(real)) return; // a link to a folder that it lies in
    for (const { name } of await readdir(at, { withFileTypes: true })) {
      const file = join(at, name);
      const found = await stat(file).catch((error: unknown) => {
        if (codeOf(error) === "ENOENT") return undefined; // a link to nothing, or removed meanwhile
        throw error;
      });
      if (found?.isDirectory()) await goInto(file, `${below}/${name}`, [...above, real]);
      else if (found?.isFile())
        files.push({ file, path: artifactPath(`${below}/${name}`), bytes: found.size });
    }
  };
  await goInto(folder, path, []);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
