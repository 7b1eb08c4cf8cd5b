import { type PurgedRun, plannedRunPurge, purgeRuns } from "../../maintenance/purge-runs.js";
import { type PurgedExperiment, plannedPurge, purgeTrash } from "../../maintenance/purge-trash.js";
import { isRunId } from "../../run/run-id.js";
import { openStore } from "../../store/open-store.js";
import { TrackingError } from "../../tracking-error.js";
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
  const place = { store: address, ...(project === undefined ? {} : { project }) };
  const runIds = ids.filter(isRunId);
  const what = { ...place, ...(ids.length === 0 ? {} : { predictionIds: ids.filter((id) => !isRunId(id)) }) };
  const ofRuns = { ...place, ...(ids.length === 0 ? {} : { runIds }) };
  const planned = await plannedPurge(what);
  const plannedRuns = await plannedRunPurge(ofRuns);
  refuseMissing(runIds, plannedRuns);
  const isAny = planned.length + plannedRuns.length > 0;
  if (!json && plannedRuns.length > 0) {
    const titles = [{ title: "run id" }, { title: "project" }, { title: "name" }];
    const rows = plannedRuns.map((each) => [each.runId, each.project, each.name ?? "", String(each.bytes)]);
    await terminal.out(textTable([...titles, { title: "bytes", align: "right" }], rows));
  }
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
  if (!yes && isAny) {
    terminal.talk(
      `${inWords(planned, plannedRuns)} in ${address} will be gone for good: nothing brings them back.`,
    );
    const answer = json ? "" : await terminal.ask("Type yes to remove them: ");
    if (answer.trim() !== "yes") {
      terminal.talk("Nothing was removed; --yes removes without asking.");
      setStatus(1);
      return;
    }
  }
  const purgedRuns = await purgeRuns(ofRuns);
  const purged = await withProgress("removing experiments", terminal, (onProgress) =>
    purgeTrash({ ...what, onProgress }),
  );
  if (json) {
    const shown = purged.map(({ predictionId, project: of, bytes }) => ({
      prediction_id: predictionId,
      project: of,
      bytes,
    }));
    const runs = purgedRuns.map(({ runId, project: of, bytes }) => ({ run_id: runId, project: of, bytes }));
    const report = { store: address, purged: shown, runs, bytes: bytesOf([...purged, ...purgedRuns]) };
    await terminal.out(`${JSON.stringify(report)}\n`);
  } else if (!isAny) terminal.talk("Nothing was removed: the trash is empty.");
  else if (purged.length + purgedRuns.length === 0)
    terminal.talk("Nothing was removed: another purge did it meanwhile.");
  else terminal.talk(`${inWords(purged, purgedRuns)} removed.`);
}

/** @throws TrackingError INVALID_ARGUMENT where a run that is named is not in the trash */
function refuseMissing(runIds: readonly string[], planned: readonly PurgedRun[]): void {
  const missing = runIds.find((id) => !planned.some(({ runId }) => runId === id));
  if (missing === undefined) return;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${missing} is not in the trash, and only what is there can be purged: "ml-tracking delete ${missing}" puts it there, "ml-tracking trash" lists what is`,
  );
}

function inWords(experiments: readonly PurgedExperiment[], runs: readonly PurgedRun[]): string {
  const [count, size] = [experiments.length, sizeText(bytesOf(experiments))];
  const said =
    count === 0 && runs.length > 0
      ? []
      : [`${count} ${count === 1 ? "experiment" : "experiments"} and ${size} of predictions`];
  if (runs.length > 0) {
    said.push(
      `${runs.length} ${runs.length === 1 ? "run" : "runs"} with ${sizeText(bytesOf(runs))} of events and artifacts`,
    );
  }
  return said.join(", ");
}

function bytesOf(purged: readonly { bytes: number }[]): number {
  return purged.reduce((sum, { bytes }) => sum + bytes, 0);
}
