import { shortNumber } from "../scores/short-number.js";
import type { ReportContent, ReportSection } from "./report-content.js";
import { between, percentOf } from "./scores-section.js";

const mostSlices = 12;

/** The parts of the test set on which the two differ, those that are shown to first. */
export function slicesSection({ slices: { slices, ...report } }: ReportContent): ReportSection {
  const { score, level, tried, significant, by, columns, overall } = report;
  const searched =
    by === null ? `by ${columns.length} ${columns.length === 1 ? "feature" : "features"}` : `by ${by}`;
  const differing = slices.filter(({ verdict }) => verdict === "better" || verdict === "worse");
  const shown = differing.length > 0 ? differing : by === null ? [] : slices;
  const all = `Of all samples, ${score} is ${shortNumber(overall.a)} for A and ${shortNumber(overall.b)} for B.`;
  const found =
    significant === 0
      ? `On none of ${tried} slices ${searched} are the two shown to differ (corrected for all that were tried). ${all}`
      : `The two are shown to differ on ${significant} of ${tried} slices ${searched} (corrected for all that were tried). ${all}`;
  const without =
    by === null ? [] : ["No features were logged with A or B, so the slices are those of the true values."];
  const left = shown.length - mostSlices;
  return {
    title: "Where they differ",
    parts: [
      ...[...without, found].map((text) => ({ part: "text", text }) as const),
      ...(shown.length === 0
        ? []
        : [
            {
              part: "table",
              columns: [
                { title: "Slice" },
                { title: "Samples", align: "right" },
                { title: `${score} of A`, align: "right" },
                { title: "of B", align: "right" },
                { title: "B - A", align: "right" },
                { title: `Between (${percentOf(level)} %)`, align: "right" },
                { title: "p corrected", align: "right" },
                { title: "B is" },
              ],
              rows: shown
                .slice(0, mostSlices)
                .map(({ text, n, difference, p_corrected: p, verdict }) => [
                  text,
                  n.toLocaleString("en"),
                  shortNumber(difference.a),
                  shortNumber(difference.b),
                  shortNumber(difference.difference),
                  between(difference.low, difference.high),
                  shortNumber(p),
                  verdict,
                ]),
            } as const,
          ]),
      ...(left > 0 ? [{ part: "text", text: `${left} more slices are left out here.` } as const] : []),
    ],
  };
}
