import { join } from "node:path";

import { folderStore } from "../store/folder-store.js";
import { inParallel } from "../store/in-parallel.js";
import { makeDurable } from "../store/make-durable.js";
import type { Store } from "../store/store.js";
import { messageOf } from "../tracking-error.js";
import { appendRow } from "../tracking-log/append-row.js";
import { findRows } from "../tracking-log/find-rows.js";
import { type Claim, claim, discard, release, spooledFiles } from "./claim.js";
import { type FoundRecord, predictionBytes, readSpoolFile } from "./read-spool-file.js";
import { storeFolder } from "./spool-folders.js";
import type { SpooledRecord } from "./spooled-record.js";

/** What became of the records of one store. */
export interface Delivery {
  delivered: { predictionId: string; project: string; store: string; trackingLog: string }[];
  /** What is in the spool still, each with the reason. */
  remaining: Remaining[];
}

export interface Remaining {
  predictionId: string;
  project: string | undefined;
  store: string | undefined;
  /** Where the record lies. */
  file: string;
  reason: string;
  /** False where nothing went wrong: another process has it in hand, or there was no time left. */
  failed: boolean;
}

export interface DeliverOptions {
  /** The spools to look into. */
  folders: readonly string[];
  now: () => Date;
  /** Deliver so many at most, and begin nothing new after this time. By default everything. */
  atMost?: number;
  until?: Date;
  /** The address of the store that the records wait for, where they are to go to another one after all. */
  waitingFor?: string;
  /** Called for each record that is delivered. */
  onDelivered?: () => void;
}

/** Rows that are written as one new file: so many, and about so many characters, at most. */
const batchRows = 256;
const batchLength = 2 ** 21;
/** Predictions that are written at the same time. */
const atOnce = 8;
/** How far clocks of machines may be apart. */
const day = 86_400_000;

/**
 * Delivers the records of one store that wait in the spools, each exactly once, whoever else delivers at the
 * same time.
 *
 * A record is claimed first, which only one process can do. Then the project's log is looked through for its
 * prediction id, since an earlier try may have got as far as the row: then nothing is left to do but to
 * remove it from the spool. Else predictions and row are written, and it is removed after that. So a crash
 * between any two steps repeats steps that do no harm.
 * @throws only where a spool itself cannot be read or changed; what a store does not take is among the
 * remaining
 */
export async function deliver(store: Store, options: DeliverOptions): Promise<Delivery> {
  const delivery: Delivery = { delivered: [], remaining: [] };
  const waiting = new Map<string, Waiting>();
  try {
    await claimRecords(store, options, waiting, delivery);
    const projects = groupBy(waiting.values(), ({ record }) => record.project);
    for (const [project, records] of projects) {
      try {
        await deliverProject({ store, project, records, waiting, options, delivery });
      } catch (error) {
        for (const one of records) {
          if (waiting.has(one.claim.predictionId)) leave(delivery, one, messageOf(error));
        }
      }
    }
  } finally {
    for (const { claim: held } of waiting.values()) await release(held);
  }
  return delivery;
}

type Waiting = FoundRecord & { claim: Claim };

/**
 * Claims everything first and reads it afterwards: what is looked for in the log may not be in other hands
 * any more.
 */
async function claimRecords(
  store: Store,
  { folders, now, waitingFor = store.address, atMost = Number.POSITIVE_INFINITY }: DeliverOptions,
  waiting: Map<string, Waiting>,
  delivery: Delivery,
): Promise<void> {
  for (const spoolFolder of folders) {
    const spool = folderStore(spoolFolder);
    const folder = join(spoolFolder, storeFolder(waitingFor));
    for (const { predictionId, name } of await spooledFiles(folder)) {
      if (waiting.size >= atMost) return;
      const held = await claim(folder, predictionId, name, now());
      if (!held) {
        leave(delivery, { claim: { predictionId, folder, name } }, "another process is delivering it", false);
        continue;
      }
      const found = await readSpoolFile(spool, `${storeFolder(waitingFor)}/${held.name}`);
      if ("broken" in found || found.record.store !== waitingFor) {
        const reason = "broken" in found ? found.broken : `it belongs to the store ${found.record.store}`;
        await release(held);
        leave(delivery, { claim: { predictionId, folder, name: `${predictionId}.waiting` } }, reason);
      } else waiting.set(predictionId, { ...found, claim: held });
    }
  }
}

interface ProjectDelivery {
  store: Store;
  project: string;
  records: Waiting[];
  /** All that is claimed; what is delivered is taken out. */
  waiting: Map<string, Waiting>;
  options: DeliverOptions;
  delivery: Delivery;
}

async function deliverProject(job: ProjectDelivery): Promise<void> {
  const { store, project, waiting, options, delivery } = job;
  const settle = async ({ claim: held, record }: Waiting, trackingLog: string) => {
    await discard(held);
    waiting.delete(held.predictionId);
    const { predictionId } = record;
    delivery.delivered.push({ predictionId, project, store: store.address, trackingLog });
    options.onDelivered?.();
  };
  const earliest = job.records.reduce(
    (first, { record }) => Math.min(first, record.loggedAt.getTime()),
    Number.POSITIVE_INFINITY,
  );
  const ids = new Set(job.records.map(({ record }) => record.predictionId));
  const there = await findRows(store, project, ids, new Date(earliest - day));
  for (const path of new Set(there.values())) await makeDurable(store, path);
  for (const one of job.records) {
    const path = there.get(one.record.predictionId);
    if (path !== undefined) await settle(one, path);
  }
  const missing = job.records.filter(({ record }) => !there.has(record.predictionId));
  for (const batch of batches(missing)) {
    if (options.until && options.now() >= options.until) {
      for (const one of batch) leave(delivery, one, "there was no time left for it", false);
      continue;
    }
    await inParallel(batch, atOnce, (one) => putPredictions(store, one));
    const { header, newCsv } = (batch[0] as Waiting).record;
    const lines = batch.map(({ record }) => record.line).join("");
    // Several rows are a new file, which is there whole or not at all.
    const trackingLog = await appendRow(store, project, header, lines, {
      newCsv: newCsv || batch.length > 1,
      now: options.now(),
    });
    for (const one of batch) await settle(one, trackingLog);
  }
}

/** Rows that go to the same file, oldest first. */
function batches(records: readonly Waiting[]): Waiting[][] {
  const found: Waiting[][] = [];
  const oldestFirst = records.toSorted((a, b) => a.record.loggedAt.getTime() - b.record.loggedAt.getTime());
  for (const same of groupBy(oldestFirst, ({ record }) => record.header).values()) {
    let batch: Waiting[] = [];
    let length = 0;
    for (const one of same) {
      length += one.record.line.length;
      if (batch.length === 0 || one.record.newCsv || batch.length >= batchRows || length > batchLength) {
        batch = [];
        length = one.record.line.length;
        found.push(batch);
      }
      batch.push(one);
    }
  }
  return found;
}

function groupBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

async function putPredictions(store: Store, one: Waiting): Promise<void> {
  const { predictions } = one.record;
  const file = join(one.claim.folder, one.claim.name);
  if ((await store.create(predictions, predictionBytes(file, one))) === "created") return;
  // The call that spooled it, or an earlier try, got so far.
  await makeDurable(store, predictions);
}

function leave(
  { remaining }: Delivery,
  { claim: { predictionId, folder, name }, record }: { claim: Claim; record?: SpooledRecord },
  reason: string,
  failed = true,
): void {
  remaining.push({
    predictionId,
    project: record?.project,
    store: record?.store,
    file: join(folder, name.endsWith(".claimed") && record ? `${predictionId}.waiting` : name),
    reason,
    failed,
  });
}
