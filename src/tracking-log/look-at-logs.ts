import type { ListedFile, Store } from "../store/store.js";
import { compareLogFiles, parseLogFileName } from "./log-file-name.js";
import { type LogShape, trackingLog } from "./log-shape.js";
import { type ProjectFolders, projectFolders, sortedFolders } from "./project-folders.js";
import { listLogFiles, projectFolder } from "./read-log.js";

/**
 * A project's log files by one look, oldest first; undefined where one was listed and then gone: its rows are
 * in another file now.
 */
export type LogListing = readonly ListedFile[] | undefined;

/** What lies in a store's tracking folder now. */
export interface LogLook extends ProjectFolders {
  /** Of a project; looked for when it is asked for, where that takes no request of its own. */
  files(project: string): Promise<LogListing>;
}

/**
 * Looks at every project's log: in a bucket by one request for each 1,000 files, in a folder by a listing a
 * project and a look at each file.
 * @param known paths of files that were there before
 */
export async function lookAtLogs(
  store: Store,
  known: ReadonlySet<string>,
  log: LogShape = trackingLog,
): Promise<LogLook> {
  if (store.localPath) {
    return { ...(await projectFolders(store, log)), files: (project) => lookAtProject(store, project, log) };
  }
  let listed = await allListed(store, log.folder);
  // A file that compacting took away between two pages of the listing has its rows in one that may stand on
  // the first.
  if ([...known].some((path) => !listed.some((file) => file.path === path))) {
    listed = await allListed(store, log.folder);
  }
  const byProject = new Map<string, ListedFile[]>();
  for (const file of listed) {
    const project = file.path.split("/")[1]!.normalize("NFC");
    byProject.set(project, [...(byProject.get(project) ?? []), file]);
  }
  return {
    ...sortedFolders(byProject.keys(), log),
    files: async (project) => logFiles(project, byProject.get(project) ?? []),
  };
}

/** Looks at the log of one project alone. */
export async function lookAtProject(
  store: Store,
  project: string,
  log: LogShape = trackingLog,
): Promise<LogListing> {
  const folder = projectFolder(project, log);
  if (!store.localPath) return logFiles(project, await allListed(store, folder));
  const files: ListedFile[] = [];
  for (const { name } of await listLogFiles(store, project, {}, log)) {
    const path = `${folder}/${name}`;
    const found = await store.stat(path);
    if (!found) return undefined;
    files.push({ ...found, path });
  }
  return files;
}

async function allListed(store: Store, folder: string): Promise<ListedFile[]> {
  const listed: ListedFile[] = [];
  for await (const file of store.listFiles(folder)) {
    if (file.path.split("/").length === 3) listed.push(file);
  }
  return listed;
}

function logFiles(project: string, files: readonly ListedFile[]): ListedFile[] {
  return files
    .flatMap((file) => {
      const log = parseLogFileName(project, file.path.split("/")[2]!);
      return log ? [{ file, log }] : [];
    })
    .sort((a, b) => compareLogFiles(a.log, b.log))
    .map(({ file }) => file);
}
