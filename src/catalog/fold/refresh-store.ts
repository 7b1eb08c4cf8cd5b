import type { FoundAnnotations } from "../../annotations/read-annotations.js";
import type { Session } from "../../duckdb/session.js";
import type { RunFollower } from "../../history/follow-runs.js";
import type { Store } from "../../store/store.js";
import { TrackingError } from "../../tracking-error.js";
import { type LogLook, lookAtLogs, lookAtProject } from "../../tracking-log/look-at-logs.js";
import type { LogProblem } from "../../tracking-log/read-log.js";
import type { RefreshProgress } from "../catalog.js";
import type { CatalogLog } from "../logs/catalog-log.js";
import { catalogLogs } from "../logs/log-of.js";
import { deleteState, emptyState, type ProjectState } from "../project-state.js";
import { dropProjectTables, saveRefreshTime } from "../schema.js";
import { followRunning } from "./follow-running.js";
import type { SaidOf } from "./look-at-said.js";
import { refreshProject } from "./refresh-project.js";

export interface StoreContext {
  store: Store;
  session: Session;
  scratch: string;
  batchBytes: number;
  now: () => Date;
  follower: RunFollower;
  nextGeneration: () => number;
  /** An id that no project's tables have. */
  nextId: () => number;
  /** Gives what was said of a project, of its experiments and runs alike. */
  said: Promise<SaidOf>;
  onProgress: ((progress: RefreshProgress) => void) | undefined;
  /** Called as soon as a project's new state can be queried; with undefined where the project is gone. */
  onProject: (name: string, state: ProjectState | undefined) => void;
  /** Told what was said of a project, before its new state can be queried. */
  onAnnotations: (name: string, annotations: FoundAnnotations) => void;
}

export interface StoreRefresh {
  changed: boolean;
  filesRead: number;
  filesRemoved: number;
  bytesRead: number;
  /** Folders among the projects that are none, and events of runs that cannot be read. */
  odd: readonly LogProblem[];
}

/** From so many new bytes on, the database is put in order at once, so that opening it again is fast. */
const checkpointFrom = 2 ** 24;

/**
 * Brings every project up to one of the store's logs.
 * @param only the only project to look at, where it is given
 * @throws TrackingError STORE_NOT_READABLE; projects that were done before stay so
 */
export async function refreshStore(
  context: StoreContext,
  log: CatalogLog,
  states: readonly ProjectState[],
  only?: string,
): Promise<StoreRefresh> {
  const { store, session } = context;
  const [look, saidOf] = await Promise.all([
    only === undefined ? lookAtAll(store, log, states) : lookAtOne(store, log, only),
    context.said,
  ]);
  const names = look.projects;

  const progress: RefreshProgress = { filesRead: 0, filesToRead: 0, bytesRead: 0, bytesToRead: 0 };
  const tell = () => context.onProgress?.({ ...progress });
  const done: StoreRefresh = {
    changed: false,
    filesRead: 0,
    filesRemoved: 0,
    bytesRead: 0,
    odd: [...look.odd],
  };
  for (const name of names) {
    const before = states.find((state) => state.name === name);
    const said = await saidOf(name);
    context.onAnnotations(name, said);
    const refreshed = await refreshProject(
      {
        ...context,
        said,
        files: () => look.files(name),
        onFiles: (files, bytes) => {
          progress.filesToRead += files;
          progress.bytesToRead += bytes;
          tell();
        },
        onState: (state) => context.onProject(name, state),
        onFileRead: () => {
          progress.filesRead += 1;
          tell();
        },
        onBytes: (bytes) => {
          progress.bytesRead += bytes;
          tell();
        },
      },
      before ?? emptyState(log.of, context.nextId(), name),
      before === undefined,
    );
    const now = refreshed?.state ?? before;
    if (now?.of === "runs") {
      const { state, problems } = await followRunning(context, now);
      done.odd = [...done.odd, ...problems];
      if (state !== now) {
        done.changed = true;
        context.onProject(name, state);
      }
    }
    if (!refreshed) continue;
    done.changed = true;
    done.filesRead += refreshed.filesRead;
    done.filesRemoved += refreshed.filesRemoved;
    if (refreshed.state.files.size === 0) {
      await forget(session, refreshed.state);
      context.onProject(name, undefined);
    }
  }
  for (const state of only === undefined ? states.filter(({ name }) => !names.includes(name)) : []) {
    await forget(session, state);
    done.changed = true;
    done.filesRemoved += state.files.size;
    context.onProject(state.name, undefined);
  }
  done.bytesRead = progress.bytesRead;
  if (done.changed) await saveRefreshTime(session, context.now());
  if (done.bytesRead >= checkpointFrom) await session.run("CHECKPOINT");
  return done;
}

async function lookAtAll(
  store: Store,
  { shape }: CatalogLog,
  states: readonly ProjectState[],
): Promise<LogLook> {
  const look = await lookAtLogs(store, new Set(states.flatMap(({ files }) => [...files.keys()])), shape);
  if (store.localPath && look.projects.length === 0 && states.length > 0) {
    await refuseVanished(store, states);
  }
  return look;
}

function lookAtOne(store: Store, { shape }: CatalogLog, project: string): LogLook {
  return { projects: [project], odd: [], files: () => lookAtProject(store, project, shape) };
}

/**
 * An empty store is one thing, a disk that is not mounted another: then the folders of the logs are not there
 * either.
 */
async function refuseVanished(store: Store, states: readonly ProjectState[]): Promise<void> {
  const folders = Object.values(catalogLogs).map(({ shape }) => shape.folder);
  for (const folder of folders) if ((await store.localPath?.(folder)) !== undefined) return;
  throw new TrackingError(
    "STORE_NOT_READABLE",
    `the store ${store.address} is gone: it had ${states.length} ${states.length === 1 ? "project" : "projects"}, and now has no folder ${folders.join(" or ")}; mount or bring it back (what was read before is still shown)`,
  );
}

async function forget(session: Session, state: ProjectState): Promise<void> {
  await session.run("BEGIN");
  try {
    await dropProjectTables(session, state);
    await deleteState(session, state);
    await session.run("COMMIT");
  } catch (error) {
    await session.run("ROLLBACK").catch(() => {}); // the first error is the one to tell
    throw error;
  }
}
