import type { Store } from "../store/store.js";
import { type LogListing, lookAtProject } from "../tracking-log/look-at-logs.js";
import { type LogProblem, linesOf } from "../tracking-log/read-log.js";
import { annotationLog, toAnnotation } from "./annotation-line.js";
import { foldAnnotations, type ProjectAnnotations, type WrittenAnnotation } from "./fold-annotations.js";

/** What was said of a project and its experiments, and what could not be read of it. */
export interface FoundAnnotations extends ProjectAnnotations {
  problems: readonly LogProblem[];
  /** The log files that it is from: the same text where nothing was said since. */
  version: string;
}

interface ReadFile {
  version: string;
  written: WrittenAnnotation[];
  problems: LogProblem[];
}

interface ReadProject {
  files: Map<string, ReadFile>;
  found: FoundAnnotations | undefined;
}

const projectsOf = new WeakMap<Store, Map<string, ReadProject>>();

/**
 * Everything that was said of a project and its experiments up to now. A process reads again what changed since
 * it last looked, and folds it only then.
 * @param first the files of the log as the caller has just listed them
 */
export async function readAnnotations(
  store: Store,
  project: string,
  first?: LogListing,
): Promise<FoundAnnotations> {
  const projects = projectsOf.get(store) ?? new Map<string, ReadProject>();
  projectsOf.set(store, projects);
  const known = projects.get(project) ?? { files: new Map<string, ReadFile>(), found: undefined };
  projects.set(project, known);
  for (let listing = first; ; listing = undefined) {
    const looked = listing ?? (await lookAtProject(store, project, annotationLog));
    if (!looked) continue; // a file went while it was looked at: its rows are in another one
    const listed = looked.filter(({ size }) => size > 0);
    const version = listed.map((file) => `${file.path} ${file.version}\n`).join("");
    if (known.found?.version === version) return known.found;
    const files = new Map<string, ReadFile>();
    for (const { path, version: fileVersion } of listed) {
      const before = known.files.get(path);
      const read = before?.version === fileVersion ? before : await readFile(store, path);
      if (read) files.set(path, read);
    }
    if (files.size < listed.length) continue; // listed, then gone
    const all = [...files.values()];
    const found: FoundAnnotations = {
      ...foldAnnotations(
        project,
        all.flatMap(({ written }) => written),
      ),
      problems: all.flatMap(({ problems }) => problems),
      version,
    };
    // What was read may be newer than what was listed; then the next look reads it once more.
    known.files = files;
    known.found = found;
    return found;
  }
}

async function readFile(store: Store, path: string): Promise<ReadFile | undefined> {
  const file = await store.read(path);
  if (!file) return undefined;
  const read: ReadFile = { version: file.version, written: [], problems: [] };
  for (const line of linesOf(path, file.bytes, annotationLog)) {
    const annotation = "cells" in line ? toAnnotation(line.cells) : line;
    if ("broken" in annotation) {
      read.problems.push({ path, line: line.line, reason: annotation.broken });
    } else if (!("unknown" in annotation)) read.written.push({ annotation, text: line.text });
  }
  return read;
}
