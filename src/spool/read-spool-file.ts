import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

import { isPredictionId } from "../experiment/prediction-id.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { type SpooledRecord, spoolFormat } from "./spooled-record.js";

/** A record as it lies in the spool. */
export interface FoundRecord {
  record: SpooledRecord;
  /** Where its predictions begin and end in the file. */
  start: number;
  end: number;
}

const digestLength = 32;
const blockSize = 1 << 20;

/** Reads a file of the spool, and that it is whole. */
export async function readSpoolFile(spool: Store, path: string): Promise<FoundRecord | { broken: string }> {
  try {
    return await readRecord(spool, path);
  } catch (error) {
    if (error instanceof TrackingError) return { broken: error.message };
    throw error;
  }
}

async function readRecord(spool: Store, path: string): Promise<FoundRecord | { broken: string }> {
  const size = (await spool.stat(path))?.size;
  if (size === undefined) return { broken: "it has just been delivered by another process" };
  const digest = createHash("sha256");
  const end = size - digestLength;
  const head: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at < end; at += blockSize) {
    const block = await spool.readRange(path, at, Math.min(at + blockSize, end));
    digest.update(block);
    if (start > 0) continue;
    const lineBreak = block.indexOf(0x0a);
    head.push(lineBreak < 0 ? block : block.subarray(0, lineBreak));
    if (lineBreak >= 0) start = at + lineBreak + 1;
  }
  const expected = await spool.readRange(path, Math.max(0, end), size);
  if (!digest.digest().equals(expected)) return { broken: "its content differs from its checksum" };
  return parseHead(Buffer.concat(head).toString(), start, end);
}

function parseHead(text: string, start: number, end: number): FoundRecord | { broken: string } {
  let found: Partial<Record<string, unknown>>;
  try {
    found = JSON.parse(text) as Partial<Record<string, unknown>>;
  } catch {
    return { broken: "it does not begin with a record" };
  }
  if (found["format"] !== spoolFormat) {
    return {
      broken: `its format is ${JSON.stringify(found["format"])}; deliver it with the version that made it`,
    };
  }
  const { store, project, predictionId, predictions, header, line, newCsv, loggedAt } = found;
  const texts = [store, project, predictions, header, line, loggedAt];
  const whole = texts.every((value) => typeof value === "string") && isPredictionId(String(predictionId));
  if (!whole) return { broken: "its record lacks a part" };
  return {
    record: {
      store: store as string,
      project: project as string,
      predictionId: predictionId as string,
      predictions: predictions as string,
      header: header as string,
      line: line as string,
      newCsv: newCsv === true,
      loggedAt: new Date(loggedAt as string),
    },
    start,
    end,
  };
}

/** The predictions' bytes of a file of the spool, a block at a time. */
export function* predictionBytes(file: string, { start, end }: FoundRecord): Generator<Uint8Array> {
  const descriptor = openSync(file, "r");
  try {
    for (let at = start; at < end; ) {
      const block = Buffer.allocUnsafe(Math.min(blockSize, end - at));
      const count = readSync(descriptor, block, 0, block.length, at);
      if (count === 0) throw new Error(`${file} was cut short while it was read`);
      yield block.subarray(0, count);
      at += count;
    }
  } finally {
    closeSync(descriptor);
  }
}
