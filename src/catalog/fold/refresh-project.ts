import { setTimeout as sleep } from "node:timers/promises";

import type { Store } from "../../store/store.js";
import { TrackingError } from "../../tracking-error.js";
import { copyState, type FileState, type ProjectState, saveState } from "../project-state.js";
import { createProjectTables } from "../schema.js";
import type { Session } from "../session.js";
import { digestOf, type FileChanges, type FileNow, findChanges } from "./file-changes.js";
import { takeFilesOut } from "./leave-duplicates-out.js";
import { type NewPart, type ReadContext, readFiles } from "./read-files.js";
import { tornTail } from "./read-new-lines.js";
import { recountNames } from "./recount-names.js";

/** What a refresh of one project did; `state` is what the catalog holds now. */
export interface ProjectRefresh {
  state: ProjectState;
  filesRead: number;
  filesRemoved: number;
}

export interface ProjectContext extends ReadContext {
  onFiles: (files: number, bytes: number) => void;
  onFileRead: () => void;
  nextGeneration: () => number;
}

const mostTries = 30;

/**
 * Brings one project up to its tracking log, in one transaction: queries see all of it or nothing.
 * @param before what the catalog holds; for a new project, nothing but its id and name
 * @returns undefined where nothing changed
 */
export async function refreshProject(
  context: ProjectContext,
  before: ProjectState,
  isNew: boolean,
): Promise<ProjectRefresh | undefined> {
  const { store, session } = context;
  for (let tries = 0; ; tries++) {
    const changes = await findChanges(store, before.name, before);
    if (changes) {
      const { files, grown, rewritten, removed } = changes;
      if (grown.length + rewritten.length + removed.length === 0) return undefined;
      await session.run("BEGIN");
      try {
        const refreshed = await applyChanges(context, before, isNew, changes);
        await session.run("COMMIT");
        return refreshed;
      } catch (error) {
        await session.run("ROLLBACK").catch(() => {}); // the first error is the one to tell
        if (tries >= mostTries || !(await anyGone(store, files))) throw error;
      }
    }
    if (tries >= mostTries) throw neverStill(store, before.name);
    if (tries > 2) await sleep(10);
  }
}

/** Listed, then gone: a repair has put the rows into another file, so that the listing has to be made again. */
async function anyGone(store: Store, files: readonly FileNow[]): Promise<boolean> {
  for (const { path } of files) {
    if (!(await store.stat(path))) return true;
  }
  return false;
}

function neverStill(store: Store, project: string): TrackingError {
  return new TrackingError(
    "STORE_NOT_READABLE",
    `the tracking log of project ${project} in the store ${store.address} lists files that are not there; look at its folder`,
  );
}

async function applyChanges(
  context: ProjectContext,
  before: ProjectState,
  isNew: boolean,
  { files, grown, rewritten, removed }: FileChanges,
): Promise<ProjectRefresh> {
  const { session } = context;
  const project = copyState(before);
  if (isNew) await createProjectTables(session, project);

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
  const rowsLeft = await readFiles(context, project, parts);
  for (const part of parts) {
    await finish(context, part);
    context.onFileRead();
  }
  if (gone.length > 0 || rowsLeft) await recountNames(session, project);
  await summarize(session, project);
  project.generation = context.nextGeneration();
  await saveState(session, project, isNew ? undefined : before);
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
async function finish({ store }: ProjectContext, { file, now }: NewPart): Promise<void> {
  file.version = now.version;
  file.size = now.size;
  file.identity = now.identity;
  file.digest = await digestOf(store, file.path, file);
  const header = await store.readRange(file.path, 0, file.headerLength);
  const torn = await tornTail(store, file.path, header, file);
  if (torn) file.problems.push(torn);
}

async function summarize(session: Session, project: ProjectState): Promise<void> {
  const [answer] = await session.rows(
    `SELECT count(*), max(c_logged_at), list_sort(list(DISTINCT c_kind)) FROM ${project.table}`,
  );
  const [experiments, lastLoggedAt, kinds] = answer as [number, number | null, string[] | null];
  project.experiments = experiments;
  project.lastLoggedAt = lastLoggedAt;
  project.kinds = kinds ?? [];
}
