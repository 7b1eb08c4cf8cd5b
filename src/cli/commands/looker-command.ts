import { openStore } from "../../store/open-store.js";
import { TrackingError } from "../../tracking-error.js";
import { namedProjects } from "../../tracking-log/named-projects.js";
import { parseBillingProject, parseWholeDataset } from "../../warehouse/dataset.js";
import {
  folderReport,
  googlePath,
  parseReportId,
  reportedViews,
  tableReport,
  templateReport,
} from "../../warehouse/linking-address.js";
import { logHeaders } from "../../warehouse/log-headers.js";
import type { StoreFlags } from "../define-command.js";
import { sayOddFolders } from "../odd-folders.js";
import type { Terminal } from "../terminal.js";

export interface LookerFlags extends StoreFlags {
  dataset?: string;
  template?: string;
  name?: string;
  billingProject?: string;
}

/**
 * Prints the addresses that open reports of Data Studio: on a project's folder of tracking logs, on each view
 * of a dataset, or a copy of a report on all of these.
 */
export async function lookerCommand(
  project: string | undefined,
  options: LookerFlags,
  terminal: Terminal,
): Promise<void> {
  if (options.dataset === undefined) {
    refuseWithout("--dataset", options);
    return folderReports(project, options, terminal);
  }
  if (project !== undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `project is ${JSON.stringify(project)}, but the views of --dataset have every project; leave it out, and choose the project in the report`,
    );
  }
  const { dataset: given, json } = options;
  const { cloudProject, dataset } = parseWholeDataset(given);
  const reports =
    options.template === undefined ? viewReports(cloudProject, dataset, options) : [copyOf(options)];
  if (json) await terminal.out(`${JSON.stringify({ dataset: given, reports })}\n`);
  else for (const { address } of reports) await terminal.out(`${address}\n`);
}

function viewReports(cloudProject: string, dataset: string, options: LookerFlags) {
  refuseWithout("--template", options);
  return reportedViews.map((view) => ({ view, address: tableReport(cloudProject, dataset, view) }));
}

function copyOf({ dataset = "", template = "", name, billingProject }: LookerFlags) {
  if (name !== undefined && name.trim() === "") {
    throw new TrackingError("INVALID_ARGUMENT", '--name is ""; give the new report a name, or leave it out');
  }
  const reportId = parseReportId(template);
  const address = templateReport({
    reportId,
    ...parseWholeDataset(dataset),
    name,
    billingProject: billingProject === undefined ? undefined : parseBillingProject(billingProject),
  });
  return { template: reportId, address };
}

/** Flags that say nothing without another one. */
function refuseWithout(needed: "--dataset" | "--template", options: LookerFlags): void {
  const alone = [
    ...(needed === "--dataset" && options.template !== undefined ? ["--template"] : []),
    ...(options.name === undefined ? [] : ["--name"]),
    ...(options.billingProject === undefined ? [] : ["--billing-project"]),
  ];
  if (alone[0] === undefined) return;
  const what = needed === "--dataset" ? "CLOUD-PROJECT.DATASET" : "the id of a report of yours";
  throw new TrackingError("MISSING_ARGUMENT", `missing argument: ${needed}, with ${alone[0]}; give ${what}`);
}

async function folderReports(
  project: string | undefined,
  { store: place, json }: LookerFlags,
  terminal: Terminal,
): Promise<void> {
  const store = openStore(place);
  googlePath(store.address); // says at once where the store has to be
  if (project === undefined) await sayOddFolders(store, terminal);
  const reports = [];
  for (const name of await namedProjects(store, project)) {
    if ((await logHeaders(store, name)).size > 1) {
      terminal.talk(
        `warning: ${name} has log files of different columns, as former versions wrote them, which Data Studio does not read as one folder; "ml-tracking compact ${name}" makes them one`,
      );
    }
    reports.push({ project: name, address: folderReport(store.address, name) });
  }
  if (json) await terminal.out(`${JSON.stringify({ store: store.address, reports })}\n`);
  else for (const { address } of reports) await terminal.out(`${address}\n`);
}
