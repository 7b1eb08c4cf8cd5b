import { readFile } from "node:fs/promises";

import type { AnnotatedRecord } from "../../annotations/annotated-record.js";
import { withLineBreaks } from "../../annotations/check-change.js";
import { recordJson } from "../../experiment/record-json.js";
import { type Annotations, annotate } from "../../jobs/annotate.js";
import { findExperiment } from "../../jobs/find-experiments.js";
import { inHome } from "../../store/folder-path.js";
import { TrackingError } from "../../tracking-error.js";
import type { StoreFlags } from "../define-command.js";
import type { Terminal } from "../terminal.js";
import { onOneLine } from "../text-table.js";

export interface AnnotateFlags extends StoreFlags {
  project?: string;
}
export interface SwitchFlags extends AnnotateFlags {
  off?: boolean;
}
export interface RenameFlags extends AnnotateFlags {
  clear?: boolean;
}
export interface NoteFlags extends AnnotateFlags {
  file?: string;
  clear?: boolean;
}

/** Says something of experiments, and then what holds of each. */
export async function annotateCommand(
  ids: readonly string[],
  annotations: Annotations,
  { json, store, project }: AnnotateFlags,
  terminal: Terminal,
): Promise<void> {
  const place = { ...(store === undefined ? {} : { store }), ...(project === undefined ? {} : { project }) };
  const records = await annotate(ids, annotations, place);
  if (json) {
    const shown = records.map((record) => ({ ...recordJson(record), deleted: annotations.deleted ?? false }));
    await terminal.out(`${JSON.stringify({ experiments: shown })}\n`);
    return;
  }
  for (const record of records) await terminal.out(`${onOneLine(inWords(record, annotations))}\n`);
}

export async function renameCommand(
  id: string,
  name: string | undefined,
  { clear = false, ...options }: RenameFlags,
  terminal: Terminal,
): Promise<void> {
  if (clear === (name !== undefined)) {
    throw new TrackingError("MISSING_ARGUMENT", "missing argument: name; give a name, or --clear");
  }
  if (name?.trim() === "") {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      "name is empty; give a name, or --clear for the one it was logged as",
    );
  }
  await annotateCommand([id], { name: name ?? "" }, options, terminal);
}

export async function noteCommand(
  id: string,
  text: string | undefined,
  { clear = false, file, ...options }: NoteFlags,
  terminal: Terminal,
): Promise<void> {
  const given = [text, file, clear ? "" : undefined].filter((each) => each !== undefined);
  if (given.length > 1) {
    throw new TrackingError("INVALID_ARGUMENT", "give one of a text, --file and --clear");
  }
  if (given.length === 0) {
    const { note } = await findExperiment(id, options);
    if (options.json) await terminal.out(`${JSON.stringify({ note: note ?? null })}\n`);
    else if (note === undefined) terminal.talk(`${id} has no note.`);
    else await terminal.out(`${withLineBreaks(note)}\n`);
    return;
  }
  const note = file === undefined ? (text ?? "") : await textOf(file, terminal);
  if (!clear && note.trim() === "") {
    const empty = file === undefined ? "note is empty" : `--file is ${JSON.stringify(file)}, which is empty`;
    throw new TrackingError("INVALID_ARGUMENT", `${empty}; give a text, or --clear to take the note away`);
  }
  await annotateCommand([id], { note }, options, terminal);
}

async function textOf(file: string, terminal: Terminal): Promise<string> {
  try {
    const bytes = file === "-" ? await terminal.input() : await readFile(inHome(file));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--file is ${JSON.stringify(file)}, which cannot be read as text: ${(cause as Error).message}`,
      { cause },
    );
  }
}

function inWords(record: AnnotatedRecord, { deleted, note }: Annotations): string {
  const { predictionId, name, tags, starred, archived } = record;
  const said = [
    ...(name === undefined ? [] : [name]),
    ...(tags.length === 0 ? [] : [`tags: ${tags.join(", ")}`]),
    ...(starred ? ["starred"] : []),
    ...(archived ? ["archived"] : []),
    ...(note ? ["with a note"] : []),
    ...(deleted === true ? ['in the trash: "ml-tracking restore" brings it back'] : []),
    ...(deleted === false ? ["back from the trash"] : []),
  ];
  return [predictionId, ...said].join("  ");
}
