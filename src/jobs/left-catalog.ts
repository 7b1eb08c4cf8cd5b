import type { Catalog, RefreshProgress } from "../catalog/catalog.js";
import type { Store } from "../store/store.js";
import type { LogShape } from "../tracking-log/log-shape.js";
import { lookAtProject } from "../tracking-log/look-at-logs.js";

/**
 * A log of so few bytes is read whole, which finds every problem in it; of a larger one a command looks at
 * what it needs.
 */
export const smallLog = 4 * 2 ** 20;

/**
 * A log of fewer bytes is looked through sooner than DuckDB is loaded; from a bucket it would have to be
 * fetched.
 */
const worthACatalog = { folder: 64 * 2 ** 20, bucket: 4 * 2 ** 20 };

/** Whether the logs of some projects are so large that a catalog answers sooner than a look through them. */
export function isWorthACatalog(store: Store, bytes: number): boolean {
  return bytes >= (store.localPath ? worthACatalog.folder : worthACatalog.bucket);
}

/** Bytes of the logs of some projects, by default those of experiments. */
export async function logBytes(store: Store, projects: readonly string[], log?: LogShape): Promise<number> {
  let bytes = 0;
  for (const project of projects) {
    for (const { size } of (await lookAtProject(store, project, log)) ?? []) bytes += size;
  }
  return bytes;
}

/**
 * The catalog that an earlier command or dashboard left of a store, brought up to date; whoever asks for it
 * closes it.
 * @param projects those to be looked at
 * @returns undefined where there is none, another process has it, or DuckDB is not installed
 */
export async function leftCatalog(
  store: Store,
  projects: readonly string[],
  signal?: AbortSignal,
): Promise<Catalog | undefined> {
  const { openLeftCatalog } = await import("../catalog/open-catalog.js"); // a large part of the program, seldom needed
  const catalog = await openLeftCatalog(store, { batchBytes });
  return catalog && refreshed(catalog, projects, { signal });
}

/** The same, made where there is none. */
export async function wholeCatalog(
  store: Store,
  projects: readonly string[],
  options: { onProgress: (progress: RefreshProgress) => void; signal: AbortSignal | undefined },
): Promise<Catalog | undefined> {
  const { openCatalog } = await import("../catalog/open-catalog.js");
  const { duckdbIsInstalled } = await import("../duckdb/open-database.js");
  if (!(await duckdbIsInstalled())) return undefined;
  return refreshed(await openCatalog(store, { batchBytes }), projects, options);
}

/** Read at once, which takes about three times as much memory. */
const batchBytes = 64 * 2 ** 20;

async function refreshed(
  catalog: Catalog,
  projects: readonly string[],
  {
    onProgress,
    signal,
  }: { onProgress?: (progress: RefreshProgress) => void; signal: AbortSignal | undefined },
): Promise<Catalog> {
  try {
    await catalog.refresh({
      ...(projects.length === 1 ? { project: projects[0] } : {}),
      ...(onProgress ? { onProgress } : {}),
      ...(signal ? { signal } : {}),
    });
    return catalog;
  } catch (error) {
    await catalog.close();
    throw error;
  }
}
