import { deleteRuns } from "../../jobs/delete-runs.js";
import { isRunId } from "../../run/run-id.js";
import type { Terminal } from "../terminal.js";
import { onOneLine } from "../text-table.js";
import { type AnnotateFlags, annotateCommand } from "./annotate-command.js";

/** Puts experiments and runs into the trash, or takes them out of it. */
export async function deleteCommand(
  ids: readonly string[],
  deleted: boolean,
  options: AnnotateFlags,
  terminal: Terminal,
): Promise<void> {
  const runIds = ids.filter(isRunId);
  const others = ids.filter((id) => !isRunId(id));
  const { store, project, json } = options;
  const place = { ...(store === undefined ? {} : { store }), ...(project === undefined ? {} : { project }) };
  const runs = runIds.length === 0 ? [] : await deleteRuns(runIds, { deleted, ...place });
  if (others.length > 0 && !json) await annotateCommand(others, { deleted }, options, terminal);
  if (json && runs.length === 0) return annotateCommand(others, { deleted }, options, terminal);
  if (json) {
    const shown = runs.map(({ runId, project: of, name }) => ({ run_id: runId, project: of, name, deleted }));
    if (others.length > 0)
      await annotateCommand(others, { deleted }, { ...options, json: false }, silent(terminal));
    await terminal.out(`${JSON.stringify({ runs: shown, experiments: others })}\n`);
    return;
  }
  for (const { runId, name } of runs) {
    const what = deleted ? 'in the trash: "ml-tracking restore" brings it back' : "back from the trash";
    await terminal.out(`${onOneLine([runId, ...(name === undefined ? [] : [name]), what].join("  "))}\n`);
  }
}

/** Where JSON is printed once for all. */
function silent(terminal: Terminal): Terminal {
  return { ...terminal, out: async () => {} };
}
