import { inParallel } from "../store/in-parallel.js";
import { NotPlainFile } from "../store/plain-file.js";
import type { Store, StoreFile } from "../store/store.js";
import { codeOf, isError } from "../tracking-error.js";
import { type ArtifactPlace, isOwn, refuseOwn } from "./artifact-place.js";
import { judgeTables, tablesOf } from "./judged-tables.js";
import { doesNotExist, invalidParameter } from "./mlflow-error.js";
import type { Mlflow } from "./open-mlflow.js";
import { refuseGone } from "./runs.js";

/** What lies in a folder of artifacts. */
export interface ListedArtifact {
  name: string;
  /** In bytes; undefined for a folder. */
  size: number | undefined;
}

const atOnce = 8;
const mostTries = 20;
const partSize = 2 ** 20;

/** What lies in a folder, by name; nothing where there is a file or nothing. */
export async function listFolder(
  store: Store,
  { folder, path }: Pick<ArtifactPlace, "folder" | "path">,
): Promise<ListedArtifact[]> {
  const at = joined(folder, path);
  const found = new Map<string, number | undefined>();
  if (store.localPath) {
    const entries = await orElse(() => store.list(at), []);
    await inParallel(entries, atOnce, async ({ name, kind }) => {
      if (kind === "file") {
        const file = await orElse(() => store.stat(`${at}/${name}`), undefined);
        if (file) found.set(name, file.size);
      } else if (kind === "folder" && (await hasFiles(store, `${at}/${name}`))) found.set(name, undefined);
    });
  } else {
    // One request for each 1,000 files, where a look at each would be one a file.
    for await (const { path: each, size } of store.listFiles(at)) {
      const [name = "", ...below] = each.slice(at.length + 1).split("/");
      found.set(name, below.length > 0 ? undefined : size);
    }
  }
  return [...found].map(([name, size]) => ({ name, size })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws MlflowError RESOURCE_DOES_NOT_EXIST */
export async function findArtifact(store: Store, { folder, path }: ArtifactPlace): Promise<StoreFile> {
  const found = path === "" ? undefined : await fileAt(store, folder, path);
  if (!found) throw doesNotExist(`No such artifact: '${path.slice(0, 200)}'`);
  return found;
}

/**
 * Keeps an artifact in the place of a former one; durable when this returns. Where the content breaks off, the
 * former one stays.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export async function keepArtifact(
  mlflow: Mlflow,
  place: ArtifactPlace,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { store, runs } = mlflow;
  const { folder, path, run } = place;
  if (path === "") throw invalidParameter("Invalid path: it names no file");
  refuseOwn(place);
  if (run) refuseGone(run);
  await refuseBelowFile(store, folder, path);
  const file = joined(folder, path);
  if (await hasFiles(store, file)) throw isFolder(path);
  let bytes = 0;
  const counted = async function* () {
    for await (const part of inLargerParts(content)) {
      bytes += part.length;
      yield part;
    }
  };
  try {
    await store.create(file, counted(), { replacing: true });
  } catch (error) {
    if (isError(error) && codeOf(error.cause) === "EISDIR") throw isFolder(path); // whose files were removed
    throw error;
  }
  if (!run) return;
  await runs.logArtifact(run, path, bytes);
  if (run.record.status !== "running" && tablesOf(run).includes(path)) await judgeTables(mlflow, run);
}

function isFolder(path: string): Error {
  return invalidParameter(`Invalid path: ${path} is a folder of artifacts; give another path`);
}

/** A connection brings small pieces; a disk is written faster by large ones. */
async function* inLargerParts(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let part: Uint8Array[] = [];
  let size = 0;
  for await (const piece of content) {
    part.push(piece);
    size += piece.length;
    if (size < partSize) continue;
    yield Buffer.concat(part, size);
    part = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(part, size);
}

/** Removes a file, or every file of a folder but those that a run recorded by itself. */
export async function removeArtifacts(store: Store, place: ArtifactPlace): Promise<void> {
  refuseOwn(place);
  const { folder, path, run } = place;
  if (path !== "" && (await removed(store, folder, path))) return;
  const at = joined(folder, path);
  const files: string[] = [];
  await orElse(async () => {
    for await (const file of store.listFiles(at)) files.push(file.path.slice(folder.length + 1));
  }, undefined);
  const own = files.filter((each) => !run || !isOwn(each));
  await inParallel(own, atOnce, async (each) => void (await removed(store, folder, each)));
}

/** Removes a file, whoever writes it meanwhile. @returns whether there was one */
async function removed(store: Store, folder: string, path: string): Promise<boolean> {
  for (let tries = 0; tries < mostTries; tries++) {
    const file = await fileAt(store, folder, path);
    if (!file) return tries > 0;
    const outcome = await store.removeIfUnchanged(joined(folder, path), file.version);
    if (outcome !== "changed") return true;
  }
  throw invalidParameter(`cannot remove ${path}: it was written again and again meanwhile`);
}

/** The bytes of a file in parts; an error where it is another file by the last of them. */
export async function* artifactBytes(
  store: Store,
  place: ArtifactPlace,
  { version }: StoreFile,
  { start, end }: { start: number; end: number },
): AsyncGenerator<Uint8Array> {
  const file = joined(place.folder, place.path);
  for (let at = start; at < end; ) {
    const part = await store.readRange(file, at, Math.min(at + partSize, end));
    at += part.length;
    // A part of one version and a part of another are no file that anybody kept.
    const isSame =
      part.length > 0 && (at < end || (await fileAt(store, place.folder, place.path))?.version === version);
    if (!isSame) throw new Error(`${file} was written while it was read`);
    yield part;
  }
}

/** A file; undefined where there is a folder or nothing. */
async function fileAt(store: Store, folder: string, path: string): Promise<StoreFile | undefined> {
  const file = joined(folder, path);
  const found = await orElse(() => store.stat(file), undefined);
  if (found || store.localPath) return found;
  // A bucket says of a file without a byte that there is none, but lists it.
  for await (const { path: each, ...listed } of store.listFiles(file.slice(0, file.lastIndexOf("/")))) {
    if (each === file) return listed;
  }
  return undefined;
}

/**
 * A folder of a disk cannot be where a file is, so that no store has an artifact below another one.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
async function refuseBelowFile(store: Store, folder: string, path: string): Promise<void> {
  const names = path.split("/").slice(0, -1);
  const above = names.map((_, i) => names.slice(0, i + 1).join("/"));
  await inParallel(above, atOnce, async (each) => {
    if (await orElse(() => store.stat(joined(folder, each)), undefined)) {
      throw invalidParameter(`Invalid path: ${each} is an artifact, so that none can lie below it`);
    }
  });
}

async function hasFiles(store: Store, folder: string): Promise<boolean> {
  return orElse(async () => {
    for await (const _ of store.listFiles(folder)) return true;
    return false;
  }, false);
}

/** What a store says; `other` where there is a folder in a file's place, or a file in a folder's. */
async function orElse<T>(ask: () => Promise<T>, other: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const cause = isError(error) ? error.cause : undefined;
    if (cause instanceof NotPlainFile || codeOf(cause) === "ENOTDIR") return other;
    throw error;
  }
}

function joined(folder: string, path: string): string {
  return path === "" ? folder : `${folder}/${path}`;
}
