import { openStore } from "../../store/open-store.js";
import { TrackingError } from "../../tracking-error.js";
import { namedProjects } from "../../tracking-log/named-projects.js";
import { parseDataset } from "../../warehouse/dataset.js";
import { folderReport, googlePath, tableReport } from "../../warehouse/linking-address.js";
import { logHeaders } from "../../warehouse/log-headers.js";
import type { StoreFlags } from "../define-command.js";
import { sayOddFolders } from "../odd-folders.js";
import type { Terminal } from "../terminal.js";

export interface LookerFlags extends StoreFlags {
  dataset?: string;
}

/** The views that reports are about. */
const reported = ["experiments", "confusion", "residuals", "scores"];

/**
 * Prints the addresses that open Looker Studio reports: on a project's folder, or on the store's views in
 * BigQuery.
 */
export async function lookerCommand(
  project: string | undefined,
  options: LookerFlags,
  terminal: Terminal,
): Promise<void> {
  const store = openStore(options.store);
  googlePath(store.address); // says at once where the store has to be
  const reports =
    options.dataset === undefined
      ? await folderReports(project, options, terminal)
      : viewReports(project, options.dataset);
  if (options.json) await terminal.out(`${JSON.stringify({ store: store.address, reports })}\n`);
  else for (const { address } of reports) await terminal.out(`${address}\n`);
}

function viewReports(project: string | undefined, given: string): { view: string; address: string }[] {
  const { cloudProject, dataset } = parseDataset(given);
  if (cloudProject === undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--dataset is ${JSON.stringify(given)}; for a report give CLOUD-PROJECT.DATASET`,
    );
  }
  if (project !== undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `project is ${JSON.stringify(project)}, but the views of --dataset have every project; leave it out, and filter the report by project`,
    );
  }
  return reported.map((view) => ({ view, address: tableReport(cloudProject, dataset, view) }));
}

async function folderReports(
  project: string | undefined,
  options: LookerFlags,
  terminal: Terminal,
): Promise<{ project: string; address: string }[]> {
  const store = openStore(options.store);
  if (project === undefined) await sayOddFolders(store, terminal);
  const reports = [];
  for (const name of await namedProjects(store, project)) {
    if ((await logHeaders(store, name)).size > 1) {
      terminal.talk(
        `warning: ${name} has log files of different columns, as former versions wrote them, which Looker Studio does not read as one folder; "ml-tracking compact ${name}" makes them one`,
      );
    }
    reports.push({ project: name, address: folderReport(store.address, name) });
  }
  return reports;
}
