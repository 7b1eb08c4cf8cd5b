import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { artifactFolder, artifactPath } from "../run/artifact-path.js";
import type { RunRecord } from "../run/run-record.js";
import { nameAddress } from "../spool/run-spool.js";
import type { Store } from "../store/store.js";
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
    await keep(live, path, () => [source]);
    said(live, path, source.length);
    return { path, bytes: source.length, files: 1 };
  }
  const found = await statOf(source);
  const path = artifactPath(given ?? basename(source));
  const files = found.isDirectory()
    ? await filesOf(source, path)
    : [{ file: source, path, bytes: found.size }];
  for (const each of files) {
    await keep(live, each.path, () => createReadStream(each.file));
    said(live, each.path, each.bytes);
  }
  return { path, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files: files.length };
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
    await nameAddress(spool, store.address);
    await keepFile(spool, run, path, content);
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

/** Every file below a folder with the path that it gets; links are followed by nobody. */
async function filesOf(folder: string, path: string) {
  const files: { file: string; path: string; bytes: number }[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const below = relative(folder, file).split(sep).join("/");
    files.push({ file, path: artifactPath(`${path}/${below}`), bytes: (await stat(file)).size });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
