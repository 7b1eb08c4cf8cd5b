import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import type { ReportContent, ReportSection } from "./report-content.js";

/** Where both came from, and how this was judged: enough to do it again. */
export function provenanceSection({ records, comparison, slices }: ReportContent): ReportSection {
  const facts = Object.entries(factsOf);
  const rows = facts
    .map(([title, of]) => [title, ...records.map(of)])
    .filter(([, a, b]) => a !== "" || b !== "");
  const methods = [...new Set(comparison.scores.flatMap(({ method }) => method ?? []))];
  const { level, seed, versions } = comparison;
  const judged = `Judged by ml-tracking ${versions.ml_tracking} at the level ${level}, seed ${seed}; slices corrected by ${slices.correction === "holm" ? "Holm" : "Benjamini and Hochberg"}.`;
  return {
    title: "Provenance",
    parts: [
      { part: "table", columns: [{ title: "" }, { title: "A" }, { title: "B" }], rows: rows },
      { part: "text", text: judged },
      ...(methods.length > 0 ? [{ part: "text", text: `Tests: ${methods.join("; ")}.` } as const] : []),
    ],
  };
}

const factsOf: Record<string, (record: AnnotatedRecord) => string> = {
  "Logged at": ({ loggedAt }) => `${loggedAt.toISOString().slice(0, 19).replace("T", " ")} UTC`,
  By: ({ user, host }) => [user, host].filter(Boolean).join(" on "),
  Script: ({ source }) => source ?? "",
  "Git commit": ({ gitCommit, gitDirty }) =>
    gitCommit === undefined ? "" : `${gitCommit}${gitDirty ? ", with changes that were not committed" : ""}`,
  Data: ({ datasetUri }) => datasetUri,
  Target: ({ targetColumn }) => targetColumn,
  "Test set": ({ testSetSize, testSetDigest }) => `${testSetDigest}, ${testSetSize.toLocaleString("en")} ids`,
  "Positive label": ({ positiveLabel }) => positiveLabel ?? "",
  Language: ({ runtime }) => [runtime["language"], runtime["version"]].filter(isText).join(" "),
  Packages: ({ runtime }) =>
    Object.entries((runtime["packages"] ?? {}) as Record<string, unknown>)
      .map(([name, version]) => `${name} ${String(version)}`)
      .slice(0, 40)
      .join(", "),
  Tags: ({ tags }) => tags.join(", "),
  Note: ({ note }) => note ?? "",
};

function isText(value: unknown): value is string {
  return typeof value === "string";
}
