import { setTimeout as sleep } from "node:timers/promises";
import type { FoundAnnotations } from "../../annotations/read-annotations.js";
import type { Store } from "../../store/store.js";
import { TrackingError } from "../../tracking-error.js";
import type { LogShape } from "../../tracking-log/log-shape.js";
import { type LogListing, lookAtProject } from "../../tracking-log/look-at-logs.js";
import { logOf } from "../logs/log-of.js";
import { copyState, type FileState, type ProjectState, saveState } from "../project-state.js";
import { createProjectTables } from "../schema.js";
import { digestOf, type FileChanges, type FileNow, findChanges } from "./file-changes.js";
import { foldAddedScores } from "./fold-added-scores.js";
import { emptyTrash, foldAnnotations } from "./fold-annotations.js";
import { takeFilesOut } from "./leave-duplicates-out.js";
import { readAhead } from "./read-ahead.js";
import { type NewPart, type ReadContext, readFiles } from "./read-files.js";
import { tornTail } from "./read-new-lines.js";
import { recountNames } from "./recount-names.js";
import { summarize } from "./summarize.js";

/** What a refresh of one project did; `state` is what the catalog holds now. */
export interface ProjectRefresh {
  state: ProjectState;
  filesRead: number;
  filesRemoved: number;
}

export interface ProjectContext extends Omit<ReadContext, "onBatch"> {
  /** What was said of the project and its experiments. */
  said: FoundAnnotations;
  /** The project's log files as the look at the store has them. */
  files: () => Promise<LogListing>;
  onFiles: (files: number, bytes: number) => void;
  onFileRead: () => void;
  /** Called as soon as a new state can be queried. */
  onState: (state: ProjectState) => void;
  nextGeneration: () => number;
}

const mostTries = 30;

/**
 * Brings one project up to its log, in one transaction: queries see all of it or nothing. Only what
 * is large comes in batches, each of which is committed.
 * @param before what the catalog holds; for a new project, nothing but its id and name
 * @returns undefined where nothing changed
 */
export async function refreshProject(
  context: ProjectContext,
  before: ProjectState,
  isNew: boolean,
): Promise<ProjectRefresh | undefined> {
  const { store, session } = context;
  let committed: Committed = { state: before, isNew };
  const commit = async (project: ProjectState) => {
    project.generation = context.nextGeneration();
    project.rowsChanged = false;
    await saveState(session, project, committed.isNew ? undefined : committed.state);
    await session.run("COMMIT");
    committed = { state: copyState(project), isNew: false };
    context.onState(committed.state);
  };
  for (let tries = 0; ; tries++) {
    const listed =
      tries === 0 ? await context.files() : await lookAtProject(store, before.name, logOf(before).shape);
    if (listed) {
      const { state } = committed;
      const near = store.localPath ? store : readAhead(store, listed, new Set(state.files.keys()));
      const changes = await findChanges(near, before.name, state, listed);
      const isSame = changes.grown.length + changes.rewritten.length + changes.removed.length === 0;
      if (isSame && state.saidVersion === context.said.version) return undefined;
      await session.run("BEGIN");
      try {
        if (isSame) return await applyAnnotations(context, committed, commit);
        return await applyChanges({ ...context, store: near }, committed, changes, commit);
      } catch (error) {
        await session.run("ROLLBACK").catch(() => {}); // the first error is the one to tell
        if (tries >= mostTries || !(await anyGone(store, changes.files))) throw error;
      }
    }
    if (tries >= mostTries) throw neverStill(store, before);
    if (tries > 2) await sleep(10);
  }
}

/** What the catalog holds of a project; of a new one nothing yet. */
interface Committed {
  state: ProjectState;
  isNew: boolean;
}

/**
 * Listed, then gone: a repair has put the rows into another file, so that the listing has to be made again.
 */
async function anyGone(store: Store, files: readonly FileNow[]): Promise<boolean> {
  for (const { path } of files) {
    if (!(await store.stat(path))) return true;
  }
  return false;
}

function neverStill(store: Store, project: ProjectState): TrackingError {
  const { folder } = logOf(project).shape;
  return new TrackingError(
    "STORE_NOT_READABLE",
    `the log in ${folder}/${project.name} in the store ${store.address} lists files that are not there; look at its folder`,
  );
}

/** Where the log is what it was. */
async function applyAnnotations(
  { session, said }: ProjectContext,
  { state }: Committed,
  commit: (project: ProjectState) => Promise<void>,
): Promise<ProjectRefresh> {
  const project = copyState(state);
  await foldAnnotations(session, project, said);
  await foldAddedScores(session, project, said, false);
  project.saidVersion = said.version;
  await summarize(session, project);
  await commit(project);
  return { state: project, filesRead: 0, filesRemoved: 0 };
}

async function applyChanges(
  context: ProjectContext,
  { state, isNew }: Committed,
  { files, grown, rewritten, removed }: FileChanges,
  commit: (project: ProjectState) => Promise<void>,
): Promise<ProjectRefresh> {
  const { session } = context;
  const project = copyState(state);
  if (isNew) await createProjectTables(session, project);
  await emptyTrash(session, project);

  const gone = [...removed, ...rewritten.map(({ path }) => project.files.get(path) as FileState)];
  const alsoGone = new Set(
    await takeFilesOut(
      session,
      project,
      gone.map(({ id }) => id),
    ),
  );
  const again = files.filter(({ path }) => alsoGone.has(project.files.get(path)?.id ?? -1));
  for (const { path } of [...removed, ...rewritten, ...again]) project.files.delete(path);

  const wanted = new Set([...grown, ...rewritten, ...again].map(({ path }) => path));
  const parts = files
    .filter(({ path }) => wanted.has(path))
    .map((now): NewPart => ({ now, file: fileOf(project, now) }));
  context.onFiles(
    parts.length,
    parts.reduce((sum, { file, now }) => sum + now.size - file.offset, 0),
  );
  const unfinished = new Set(parts);
  const conclude = async (read: Iterable<NewPart>, rowsLeft: boolean) => {
    for (const part of read) {
      if (unfinished.delete(part)) await finish(context, logOf(project).shape, part);
    }
    if (gone.length > 0 || rowsLeft) await recountNames(session, project);
    await foldAnnotations(session, project, context.said);
    await foldAddedScores(session, project, context.said, gone.length > 0 || rowsLeft);
    project.saidVersion = context.said.version;
    await summarize(session, project);
    await commit(project);
  };
  const onBatch = async (read: readonly NewPart[], left: boolean) => {
    await conclude(read, left);
    await session.run("BEGIN");
    await emptyTrash(session, project);
  };
  const rowsLeft = await readFiles({ ...context, onBatch }, project, parts);
  await conclude(parts, rowsLeft);
  return { state: project, filesRead: parts.length, filesRemoved: removed.length };
}

function fileOf(project: ProjectState, { path, place }: FileNow): FileState {
  const known = project.files.get(path);
  if (known) {
    known.problems = known.problems.filter(({ line }) => line <= known.lines);
    return known;
  }
  const file: FileState = {
    id: project.nextFile,
    path,
    place,
    version: "",
    size: 0,
    identity: "",
    headerLength: 0,
    offset: 0,
    lines: 0,
    digest: "",
    problems: [],
  };
  project.nextFile += 1;
  project.files.set(path, file);
  return file;
}

/** Remembers how far a file was read, and why what stands after its last line break is no row. */
async function finish(
  { store, onFileRead }: ProjectContext,
  log: LogShape,
  { file, now }: NewPart,
): Promise<void> {
  file.version = now.version;
  file.size = now.size;
  file.identity = now.identity;
  file.digest = await digestOf(store, file.path, file);
  const header = await store.readRange(file.path, 0, file.headerLength);
  const torn = await tornTail(store, file.path, header, file, log);
  if (torn) file.problems.push(torn);
  onFileRead();
}
