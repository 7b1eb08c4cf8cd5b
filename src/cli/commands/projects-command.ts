import { projectSummaries } from "../../jobs/project-summaries.js";
import { shortNumber } from "../../scores/short-number.js";
import { openStore } from "../../store/open-store.js";
import type { StoreFlags } from "../define-command.js";
import { spoolHint } from "../spool-hint.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";

export async function projectsCommand(options: StoreFlags, terminal: Terminal): Promise<void> {
  const { address } = openStore(options.store);
  await spoolHint(address, terminal);
  const { projects, odd } = await projectSummaries(options);
  if (options.json) {
    await terminal.out(`${JSON.stringify({ store: address, projects, problems: odd })}\n`);
    return;
  }
  for (const { path, reason } of odd) terminal.talk(`warning: ${path} is left out: ${reason}`);
  if (projects.length === 0) {
    terminal.talk(
      `No experiments and no runs in ${address} yet. Log one, try "ml-tracking demo", or name another --store.`,
    );
    return;
  }
  const rows = projects.map(({ project, experiments, runs, last_logged_at, best }) => [
    project,
    String(experiments),
    String(runs),
    best?.prediction_id ?? "",
    best ? `${best.score} ${shortNumber(best.value)}` : "",
    last_logged_at ?? "",
  ]);
  await terminal.out(
    textTable(
      [
        { title: "project" },
        { title: "experiments", align: "right" },
        { title: "runs", align: "right" },
        { title: "best" },
        { title: "primary score" },
        { title: "last logged at" },
      ],
      rows,
    ),
  );
  for (const { project, problems } of projects)
    if (problems > 0) terminal.talk(problemsHint(project, problems));
}

export function problemsHint(project: string, problems: number): string {
  const lines = problems === 1 ? "1 line" : `${problems} lines`;
  return `${lines} of ${project}'s tracking log cannot be read; "ml-tracking verify" says why, "ml-tracking verify --repair" mends`;
}
