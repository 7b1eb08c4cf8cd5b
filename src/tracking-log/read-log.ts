import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { CallOptions, Store } from "../store/store.js";
import { idSet } from "./id-set.js";
import { compareLogFiles, type LogFile, parseLogFileName } from "./log-file-name.js";
import { type LogShape, type RowCells, trackingLog } from "./log-shape.js";
import { parseHeader, parseRow, toRecord } from "./row.js";

/** A line of a log file: a row, or why it is none. Header and blank lines are left out. */
export type LogLine = LinePlace & ({ cells: RowCells } | { broken: string });

export interface LinePlace {
  /** Path of the log file in the store. */
  path: string;
  /** Counts from 1, the header. */
  line: number;
  /** Without its line break. */
  text: string;
}

/** What could not be read, and why. */
export interface LogProblem {
  path: string;
  /** Counts from 1; 0 where it is about all of the path. */
  line: number;
  reason: string;
}

export function projectFolder(project: string, { folder }: LogShape = trackingLog): string {
  return `${folder}/${project}`;
}

/** A project's log files, oldest first. */
export async function listLogFiles(
  store: Store,
  project: string,
  options: CallOptions = {},
  log: LogShape = trackingLog,
): Promise<LogFile[]> {
  const entries = await store.list(projectFolder(project, log), options);
  return entries
    .flatMap(({ name, kind }) => (kind === "file" ? (parseLogFileName(project, name) ?? []) : []))
    .sort(compareLogFiles);
}

/**
 * Files are asked for at the same time, as many as have so many bytes at most: that shortens the wait for a
 * bucket.
 */
const bytesAtOnce = 64 * 2 ** 20;

/** Every line of every log file of a project, oldest file first, duplicates included. */
export async function* logLines(
  store: Store,
  project: string,
  log: LogShape = trackingLog,
): AsyncGenerator<LogLine> {
  const done = new Set<string>();
  const filesAtOnce = Math.floor(bytesAtOnce / store.sizeCap);
  for (let missed = true; missed; ) {
    missed = false;
    const files = await listLogFiles(store, project, {}, log);
    const paths = files
      .map(({ name }) => `${projectFolder(project, log)}/${name}`)
      .filter((path) => !done.has(path));
    const reading = new Map<string, ReturnType<Store["read"]>>();
    for (const [i, path] of paths.entries()) {
      for (const next of paths.slice(i, i + filesAtOnce)) {
        if (!reading.has(next)) reading.set(next, quietly(store.read(next)));
      }
      done.add(path);
      const file = await reading.get(path);
      reading.delete(path);
      // Listed but gone: a repair has put its rows into a file that came after the listing.
      if (file) yield* linesOf(path, file.bytes, log);
      else missed = true;
    }
  }
}

/** What fails before it is waited for is not unhandled: waiting for it tells. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** The lines of one log file. */
export function* linesOf(path: string, bytes: Uint8Array, log: LogShape = trackingLog): Generator<LogLine> {
  let header: readonly string[] | undefined;
  let number = 0;
  for (const { text, problem } of splitLines(bytes)) {
    number += 1;
    const place = { path, line: number, text };
    if (number === 1 && !problem) {
      header = parseHeader(text, log);
      if (header === undefined) yield { ...place, broken: `it is not the header of ${log.title}` };
    } else if (problem) yield { ...place, broken: problem };
    else if (text === "") continue;
    else if (header === undefined) yield { ...place, broken: "its file has no header" };
    else yield { ...place, ...parseRow(header, text, log) };
  }
}

/** Lines without their line breaks, and what is wrong with one before it is parsed. */
export function* splitLines(bytes: Uint8Array): Generator<{ text: string; problem?: string }> {
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(0x0a, start);
    const line = bytes.subarray(start, found < 0 ? bytes.length : found);
    start += line.length + 1;
    const text = lineText(line);
    if (text === undefined) yield { text: new TextDecoder().decode(line), problem: "it is not UTF-8" };
    else if (found >= 0) yield { text };
    else yield { text, problem: "it has no line break at its end: whoever wrote it was stopped" };
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * The text of a line without its line break, of which an editor may have left the carriage return; undefined
 * where it is not UTF-8.
 */
export function lineText(line: Uint8Array): string | undefined {
  try {
    return decoder.decode(line.at(-1) === 0x0d ? line.subarray(0, -1) : line);
  } catch {
    return undefined;
  }
}

/**
 * The experiments of a project in the order of the log, one a prediction id, and what could not be read.
 * An unknown project has none.
 */
export async function readLog(
  store: Store,
  project: string,
): Promise<{ experiments: ExperimentRecord[]; problems: LogProblem[] }> {
  const experiments: ExperimentRecord[] = [];
  const problems: LogProblem[] = [];
  for await (const record of logRecords(store, project, (problem) => problems.push(problem))) {
    experiments.push(record);
  }
  return { experiments, problems };
}

/** The same one by one, so that a large log need not be in memory. */
export async function* logRecords(
  store: Store,
  project: string,
  onProblem: (problem: LogProblem) => void,
): AsyncGenerator<ExperimentRecord, void, undefined> {
  const ids = idSet();
  for await (const line of logLines(store, project)) {
    const read = "cells" in line ? toRecord(line.cells) : line;
    if ("broken" in read) onProblem({ path: line.path, line: line.line, reason: read.broken });
    else if (ids.add(read.record.predictionId)) yield read.record;
  }
}
