import { inSnakeCase } from "../../experiment/snake-case.js";
import { copyStore } from "../../maintenance/copy-store.js";
import { countText } from "../count-text.js";
import type { JsonFlag } from "../define-command.js";
import { withProgress } from "../progress.js";
import { sizeText } from "../size-text.js";
import { spoolHint } from "../spool-hint.js";
import type { Terminal } from "../terminal.js";

export interface CopyFlags extends JsonFlag {
  project?: string;
  quick?: boolean;
}

/** Copies experiments from one store to another; taken up again where it was interrupted. */
export async function copyCommand(
  from: string,
  to: string,
  options: CopyFlags,
  terminal: Terminal,
  setStatus: (status: number) => void,
): Promise<void> {
  const { project, quick } = options;
  const report = await withProgress("copying experiments", terminal, (onProgress) =>
    copyStore({
      from,
      to,
      onProgress,
      ...(project === undefined ? {} : { project }),
      ...(quick === undefined ? {} : { quick }),
    }),
  );
  await spoolHint(report.from, terminal);
  setStatus(report.problems.length > 0 ? 1 : 0);
  if (options.json) {
    const problems = report.problems.map(({ predictionId, ...rest }) =>
      inSnakeCase({ ...rest, predictionId }),
    );
    await terminal.out(`${JSON.stringify({ ...report, problems })}\n`);
    return;
  }
  for (const { kind, path, message } of report.problems) {
    await terminal.out(`${kind} ${path}: ${message}\n`);
  }
  const open = report.problems.length === 0 ? "" : `, ${countText(report.problems.length, "problem")}`;
  const purged = report.purged === 0 ? "" : `, ${report.purged} purged and left out`;
  const said = report.annotations === 0 ? "" : `, ${countText(report.annotations, "line")} of annotations`;
  const runs = report.runs === 0 ? "" : `, ${countText(report.runs, "run")}`;
  const documents =
    report.documents === 0 ? "" : `, ${countText(report.documents, "entry", "entries")} of MLflow's clients`;
  terminal.talk(
    `${countText(report.copied, "experiment")} copied (${sizeText(report.bytes)} of predictions${report.runs > 0 ? " and runs" : ""}), ${report.already} ${report.already === 1 ? "was" : "were"} there already${purged}${said}${runs}${documents}${open}`,
  );
}
