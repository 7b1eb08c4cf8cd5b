import { availableParallelism, totalmem } from "node:os";
import type { DuckDBInstance } from "@duckdb/node-api";
import { optionalLibrary } from "../store/optional-library.js";

import { sqlText } from "./session.js";

export interface DatabaseSettings {
  /** Where the database lies; in memory where undefined. */
  file: string | undefined;
  /** The only places that SQL can reach: where files are read from and spilled to. */
  reachable: readonly string[];
  temporaryFolder: string;
  memoryLimit?: string | undefined;
  threads?: number | undefined;
}

/**
 * Whether DuckDB can be loaded: it is a native package, which the Python wheel fetches for the dashboard
 * only.
 */
export async function duckdbIsInstalled(): Promise<boolean> {
  try {
    await import("@duckdb/node-api");
    return true;
  } catch {
    return false;
  }
}

/** @throws TrackingError LIBRARY_NOT_INSTALLED @param need what needs it, at the start of a sentence */
export async function requireDuckdb(need: string): Promise<void> {
  await optionalLibrary("@duckdb/node-api", need, () => import("@duckdb/node-api"));
}

/**
 * Opens a DuckDB that reads and writes nothing but the given folders, loads no extension and cannot be told
 * otherwise. DuckDB is loaded here, on first use.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await optionalLibrary(
    "@duckdb/node-api",
    "the dashboard and the catalog of a large store need",
    () => import("@duckdb/node-api"),
  );
  const instance = await DuckDBInstance.create(settings.file ?? ":memory:", {
    temp_directory: settings.temporaryFolder,
    memory_limit: settings.memoryLimit ?? defaultMemoryLimit(),
    threads: String(settings.threads ?? Math.min(availableParallelism(), 8)),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  try {
    const connection = await instance.connect();
    try {
      await connection.run(`SET allowed_directories = [${settings.reachable.map(sqlText).join(", ")}]`);
      // The rows of a page are fetched by their ids: up to so many are looked up, more make the whole table
      // be read.
      await connection.run("SET GLOBAL dynamic_or_filter_threshold = 20000");
      await connection.run("SET enable_external_access = false");
      await connection.run("SET lock_configuration = true");
    } finally {
      connection.closeSync();
    }
  } catch (error) {
    instance.closeSync();
    throw error;
  }
  return instance;
}

/**
 * A quarter of the machine, at most 4 GB: DuckDB's own default of 80 % leaves too little to a training that
 * runs beside it.
 */
function defaultMemoryLimit(): string {
  const megabytes = Math.floor(Math.min(4096, Math.max(512, totalmem() / 4 / 2 ** 20)));
  return `${megabytes}MB`;
}
