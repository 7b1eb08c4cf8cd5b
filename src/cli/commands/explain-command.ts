import { checkRunMetrics } from "../../jobs/check-run-metrics.js";
import { explainScore } from "../../jobs/explain-score.js";
import type { Place } from "../../jobs/find-experiments.js";
import { shortNumber } from "../../scores/short-number.js";
import { TrackingError } from "../../tracking-error.js";
import type { StoreFlags } from "../define-command.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";

export interface ExplainFlags extends StoreFlags {
  value?: string;
  name?: string;
  from?: string;
  project?: string;
}

/** Says where a number comes from. */
export async function explainCommand(id: string, options: ExplainFlags, terminal: Terminal): Promise<void> {
  const { json, from: library, value, ...asked } = options;
  if (value === undefined) {
    const { name, ...place } = asked;
    if (name !== undefined || library !== undefined) throw withoutValue(name === undefined ? "from" : "name");
    await sayOfRun(id, json, place, terminal);
    return;
  }
  const found = await explainScore(id, { ...asked, value, library });
  if (json) {
    await terminal.out(`${JSON.stringify(found)}\n`);
    return;
  }
  const rows = [
    ...found.matches.map((each) => ({ ...each, what: "" })),
    ...found.accidents,
    ...found.nearest.map((each) => ({ ...each, what: `${shortNumber(each.distance)} away` })),
  ];
  const table = textTable(
    [{ title: "definition" }, { title: "value", align: "right" }, { title: "call" }, { title: "" }],
    rows.map((row) => [row.definition, String(row.value), row.call, row.what]),
  );
  await terminal.out(`${found.summary}\n\n${table}`);
}

async function sayOfRun(
  id: string,
  json: boolean | undefined,
  place: Place,
  terminal: Terminal,
): Promise<void> {
  const found = await checkRunMetrics(id, place);
  if (json) {
    await terminal.out(`${JSON.stringify(found)}\n`);
    return;
  }
  await terminal.out(`${[found.summary, ...found.metrics.map((each) => `  ${each.summary}`)].join("\n")}\n`);
}

function withoutValue(flag: string): TrackingError {
  return new TrackingError(
    "MISSING_ARGUMENT",
    `--${flag} is of a number: give it with --value, such as 0.8805`,
  );
}
