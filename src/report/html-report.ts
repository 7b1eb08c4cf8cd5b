import { escaped } from "./escaped.js";
import { htmlStyle } from "./html-style.js";
import type { ReportDocument, ReportPart } from "./report-content.js";

const answers: Record<ReportDocument["verdict"], string> = {
  better: "Yes, B is better.",
  worse: "No, B is worse.",
  "no evidence": "There is no evidence that one is better.",
  "cannot be tested": "It cannot be tested.",
};

/** The answer to the question that a report has as its title. */
export function answerOf({ verdict }: ReportDocument): string {
  return answers[verdict];
}

/** One page that needs nothing beside itself, loads nothing and runs nothing. */
export function htmlReport(report: ReportDocument): string {
  const { title, verdict, lead, sections } = report;
  const name = verdict === "better" || verdict === "worse" ? ` ${verdict}` : "";
  const body = [
    `<h1>${escaped(title)}</h1>`,
    `<div class="verdict${name}"><strong>${answerOf(report)}</strong>${lead.map(paragraph).join("")}</div>`,
    ...sections.map(
      (section) => `<h2>${escaped(section.title)}</h2>\n${section.parts.map(partHtml).join("\n")}`,
    ),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${htmlStyle}</style>
</head>
<body>
${body.join("\n")}
</body>
</html>
`;
}

function partHtml(part: ReportPart): string {
  if (part.part === "text") return paragraph(part.text);
  if (part.part === "warning") return `<p class="warning">Warning: ${escaped(part.text)}</p>`;
  if (part.part === "table") return tableHtml(part);
  const figures = part.pictures.map(
    ({ caption, svg }) => `<figure>${svg}<figcaption>${escaped(caption)}</figcaption></figure>`,
  );
  return `<div class="pictures">${figures.join("\n")}</div>${part.legend ? legend : ""}`;
}

const legend = '<p class="legend"><span class="key a"></span>A <span class="key b"></span>B</p>';

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

const longText = 50;

function tableHtml({ columns, rows }: Extract<ReportPart, { part: "table" }>): string {
  const name = (cell: string, i: number) => {
    if (columns[i]?.align === "right") return ' class="number"';
    return cell.length > longText ? ' class="long"' : "";
  };
  const heads = columns.map(({ title }, i) => `<th scope="col"${name(title, i)}>${escaped(title)}</th>`);
  const lines = rows.map(
    (row) => `<tr>${row.map((cell, i) => `<td${name(cell, i)}>${escaped(cell)}</td>`).join("")}</tr>`,
  );
  return `<div class="table"><table><thead><tr>${heads.join("")}</tr></thead><tbody>${lines.join("\n")}</tbody></table></div>`;
}
