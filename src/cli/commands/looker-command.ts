import { openStore } from "../../store/open-store.js";
import { TrackingError } from "../../tracking-error.js";
import { namedProjects } from "../../tracking-log/named-projects.js";
import { folderReport, googlePath, tableReport } from "../../warehouse/linking-address.js";
import { logHeaders } from "../../warehouse/log-headers.js";
import { parseDataset, tableStem } from "../../warehouse/table-names.js";
import type { StoreFlags } from "../define-command.js";
import { sayOddFolders } from "../odd-folders.js";
import type { Terminal } from "../terminal.js";

export interface LookerFlags extends StoreFlags {
  dataset?: string;
}

/**
 * Prints the addresses that open Looker Studio reports: on a project's folder, or on its views in BigQuery.
 */
export async function lookerCommand(
  project: string | undefined,
  options: LookerFlags,
  terminal: Terminal,
): Promise<void> {
  const dataset = options.dataset === undefined ? undefined : parseDataset(options.dataset);
  const cloudProject = dataset?.cloudProject;
  if (dataset && cloudProject === undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--dataset is ${JSON.stringify(options.dataset)}; for a report give CLOUD-PROJECT.DATASET`,
    );
  }
  const store = openStore(options.store);
  googlePath(store.address); // says at once where the store has to be
  if (project === undefined) await sayOddFolders(store, terminal);
  const reports = [];
  for (const name of await namedProjects(store, project)) {
    const { headers, kinds } = await logHeaders(store, name);
    const addresses =
      dataset && cloudProject !== undefined
        ? [
            "experiments",
            ...(kinds.has("classification") ? ["confusion"] : []),
            ...(kinds.has("regression") ? ["residuals"] : []),
          ].map((view) => tableReport(cloudProject, dataset.dataset, `${tableStem(name)}_${view}`))
        : [folderReport(store.address, name)];
    if (!dataset && headers.size > 1) {
      terminal.talk(
        `warning: ${name} has log files of different columns, as former versions wrote them, which Looker Studio does not read as one folder; "ml-tracking compact" makes them one, or use "ml-tracking bigquery" and --dataset`,
      );
    }
    reports.push({ project: name, addresses });
  }
  if (options.json) await terminal.out(`${JSON.stringify({ store: store.address, reports })}\n`);
  else
    for (const { addresses } of reports) for (const address of addresses) await terminal.out(`${address}\n`);
}
