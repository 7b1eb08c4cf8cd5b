import { visibleText } from "../tracking-error.js";
import { answerOf } from "./html-report.js";
import type { ReportDocument, ReportPart } from "./report-content.js";

/** The same as Markdown for a pull request: GitHub shows no inline pictures, so tables and words stand for them. */
export function markdownReport(report: ReportDocument): string {
  const { title, lead, sections } = report;
  const blocks = [
    `# ${markdownText(title)}`,
    `**${answerOf(report)}**`,
    ...lead.map(markdownText),
    ...sections.flatMap((section) => [
      `## ${markdownText(section.title)}`,
      ...section.parts.flatMap(partBlocks),
    ]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function partBlocks(part: ReportPart): string[] {
  if (part.part === "text") return [markdownText(part.text)];
  if (part.part === "warning") return [`> **Warning:** ${markdownText(part.text)}`];
  if (part.part === "pictures") return part.otherwise.flatMap(partBlocks);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const heads = line(part.columns.map(({ title }) => markdownText(title)));
  const rule = line(part.columns.map(({ align }) => (align === "right" ? "---:" : "---")));
  return [[heads, rule, ...part.rows.map((row) => line(row.map(markdownText)))].join("\n")];
}

/**
 * Text on one line that Markdown shows as it is: no markup, HTML, link or mention comes of it. An underscore
 * inside a word is none.
 */
export function markdownText(text: string): string {
  return visibleText(text)
    .replace(/[\n\t]+/g, " ")
    .replace(
      /[\\`*[\]<>&|#~!$]|(?<![a-zA-Z0-9])_|_(?![a-zA-Z0-9])|:(?=\/\/)|(?<=www)\.|^[-+=](?=\s|[-+=]|$)|^\d+(?=[.)](?:\s|$))/gi,
      reference,
    )
    .replace(/@(?=\w)/g, "@\u200b");
}

function reference(found: string): string {
  return [...found].map((character) => `&#${character.codePointAt(0)};`).join("");
}
