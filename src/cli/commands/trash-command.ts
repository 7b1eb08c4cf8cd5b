import { recordJson } from "../../experiment/record-json.js";
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
  if (options.json) {
    const experiments = trash.map(({ experiment, deletedBy, deletedAt }) => ({
      ...recordJson(experiment),
      deleted_by: deletedBy,
      deleted_at: deletedAt.toISOString(),
    }));
    await terminal.out(`${JSON.stringify({ store: address, experiments, unfinished_purges: unfinished })}\n`);
    return;
  }
  await sayTrash(trash, terminal);
  const ids = unfinished.map((each) => each.prediction_id).join(", ");
  if (ids) terminal.talk(`The purge of ${ids} was stopped half done: "ml-tracking purge" finishes it.`);
}

async function sayTrash(trash: readonly TrashedExperiment[], terminal: Terminal): Promise<void> {
  if (trash.length === 0) {
    terminal.talk("The trash is empty.");
    return;
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
  await terminal.out(
    textTable(
      titles.map((title) => ({ title })),
      rows,
    ),
  );
  terminal.talk(
    '"ml-tracking restore ID" brings one back; "ml-tracking purge" removes all of them for good.',
  );
}
