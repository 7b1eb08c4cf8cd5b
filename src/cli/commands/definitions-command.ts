import { findDefinitions } from "../../definitions/find-definitions.js";
import type { JsonFlag } from "../define-command.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";
import { wholeNumber } from "../whole-number.js";

export interface DefinitionsFlags extends JsonFlag {
  kind?: "classification" | "regression";
  library?: string;
  score?: string;
  limit?: string;
}

const usualLimit = 50;
const longestFormula = 90;

export async function definitionsCommand(
  words: readonly string[],
  { json, limit, ...asked }: DefinitionsFlags,
  terminal: Terminal,
): Promise<void> {
  const most =
    limit === "all" || (limit === undefined && json)
      ? Number.POSITIVE_INFINITY
      : limit === undefined
        ? usualLimit
        : wholeNumber(limit, "--limit");
  const { total, definitions } = findDefinitions({ words: words.join(" "), ...asked });
  const shown = definitions.slice(0, most);
  if (json) {
    await terminal.out(`${JSON.stringify({ total, definitions: shown })}\n`);
    return;
  }
  if (total === 0) {
    terminal.talk("no definition has all of these words; docs/definitions.md lists every one");
    return;
  }
  const isOfScore = asked.score !== undefined;
  await terminal.out(
    textTable(
      ["definition", "library", "name", isOfScore ? "differs" : "formula"].map((title) => ({ title })),
      shown.map(({ id, library, names, formula, difference }) => [
        id,
        library,
        names[0] ?? "",
        isOfScore ? (difference ?? "") : inShort(formula),
      ]),
    ),
  );
  if (shown.length < total)
    terminal.talk(`${shown.length} of ${total} definitions; --limit all shows every one`);
}

function inShort(text: string): string {
  const characters = [...text];
  return characters.length > longestFormula ? `${characters.slice(0, longestFormula - 1).join("")}…` : text;
}
