import { readRun } from "../../jobs/read-runs.js";
import { runJson } from "../../run/run-json.js";
import { openStore } from "../../store/open-store.js";
import type { StoreFlags } from "../define-command.js";
import { durationText } from "../duration-text.js";
import { sizeText } from "../size-text.js";
import type { Terminal } from "../terminal.js";
import { onOneLine, textTable } from "../text-table.js";
import { endOf, metricText } from "./runs-command.js";

/** Shows one run: what it was started with, how it stands, its last values, and what belongs to it. */
export async function showRun(
  id: string,
  options: StoreFlags & { project?: string },
  terminal: Terminal,
): Promise<void> {
  const now = new Date();
  const { store, project } = options;
  const found = await readRun(id, { ...(store === undefined ? {} : { store }), project, now });
  const { run, experiments, children, artifacts, history, problems } = found;
  if (options.json) {
    const files = artifacts.map((file) => ({ ...file, modified: file.modified.toISOString() }));
    const shown = { ...runJson(run), experiments, children, artifacts: files, history, problems };
    await terminal.out(`${JSON.stringify(shown)}\n`);
    return;
  }
  const facts: [string, string | undefined][] = [
    ["run id", run.runId],
    ["project", run.project],
    ["name", run.name],
    ["status", run.status],
    [
      "lost contact",
      run.lostContact
        ? `${durationText(now.getTime() - run.lastSeenAt.getTime())} ago: no sign of life since`
        : undefined,
    ],
    ["error", run.error],
    ["started at", run.startedAt.toISOString()],
    ["ended at", run.endedAt?.toISOString()],
    ["duration", durationText(endOf(run, now).getTime() - run.startedAt.getTime())],
    ["parent run", run.parentRunId],
    ["children", children.length > 0 ? children.join(", ") : undefined],
    ["experiments", experiments.length > 0 ? experiments.join(", ") : undefined],
    ["parameters", Object.keys(run.parameters).length === 0 ? "none" : ""],
    ...Object.entries(run.parameters).map(([key, value]): [string, string] => [`  ${key}`, short(value)]),
    ["tags", Object.keys(run.tags).length === 0 ? "none" : ""],
    ...Object.entries(run.tags).map(([key, value]): [string, string] => [`  ${key}`, short(value)]),
    ["run by", [run.user, run.host].filter(Boolean).join(" on ")],
    ["source", run.source],
    ["git commit", run.gitCommit && `${run.gitCommit}${run.gitDirty ? " with uncommitted changes" : ""}`],
    ["runtime", short(run.runtime)],
    ["events in", history],
  ];
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  const keyWidth = known.reduce((widest, [key]) => Math.max(widest, key.length), 0);
  await terminal.out(
    `${known.map(([key, value]) => onOneLine(`${key.padEnd(keyWidth)}  ${value}`).trimEnd()).join("\n")}\n`,
  );
  const metrics = Object.entries(run.metrics);
  if (metrics.length > 0) {
    const columns = [{ title: "metric" }, { title: "last value", align: "right" }] as const;
    await terminal.out(
      `\n${textTable(
        columns,
        metrics.map(([key, value]) => [key, metricText(value)]),
      )}`,
    );
  }
  if (artifacts.length > 0) {
    const columns = [{ title: "artifact" }, { title: "size", align: "right" }] as const;
    await terminal.out(
      `\n${textTable(
        columns,
        artifacts.map(({ path, bytes }) => [path, sizeText(bytes)]),
      )}`,
    );
    const folder = `artifacts/${run.project}/${run.runId}`;
    terminal.talk(`artifacts are in ${folder} of ${openStore(store).address}`);
  }
  for (const { path, line, reason } of problems) terminal.talk(`warning: ${path}, line ${line}: ${reason}`);
}

function short(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
