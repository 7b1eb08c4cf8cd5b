import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { TrackingError } from "../../tracking-error.js";
import { projectFolders } from "../../tracking-log/project-folders.js";
import { bigQuery } from "../../warehouse/bigquery-dialect.js";
import { clickHouse } from "../../warehouse/clickhouse-dialect.js";
import { parseDataset } from "../../warehouse/dataset.js";
import { duckDb } from "../../warehouse/duckdb-dialect.js";
import { addEmptyFiles } from "../../warehouse/empty-files.js";
import { dropFormerObjects } from "../../warehouse/former-objects.js";
import { googlePath } from "../../warehouse/linking-address.js";
import { objectNames, warehouseScript } from "../../warehouse/warehouse-script.js";
import type { StoreFlags } from "../define-command.js";
import type { Terminal } from "../terminal.js";

export interface WarehouseFlags extends StoreFlags {
  dataset?: string;
  dialect: "bigquery" | "duckdb" | "clickhouse";
  dropFormer?: boolean;
}

const dialects = { bigquery: bigQuery, duckdb: duckDb, clickhouse: clickHouse };

/** Prints SQL that makes tables and views over the files of a store. */
export async function warehouseCommand(
  { dataset: given, dialect, dropFormer, store: place, json }: WarehouseFlags,
  terminal: Terminal,
): Promise<void> {
  if (given === undefined) {
    throw new TrackingError(
      "MISSING_ARGUMENT",
      "missing argument: --dataset; give DATASET or CLOUD-PROJECT.DATASET, where the tables and views are to be",
    );
  }
  const dataset = parseDataset(given);
  const store = openStore(place);
  if (dialect === "bigquery") googlePath(store.address);
  if (dialect === "clickhouse") refuseBucket(store);
  const { projects } = await projectFolders(store);
  if (projects.length === 0) {
    throw new TrackingError(
      "INVALID_STORE",
      `there is no project in ${store.address}; log an experiment first, or name another --store`,
    );
  }
  const sql = dialects[dialect];
  const statements = dropFormer
    ? dropFormerObjects(sql, dataset, projects, objectNames)
    : warehouseScript(sql, dataset, store.address);
  if (!dropFormer) await sayEmptyFiles(store, terminal);
  if (json) {
    await terminal.out(`${JSON.stringify({ store: store.address, dialect, statements })}\n`);
    return;
  }
  for (const statement of statements) await terminal.out(`${statement};\n\n`, { exact: true });
}

function refuseBucket({ address }: Store): void {
  if (!address.includes("://")) return;
  throw new TrackingError(
    "INVALID_STORE",
    `store is ${JSON.stringify(address)}, but the script for ClickHouse reads a folder; copy it with "ml-tracking copy ${address} FOLDER" and name that as --store`,
  );
}

const unavailable = new Set(["STORE_NOT_READABLE", "STORE_NOT_WRITABLE"]);

/** A table without any file fails, in BigQuery only once it is asked. */
async function sayEmptyFiles(store: Store, terminal: Terminal): Promise<void> {
  try {
    for (const path of await addEmptyFiles(store)) {
      terminal.talk(`wrote ${path}, a file without rows, for a table that might have none`);
    }
  } catch (error) {
    if (!(error instanceof TrackingError && unavailable.has(error.code))) throw error;
    terminal.talk(
      `warning: ${error.message}; so a table fails while the store has no file for it: run this once as someone who may write there`,
    );
  }
}
