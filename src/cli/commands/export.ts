import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { ExportFlags } from "./export-command.js";

export const exportProject = defineCommand<[project: string], ExportFlags>({
  usage: "export <project>",
  description: "write a project as one wide CSV: every parameter is a column of its own",
  examples: `ml-tracking export churn --output churn.csv
     ml-tracking export churn --spreadsheet --output for-excel.csv`,
  flags: {
    runs: new Option("--runs", "its runs instead of its experiments: parameters, tags and last metrics"),
    output: new Option("--output <file>", "write to a file instead of standard output"),
    spreadsheet: new Option(
      "--spreadsheet",
      "for Excel and Sheets: cells that would run as a formula start with an apostrophe",
    ),
  },
  run: async ({ terminal }, project, options) =>
    (await import("./export-command.js")).exportCommand(project, options, terminal),
});
