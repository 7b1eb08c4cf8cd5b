import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { CompactFlags } from "./compact-command.js";

export const compact = defineCommand<[project: string | undefined], CompactFlags>({
  usage: "compact [project]",
  description:
    "fold many small tracking-log files into few, and format 1 into format 2, while others may go on logging",
  examples: `ml-tracking compact --store gs://team/experiments
     ml-tracking compact churn --grace 0`,
  flags: {
    grace: new Option("--grace <seconds>", "leave files alone that were written less than this ago").default(
      "60",
    ),
  },
  run: async ({ terminal }, project, options) =>
    (await import("./compact-command.js")).compactCommand(project, options, terminal),
});
