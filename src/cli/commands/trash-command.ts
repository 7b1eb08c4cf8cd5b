import { recordJson } from "../../experiment/record-json.js";
import { listTrashedRuns, type TrashedRun } from "../../jobs/delete-runs.js";
import { listTrash, type TrashedExperiment } from "../../jobs/list-trash.js";
import { purgedProjects } from "../../maintenance/purge-trash.js";
import { unfinishedPurges } from "../../maintenance/unfinished-purges.js";
import { openStore } from "../../store/open-store.js";
import type { StoreFlags } from "../define-command.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";

export async function trashCommand(
  project: string | undefined,
  options: StoreFlags,
  terminal: Terminal,
): Promise<void> {
  const opened = openStore(options.store);
  const { address } = opened;
  const trash = await listTrash({ store: address, ...(project === undefined ? {} : { project }) });
  const unfinished: { prediction_id: string; project: string }[] = [];
  for (const of of await purgedProjects(opened, project)) {
    for (const id of await unfinishedPurges(opened, of)) unfinished.push({ prediction_id: id, project: of });
  }
  const runs = await listTrashedRuns({ store: address, ...(project === undefined ? {} : { project }) });
  if (options.json) {
    const trashedRuns = runs.map(({ run, deletedBy, deletedAt }) => ({
      run_id: run.runId,
      project: run.project,
      name: run.name ?? null,
      deleted_by: deletedBy,
      deleted_at: deletedAt.toISOString(),
    }));
    const experiments = trash.map(({ experiment, deletedBy, deletedAt }) => ({
      ...recordJson(experiment),
      deleted_by: deletedBy,
      deleted_at: deletedAt.toISOString(),
    }));
    const report = { store: address, experiments, runs: trashedRuns, unfinished_purges: unfinished };
    await terminal.out(`${JSON.stringify(report)}\n`);
    return;
  }
  await sayTrash(trash, runs, terminal);
  const ids = unfinished.map((each) => each.prediction_id).join(", ");
  if (ids) terminal.talk(`The purge of ${ids} was stopped half done: "ml-tracking purge" finishes it.`);
}

async function sayTrash(
  trash: readonly TrashedExperiment[],
  runs: readonly TrashedRun[],
  terminal: Terminal,
): Promise<void> {
  if (trash.length + runs.length === 0) {
    terminal.talk("The trash is empty.");
    return;
  }
  if (runs.length > 0) {
    const ofRuns = ["run id", "project", "name", "deleted by", "deleted at"];
    const lines = runs.map(({ run, deletedBy, deletedAt }) => [
      run.runId,
      run.project,
      run.name ?? "",
      deletedBy,
      deletedAt.toISOString().slice(0, 16).replace("T", " "),
    ]);
    await terminal.out(`${table(ofRuns, lines)}${trash.length > 0 ? "\n" : ""}`);
  }
  const titles = ["prediction id", "project", "name", "model", "deleted by", "deleted at"];
  const rows = trash.map(({ experiment, deletedBy, deletedAt }) => [
    experiment.predictionId,
    experiment.project,
    experiment.name ?? "",
    experiment.model,
    deletedBy,
    deletedAt.toISOString().slice(0, 16).replace("T", " "),
  ]);
  if (trash.length > 0) await terminal.out(table(titles, rows));
  terminal.talk(
    '"ml-tracking restore ID" brings one back; "ml-tracking purge" removes all of them for good.',
  );
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return textTable(
    titles.map((title) => ({ title })),
    rows,
  );
}
