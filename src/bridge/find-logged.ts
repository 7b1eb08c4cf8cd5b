import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { Label } from "../experiment/input/class-labels.js";
import type { ClassOrder, OrderEvidence } from "../experiment/input/class-order.js";
import { projectName } from "../experiment/project-name.js";
import { recordedWeights } from "../experiment/sample-weight.js";
import type { LoggedExperiment } from "../jobs/log-experiment.js";
import { predictionsFile } from "../jobs/read-experiments.js";
import { type ByteRanges, readPredictions } from "../predictions/read/read-predictions.js";
import { spooledFiles } from "../spool/claim.js";
import { readSpoolFile } from "../spool/read-spool-file.js";
import { foldersToDeliver, spoolFolders, storeFolder } from "../spool/spool-folders.js";
import { folderStore } from "../store/folder-store.js";
import { makeDurable } from "../store/make-durable.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { findLines } from "../tracking-log/find-lines.js";
import { linesOf } from "../tracking-log/read-log.js";
import { toRecord } from "../tracking-log/row.js";

/**
 * What `logExperiment` returned, or would have, for an experiment that is kept: in the log, or in the spool.
 * The warnings are not kept, but for the one that it waits in the spool. The spool comes first: a record
 * leaves it only after its row is in the log.
 */
export async function findLogged(
  predictionId: string,
  project: string,
  address: string | undefined,
): Promise<LoggedExperiment | undefined> {
  const store = openStore(address);
  return (await inSpool(store, predictionId)) ?? (await inLog(store, projectName(project), predictionId));
}

async function inLog(
  store: Store,
  project: string,
  predictionId: string,
): Promise<LoggedExperiment | undefined> {
  for await (const line of findLines(store, project, new Set([predictionId]))) {
    if (!("cells" in line)) continue;
    const read = toRecord(line.cells);
    if ("broken" in read) continue;
    await makeDurable(store, line.path); // whoever wrote it may have been killed before that
    const { record } = read;
    return {
      ...(await outcomeOf(record, await predictionsFile(store, record))),
      stored: true,
      warnings: [],
      paths: { store: store.address, trackingLog: line.path, predictions: record.predictions },
    };
  }
  return undefined;
}

async function inSpool(store: Store, predictionId: string): Promise<LoggedExperiment | undefined> {
  for (const spoolFolder of await foldersToDeliver(spoolFolders())) {
    const folder = storeFolder(store.address);
    for (const { predictionId: id, name } of await spooledFiles(join(spoolFolder, folder))) {
      if (id !== predictionId) continue;
      const spool = join(spoolFolder, folder, name);
      const found = await readSpoolFile(folderStore(spoolFolder), `${folder}/${name}`);
      if ("broken" in found) continue; // delivered meanwhile, or damaged
      const { header, line, predictions } = found.record;
      const [row] = linesOf(spool, Buffer.from(header + line));
      const read = row && "cells" in row ? toRecord(row.cells) : { broken: "it has no row" };
      if ("broken" in read) continue;
      const parquet = (await readFile(spool)).subarray(found.start, found.end);
      return {
        ...(await outcomeOf(read.record, rangesOf(parquet))),
        stored: false,
        warnings: [
          `NOT STORED: experiment ${predictionId} waits in the local spool, in ${spool}, because the store failed. "ml-tracking sync", or the next experiment that the store takes, delivers it`,
        ],
        paths: { store: store.address, predictions, spool },
      };
    }
  }
  return undefined;
}

/** What the row and the predictions' own metadata say. */
async function outcomeOf(record: ExperimentRecord, predictions: ByteRanges) {
  const { predictionId, project, scores } = record;
  const { metadata } = await readPredictions(predictions, { columns: [] });
  const positive = metadata["ml_tracking.positive_label"];
  const positiveLabel = positive === undefined ? {} : { positiveLabel: labelIn(positive) };
  const weights = recordedWeights(record.extraParameters);
  const sampleWeight = weights ? { sampleWeight: weights } : {};
  return { predictionId, project, scores, ...positiveLabel, ...classOrderOf(metadata), ...sampleWeight };
}

function classOrderOf(metadata: Record<string, string>): { classOrder?: ClassOrder } {
  const json = metadata["ml_tracking.class_order"];
  if (json === undefined) return {};
  const order = JSON.parse(json) as { labels: Label[]; decided_by: OrderEvidence; columns?: number };
  // Format 1 kept it only where y_score had a column a class.
  const { labels, decided_by: decidedBy, columns = labels.length } = order;
  return columns > 1 ? { classOrder: { labels, decidedBy } } : {};
}

/** A label of a file's metadata: a string, or an integer that may be larger than JSON.parse reads exactly. */
function labelIn(json: string): Label {
  if (!/^-?\d+$/.test(json)) return JSON.parse(json) as Label;
  return Number.isSafeInteger(Number(json)) ? Number(json) : BigInt(json);
}

function rangesOf(bytes: Uint8Array): ByteRanges {
  return {
    byteLength: bytes.length,
    slice: (start, end) => Promise.resolve(new Uint8Array(bytes.subarray(start, end)).buffer),
  };
}
