import { inSnakeCase } from "../../experiment/snake-case.js";
import { syncSpool } from "../../spool/sync-spool.js";
import type { StoreFlags } from "../define-command.js";
import { withProgress } from "../progress.js";
import type { Terminal } from "../terminal.js";

export interface SyncFlags extends StoreFlags {
  to?: string;
}

/** Delivers what waits in the spool: for every store, or for the one that is named. */
export async function syncCommand(
  options: SyncFlags,
  terminal: Terminal,
  setStatus: (status: number) => void,
): Promise<void> {
  const { store, to } = options;
  const { delivered, remaining, deliveredRuns, remainingRunFiles } = await withProgress(
    "delivering",
    terminal,
    (onProgress) =>
      syncSpool({
        ...(store === undefined ? {} : { store }),
        ...(to === undefined ? {} : { to }),
        onProgress,
      }),
  );
  setStatus(remaining.length + remainingRunFiles.length > 0 ? 1 : 0);
  if (options.json) {
    const json = {
      delivered: delivered.map(inSnakeCase),
      remaining: remaining.map(({ predictionId, project, store: address, file, reason }) =>
        inSnakeCase({ predictionId, project, store: address, file, reason }),
      ),
      delivered_runs: deliveredRuns,
      remaining_run_files: remainingRunFiles,
    };
    await terminal.out(`${JSON.stringify(json)}\n`);
    return;
  }
  for (const one of delivered)
    await terminal.out(`delivered ${one.predictionId} ${one.store}/${one.trackingLog}\n`);
  for (const { predictionId, file, reason } of remaining) {
    await terminal.out(`remains ${predictionId} ${file}: ${reason}\n`);
  }
  for (const runId of deliveredRuns) await terminal.out(`delivered run ${runId}\n`);
  for (const { file, reason } of remainingRunFiles) await terminal.out(`remains ${file}: ${reason}\n`);
  const done = delivered.length + deliveredRuns.length;
  const left = remaining.length + remainingRunFiles.length;
  terminal.talk(
    done + left === 0 ? "Nothing waits in the local spool." : `${done} delivered, ${left} remain`,
  );
}
