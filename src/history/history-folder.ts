import type { Store } from "../store/store.js";
import { utcDay } from "../tracking-log/log-file-name.js";

/** Where the events of a run lie. */
export interface HistoryPlace {
  project: string;
  startedAt: Date;
  runId: string;
}

export function historyFolder({ project, startedAt, runId }: HistoryPlace): string {
  return `history/${project}/${utcDay(startedAt)}/${runId}`;
}

/** A file of events: the part of a writer, or everything that was folded so far. */
export type HistoryFile = { name: string } & (
  | { kind: "events"; writer: string; part: number }
  | { kind: "folded"; part: number }
);

const eventsName = /^([0-9a-z]{1,32})_(\d{1,9})\.csv$/;
const foldedName = /^(\d{1,9})\.parquet$/;

export function parseHistoryFile(name: string): HistoryFile | undefined {
  const events = eventsName.exec(name);
  if (events) return { kind: "events", name, writer: events[1]!, part: Number(events[2]) };
  const folded = foldedName.exec(name);
  return folded ? { kind: "folded", name, part: Number(folded[1]) } : undefined;
}

/** What lies in a run's folder now. */
export async function listHistory(store: Store, folder: string): Promise<HistoryFile[]> {
  const entries = await store.list(folder);
  return entries.flatMap(({ name, kind }) => (kind === "file" ? (parseHistoryFile(name) ?? []) : []));
}

/** The number of the folded file that counts; 0 where nothing is folded. */
export function latestFolded(files: readonly HistoryFile[]): number {
  return Math.max(0, ...files.map((file) => (file.kind === "folded" ? file.part : 0)));
}

export function eventsFileName(writer: string, part: number): string {
  return `${writer}_${part}.csv`;
}

export function foldedFileName(part: number): string {
  return `${part}.parquet`;
}

/** What a process calls its files: 8 characters of letters and digits. */
export function newWriter(randomBytes: (count: number) => Uint8Array): string {
  return Array.from(randomBytes(8), (byte) => "0123456789abcdefghjkmnpqrstvwxyz"[byte & 31]).join("");
}
