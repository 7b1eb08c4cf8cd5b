import { extname } from "node:path";

import { report } from "../../jobs/report.js";
import type { ReportFormat } from "../../report/write-report.js";
import { TrackingError } from "../../tracking-error.js";
import type { StoreFlags } from "../define-command.js";
import { numberFlag } from "../number-flag.js";
import { withProgress } from "../progress.js";
import type { Terminal } from "../terminal.js";
import { onOneLine } from "../text-table.js";
import { writeOutput } from "../write-output.js";

export interface ReportFlags extends StoreFlags {
  output?: string;
  project?: string;
  score?: string;
  margin?: string;
  level: string;
  seed: string;
  onSharedSamples?: boolean;
  group?: string;
  order?: string;
}

const formats: Readonly<Record<string, ReportFormat>> = {
  ".html": "html",
  ".htm": "html",
  ".md": "markdown",
  ".markdown": "markdown",
};

export async function reportCommand(
  a: string,
  b: string,
  { output, json, margin, onSharedSamples = false, ...options }: ReportFlags,
  terminal: Terminal,
): Promise<void> {
  const file = output ?? `report-${a}-${b}.html`;
  const format = formats[extname(file).toLowerCase()];
  if (format === undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--output is ${JSON.stringify(file)}; give a file that ends in .html, or in .md for Markdown`,
    );
  }
  const settings = {
    ...options,
    ...(margin === undefined ? {} : { margin: numberFlag(margin, "--margin") }),
    level: numberFlag(options.level, "--level"),
    seed: numberFlag(options.seed, "--seed"),
    onSharedSamples,
    format,
  };
  const { text, verdict, summary } = await withProgress("slices", terminal, (onProgress) =>
    report(a, b, { ...settings, onProgress }),
  );
  await writeOutput(file, text, "--output");
  await terminal.out(
    json
      ? `${JSON.stringify({ file, format, verdict, summary })}\n`
      : `${onOneLine(summary)}\nwritten to ${onOneLine(file)}\n`,
  );
}
