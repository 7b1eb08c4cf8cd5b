import { inSnakeCase } from "../../experiment/snake-case.js";
import { compactStore } from "../../maintenance/compact-store.js";
import { openStore } from "../../store/open-store.js";
import type { StoreFlags } from "../define-command.js";
import { sayOddFolders } from "../odd-folders.js";
import { withProgress } from "../progress.js";
import type { Terminal } from "../terminal.js";
import { wholeNumber } from "../whole-number.js";

export interface CompactFlags extends StoreFlags {
  grace: string;
}

export async function compactCommand(
  project: string | undefined,
  options: CompactFlags,
  terminal: Terminal,
): Promise<void> {
  const store = openStore(options.store);
  const { address } = store;
  const graceSeconds = wholeNumber(options.grace, "--grace");
  if (project === undefined) await sayOddFolders(store, terminal);
  const projects = await withProgress("folding log files", terminal, (onProgress) =>
    compactStore({
      store: address,
      ...(project === undefined ? {} : { project }),
      graceSeconds,
      onProgress,
    }),
  );
  if (options.json) {
    await terminal.out(`${JSON.stringify({ store: address, projects: projects.map(inSnakeCase) })}\n`);
    return;
  }
  for (const done of projects) {
    const { predictionsRenamed: renamed } = done;
    const format = renamed > 0 ? `; ${renamed} predictions files were given the names of format 2` : "";
    const runs = done.runsFolded > 0 ? `; the events of ${done.runsFolded} runs were folded` : "";
    terminal.talk(`${done.project}: ${done.filesBefore} log files, now ${done.filesAfter}${format}${runs}`);
    for (const path of done.filesWithTornLines) {
      terminal.talk(`${path} has lines that are no rows; run "ml-tracking verify --repair" first`);
    }
  }
  if (projects.length === 0) terminal.talk(`No experiments in ${address} yet.`);
}
