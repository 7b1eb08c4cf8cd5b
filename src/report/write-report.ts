import { htmlReport } from "./html-report.js";
import { markdownReport } from "./markdown-report.js";
import type { ReportContent } from "./report-content.js";
import { reportDocument } from "./report-document.js";

/** What a report can be written as. */
export const reportFormats = ["html", "markdown"] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** One file for people who have neither the store nor this program. */
export function writeReport(content: ReportContent, format: ReportFormat): string {
  const document = reportDocument(content);
  return format === "html" ? htmlReport(document) : markdownReport(document);
}
