import { explainScore } from "../../jobs/explain-score.js";
import { shortNumber } from "../../scores/short-number.js";
import type { StoreFlags } from "../define-command.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";

export interface ExplainFlags extends StoreFlags {
  value: string;
  name?: string;
  from?: string;
  project?: string;
}

/** Says where a number comes from. */
export async function explainCommand(id: string, options: ExplainFlags, terminal: Terminal): Promise<void> {
  const { json, from: library, ...asked } = options;
  const found = await explainScore(id, { ...asked, library });
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
    rows.map(({ definition, value, call, what }) => [definition, String(value), call, what]),
  );
  await terminal.out(`${found.summary}\n\n${table}`);
}
