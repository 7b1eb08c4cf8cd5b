import { type Score, scoreRegistry } from "../scores/registry.js";
import type { DefinedSample } from "./asked-definitions.js";
import { catalogue, plainName } from "./catalogue.js";
import type { Definition } from "./definition.js";
import { definitionsCalled, differenceFrom } from "./score-definitions.js";
import { smallSamples } from "./small-samples.js";

/** docs/definitions.md: what else goes by the name of each score of ours. */
export function definitionsPage(): string {
  const libraries = [...new Set(catalogue.map(({ library, version }) => `${library} ${version}`))].sort();
  const examples = smallSamples();
  const sections = scoreRegistry.map((score) => section(score, examples));
  return `${intro(libraries)}\n${sections.join("\n")}\n${others()}`;
}

function intro(libraries: readonly string[]): string {
  return `# One name, many definitions

Written by \`scripts/definitions-page.js\` from the records in \`src/definitions/\`. Each of the ${catalogue.length}
definitions is computed by ml-tracking's own code and was compared with its library on 200 generated samples
and on real data; those marked _documented_ only with what the library's documentation says.
\`ml-tracking explain\` finds by them which one a number is: [explain.md](explain.md).

Compared with: ${libraries.join(", ")}.

Each section is a score of ours. An example shows the smallest sample that was found on which a definition
differs from ours: y is y_true, p is y_pred, s is y_score of class 1, or of each class in turn.
`;
}

function section(score: Score, examples: readonly DefinedSample[]): string {
  const rows = definitionsCalled(score).map((definition) => row(definition, score, examples));
  const table =
    rows.length > 0
      ? `| library | call | differs from ours |\n| --- | --- | --- |\n${rows.join("\n")}\n`
      : "No other definition of this name is in the catalogue.\n";
  return `## ${score.name}\n\n${score.meaning}\n\n${table}`;
}

function row(definition: Definition, score: Score, examples: readonly DefinedSample[]): string {
  const { library, call, formula, comparedWith } = definition;
  const documented = comparedWith === "documentation" ? " _documented_" : "";
  const cells = [`${library}${documented}`, `\`${call}\``, differenceFrom(score, definition, examples)];
  const same = cells[2] === "no";
  return `| ${cells.map(cellText).join(" | ")}${same ? "" : ` ${cellText(formula)}`} |`;
}

/** Definitions whose names are no score's of ours. */
function others(): string {
  const ours = new Set(scoreRegistry.map(({ kind, name }) => `${kind} ${plainName(name)}`));
  const rows = catalogue
    .filter(({ kind, names, id }) =>
      [...names, id.slice(id.indexOf(":") + 1)].every((name) => !ours.has(`${kind} ${plainName(name)}`)),
    )
    .map(({ library, call, names, formula }) =>
      [library, `\`${call}\``, names[0]!, formula].map(cellText).join(" | "),
    );
  return `## Other numbers\n\n| library | call | name | formula |\n| --- | --- | --- | --- |\n${rows.map((each) => `| ${each} |`).join("\n")}\n`;
}

function cellText(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
