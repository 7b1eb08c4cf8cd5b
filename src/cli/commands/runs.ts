import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { RunsFlags } from "./runs-command.js";

export const runs = defineCommand<[project: string], RunsFlags>({
  usage: "runs <project>",
  description: "list the runs of a project, the last one first",
  examples: `ml-tracking runs churn --status running
     ml-tracking runs churn --json | jq '.runs[].metrics.loss'`,
  flags: {
    status: new Option(
      "--status <status>",
      "those that are running, finished, failed, killed or lost (running, but without a sign of life)",
    ),
    limit: new Option("--limit <count>", "show that many, or all (default: 50; with --json all)"),
  },
  run: async ({ terminal }, project, options) =>
    (await import("./runs-command.js")).runsCommand(project, options, terminal),
});
