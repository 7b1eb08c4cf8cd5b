import { projectName } from "../experiment/project-name.js";
import { emptyFolder } from "../store/empty-folder.js";
import type { Store } from "../store/store.js";
import { messageOf } from "../tracking-error.js";
import { type LogShape, trackingLog } from "./log-shape.js";
import type { LogProblem } from "./read-log.js";

/** What lies where a store has a folder a project. */
export interface ProjectFolders {
  projects: string[];
  /** What no project can be called, so that nobody logs there: it hides none of the others. */
  odd: LogProblem[];
}

/** The projects that have a log of one shape. */
export async function projectFolders(store: Store, log: LogShape = trackingLog): Promise<ProjectFolders> {
  return sortedFolders(await foldersIn(store, log.folder), log);
}

/** The folders that make a project: something was logged there. */
const homes = [trackingLog.folder, "runs"];

/** All projects of a store, those that have runs and no experiment too. */
export async function everyProject(store: Store): Promise<string[]> {
  return (await everyProjectFolder(store)).projects;
}

/** The same, and what else lies where their folders do. */
export async function everyProjectFolder(store: Store): Promise<ProjectFolders> {
  const found = await Promise.all(
    homes.map(async (folder) => sortedFolders(await foldersIn(store, folder), { folder })),
  );
  return {
    projects: [...new Set(found.flatMap(({ projects }) => projects))].sort(),
    odd: found.flatMap(({ odd }) => odd),
  };
}

async function foldersIn(store: Store, folder: string): Promise<string[]> {
  const entries = await store.list(folder);
  return entries.flatMap(({ name, kind }) => (kind === "folder" ? [name] : []));
}

/** @param names of folders in the log's folder */
export function sortedFolders(names: Iterable<string>, { folder }: Pick<LogShape, "folder">): ProjectFolders {
  const projects: string[] = [];
  const odd: LogProblem[] = [];
  for (const name of names) {
    if (name === emptyFolder) continue;
    const reason = whyNoProject(name.normalize("NFC"));
    if (reason === undefined) projects.push(name.normalize("NFC"));
    else odd.push({ path: `${folder}/${name}`, line: 0, reason });
  }
  return { projects: projects.sort(), odd: odd.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function whyNoProject(name: string): string | undefined {
  try {
    const stored = projectName(name);
    if (stored === name) return undefined;
    return `it is no project's folder, which would be called ${JSON.stringify(stored)}; rename or move it`;
  } catch (error) {
    return `it is no project's folder: ${messageOf(error)}, or move the folder elsewhere`;
  }
}
