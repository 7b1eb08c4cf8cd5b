import { plannedPurge, purgeTrash } from "../../maintenance/purge-trash.js";
import { openStore } from "../../store/open-store.js";
import type { StoreFlags } from "../define-command.js";
import { withProgress } from "../progress.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";

export interface PurgeFlags extends StoreFlags {
  project?: string;
  yes?: boolean;
}

export async function purgeCommand(
  ids: readonly string[],
  { project, yes = false, json, ...options }: PurgeFlags,
  terminal: Terminal,
  setStatus: (status: number) => void,
): Promise<void> {
  const { address } = openStore(options.store);
  const what = {
    store: address,
    ...(project === undefined ? {} : { project }),
    ...(ids.length === 0 ? {} : { predictionIds: ids }),
  };
  const planned = await plannedPurge(what);
  const bytes = planned.reduce((sum, each) => sum + each.bytes, 0);
  const count = `${planned.length} ${planned.length === 1 ? "experiment" : "experiments"}`;
  const size = `${(bytes / 1e6).toFixed(1)} MB of predictions`;
  if (!json && planned.length > 0) {
    const rows = planned.map((each) => [
      each.predictionId,
      each.project,
      each.name ?? "",
      String(each.bytes),
    ]);
    const titles = [{ title: "prediction id" }, { title: "project" }, { title: "name" }];
    await terminal.out(textTable([...titles, { title: "bytes", align: "right" }], rows));
  }
  if (!yes && planned.length > 0) {
    terminal.talk(`${count} and ${size} in ${address} will be gone for good: nothing brings them back.`);
    const answer = json ? "" : await terminal.ask("Type yes to remove them: ");
    if (answer.trim() !== "yes") {
      terminal.talk("Nothing was removed; --yes removes without asking.");
      setStatus(1);
      return;
    }
  }
  await withProgress("removing experiments", terminal, (onProgress) => purgeTrash({ ...what, onProgress }));
  if (json) {
    const purged = planned.map(({ predictionId, project: of, bytes: each }) => ({
      prediction_id: predictionId,
      project: of,
      bytes: each,
    }));
    await terminal.out(`${JSON.stringify({ store: address, purged, bytes })}\n`);
  } else terminal.talk(planned.length === 0 ? "The trash is empty." : `${count} and ${size} removed.`);
}
