import { type PurgedExperiment, plannedPurge, purgeTrash } from "../../maintenance/purge-trash.js";
import { openStore } from "../../store/open-store.js";
import type { StoreFlags } from "../define-command.js";
import { withProgress } from "../progress.js";
import { sizeText } from "../size-text.js";
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
    terminal.talk(`${inWords(planned)} in ${address} will be gone for good: nothing brings them back.`);
    const answer = json ? "" : await terminal.ask("Type yes to remove them: ");
    if (answer.trim() !== "yes") {
      terminal.talk("Nothing was removed; --yes removes without asking.");
      setStatus(1);
      return;
    }
  }
  const purged = await withProgress("removing experiments", terminal, (onProgress) =>
    purgeTrash({ ...what, onProgress }),
  );
  if (json) {
    const shown = purged.map(({ predictionId, project: of, bytes }) => ({
      prediction_id: predictionId,
      project: of,
      bytes,
    }));
    const report = { store: address, purged: shown, bytes: bytesOf(purged) };
    await terminal.out(`${JSON.stringify(report)}\n`);
  } else if (planned.length === 0) terminal.talk("Nothing was removed: the trash is empty.");
  else if (purged.length === 0) terminal.talk("Nothing was removed: another purge did it meanwhile.");
  else terminal.talk(`${inWords(purged)} removed.`);
}

function inWords(experiments: readonly PurgedExperiment[]): string {
  const count = experiments.length;
  const size = sizeText(bytesOf(experiments));
  return `${count} ${count === 1 ? "experiment" : "experiments"} and ${size} of predictions`;
}

function bytesOf(experiments: readonly PurgedExperiment[]): number {
  return experiments.reduce((sum, { bytes }) => sum + bytes, 0);
}
