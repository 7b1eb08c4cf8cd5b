import { recordJson } from "../../experiment/record-json.js";
import { listTrash } from "../../jobs/list-trash.js";
import { openStore } from "../../store/open-store.js";
import type { StoreFlags } from "../define-command.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";

export async function trashCommand(
  project: string | undefined,
  options: StoreFlags,
  terminal: Terminal,
): Promise<void> {
  const { address } = openStore(options.store);
  const trash = await listTrash({ store: address, ...(project === undefined ? {} : { project }) });
  if (options.json) {
    const experiments = trash.map(({ experiment, deletedBy, deletedAt }) => ({
      ...recordJson(experiment),
      deleted_by: deletedBy,
      deleted_at: deletedAt.toISOString(),
    }));
    await terminal.out(`${JSON.stringify({ store: address, experiments })}\n`);
    return;
  }
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
