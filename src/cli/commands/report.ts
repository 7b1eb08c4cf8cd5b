import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { ReportFlags } from "./report-command.js";

export const report = defineCommand<[a: string, b: string], ReportFlags>({
  usage: "report <a> <b>",
  description:
    "write one file about whether experiment B is better than A: HTML that loads nothing, or Markdown for a pull request",
  examples: `ml-tracking report 7f3k9q2m5x1a 2c8v4n6p0w3d
     ml-tracking report BASELINE CANDIDATE --score f1_macro --margin 0.01 --output report.md`,
  flags: {
    output: new Option(
      "--output <file>",
      "where to write it: FILE.html, or FILE.md for Markdown (default: report-A-B.html)",
    ),
    project: new Option("--project <name>", "where they are (default: looked for in every project)"),
    score: new Option(
      "--score <name>",
      "the score that the verdict is about (default: the project's primary score)",
    ),
    margin: new Option(
      "--margin <amount>",
      "say whether B is superior by so much, or equivalent or non-inferior within it",
    ),
    level: new Option("--level <share>", "how sure the verdict is to be").default("0.95"),
    seed: new Option("--seed <number>", "of the resampling: the same seed gives the same numbers").default(
      "0",
    ),
    onSharedSamples: new Option(
      "--on-shared-samples",
      "compare different test sets on the samples that both have",
    ),
    group: new Option(
      "--group <feature>",
      "the feature by which samples depend on each other, such as a patient: whole groups count (default: as logged)",
    ),
    order: new Option("--order <feature>", "the feature by which samples follow each other in time"),
  },
  run: async ({ terminal }, a, b, options) =>
    (await import("./report-command.js")).reportCommand(a, b, options, terminal),
});
