import { compareSlices, findSlices, sliceScores } from "../../jobs/slices.js";
import type { SliceComparison, SlicePair, SliceReport, SliceScore } from "../../judge/slices/slice-schema.js";

import { findScore } from "../../scores/registry.js";
import { shortNumber } from "../../scores/short-number.js";
import { TrackingError } from "../../tracking-error.js";
import type { StoreFlags } from "../define-command.js";
import { withProgress } from "../progress.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";
import { wholeNumber } from "../whole-number.js";

export interface SlicesFlags extends StoreFlags {
  project?: string;
  by?: string;
  score?: string;
  level: string;
  seed: string;
  correction: "holm" | "bh";
  minSize?: string;
  bins: string;
  limit: string;
  onSharedSamples?: boolean;
}

/** Shows on which parts of the test set a model is worse, or one model than another. */
export async function slicesCommand(
  id: string,
  other: string | undefined,
  options: SlicesFlags,
  terminal: Terminal,
): Promise<void> {
  const { store, project, by, score, minSize } = options;
  const report = await withProgress("slices", terminal, async (onProgress) => {
    const settings = {
      ...(store === undefined ? {} : { store }),
      ...(project === undefined ? {} : { project }),
      score,
      level: shareOf(options.level),
      seed: wholeNumber(options.seed, "--seed"),
      correction: options.correction,
      minSize: minSize === undefined ? undefined : wholeNumber(minSize, "--min-size", 2),
      bins: wholeNumber(options.bins, "--bins", 2),
      limit: wholeNumber(options.limit, "--limit", 1),
      onProgress,
    };
    if (other !== undefined) {
      const onSharedSamples = options.onSharedSamples ?? false;
      return compareSlices(id, other, { ...settings, by, onSharedSamples });
    }
    return by === undefined ? findSlices(id, settings) : sliceScores(id, { ...settings, by });
  });
  if (options.json) await terminal.out(`${JSON.stringify(report)}\n`);
  else await terminal.out("a" in report ? comparisonText(report) : reportText(report));
}

function shareOf(text: string): number {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (number >= 0 && number < 1) return number;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--level is ${JSON.stringify(text)}; give a share such as 0.95`,
  );
}

function reportText(report: SliceReport): string {
  const { by, score, n, overall, columns, slices, level } = report;
  const positive = report.positive_label;
  const about = positive !== null && findScore(score)?.binaryOnly ? ` of ${JSON.stringify(positive)}` : "";
  const lines = [`${n} samples, ${score}${about} ${shortNumber(overall.value)}`];
  if (by === null && columns.length === 0) {
    lines.push(noFeatures, "Slices by true label or value: --by y_true.");
    return `${lines.join("\n")}\n`;
  }
  if (by === null) lines.push(searchText(report));
  const table = textTable(
    [
      { title: "slice" },
      { title: "samples", align: "right" },
      { title: score, align: "right" },
      { title: `between (${percentOf(level)})`, align: "right" },
      { title: "elsewhere", align: "right" },
      { title: "p corrected", align: "right" },
      { title: "is" },
    ],
    slices.map((slice) => [
      slice.text,
      String(slice.n),
      shortNumber(slice.slice.value),
      between(slice.slice.low, slice.slice.high),
      slice.rest ? shortNumber(slice.rest.value) : "",
      pText(slice.difference?.p_corrected ?? null),
      slice.verdict,
    ]),
  );
  const first = by === null ? slices.slice(0, 5).map(({ summary }) => sentence(summary)) : [];
  const method = slices[0]?.difference?.method;
  return `${[...lines, ...first].join("\n")}\n${slices.length > 0 ? `\n${table}` : ""}${method ? `\nmethod: ${method}; corrected by ${correctionName(report)} for ${report.tried} slices\n` : ""}`;
}

const noFeatures =
  "No features were logged with it, so there is nothing to search: log them with --features COLUMN,... (sampleFeatures in TypeScript).";

/** What was searched, and what came of it. */
function searchText({ columns, tried, significant, slices, min_size: least, level }: SliceReport): string {
  const what = `${tried} of ${least} samples or more were tried, by ${columns.length} ${columns.length === 1 ? "feature" : "features"} and pairs of them`;
  if (significant === 0)
    return `No slice is shown to be worse than the rest at ${percentOf(level)}; ${what}.`;
  const others = significant - slices.length;
  const rest = others > 0 ? `; ${others} more say the same of the same samples, or less` : "";
  return `${slices.length} ${slices.length === 1 ? "slice is" : "slices are"} worse than the rest; ${what}${rest}.`;
}

function comparisonText(report: SliceComparison): string {
  const { a, b, n, score, overall, columns, slices, level } = report;
  const lines = [
    `A  ${a.prediction_id}  ${a.name ?? a.model}${positiveText(a)}`,
    `B  ${b.prediction_id}  ${b.name ?? b.model}${positiveText(b)}`,
    `${n} samples: ${score} ${shortNumber(overall.a)} for A, ${shortNumber(overall.b)} for B; ${report.significant} of ${report.tried} slices differ`,
  ];
  if (columns.length === 0) lines.push(noFeatures, "Slices by true label or value: --by y_true.");
  const table = textTable(
    [
      { title: "slice" },
      { title: "samples", align: "right" },
      { title: "A", align: "right" },
      { title: "B", align: "right" },
      { title: "difference", align: "right" },
      { title: `between (${percentOf(level)})`, align: "right" },
      { title: "p corrected", align: "right" },
      { title: "B is" },
    ],
    slices.map((slice) => pairRow(slice)),
  );
  return `${textTable(
    [{ title: lines[0]! }],
    lines.slice(1).map((line) => [line]),
  )}${slices.length > 0 ? `\n${table}` : ""}`;
}

function positiveText({ positive_label: positive }: SliceComparison["a"]): string {
  return positive === null ? "" : `  positive label ${positive}`;
}

function pairRow({ text, n, difference, p_corrected, verdict }: SlicePair): string[] {
  return [
    text,
    String(n),
    shortNumber(difference.a),
    shortNumber(difference.b),
    shortNumber(difference.difference),
    between(difference.low, difference.high),
    pText(p_corrected),
    verdict,
  ];
}

function between(low: number | null, high: number | null): string {
  return low === null || high === null ? "" : `${shortNumber(low)} to ${shortNumber(high)}`;
}

function pText(p: number | null): string {
  return p === null ? "" : shortNumber(p);
}

function percentOf(level: number): string {
  return `${Number((level * 100).toPrecision(6))} %`;
}

function correctionName({ correction }: Pick<SliceReport, "correction">): string {
  return correction === "holm" ? "Holm" : "Benjamini and Hochberg";
}

/** A value may hold anything; a table's cell takes out what would move the cursor. */
function sentence(summary: SliceScore["summary"]): string {
  const text = `- ${summary}.`;
  return textTable([{ title: text }], []).trimEnd();
}
