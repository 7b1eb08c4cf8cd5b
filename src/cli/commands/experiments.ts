import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { ExperimentsFlags } from "./experiments-command.js";

export const experiments = defineCommand<[project: string], ExperimentsFlags>({
  usage: "experiments <project>",
  description: "list the experiments of a project, the last one first",
  examples: `ml-tracking experiments churn --sort best --limit 10
     ml-tracking experiments churn --json | jq '.experiments[].scores.f1'`,
  flags: {
    sort: new Option(
      "--sort <column>",
      "best (by the project's primary score), a score (best first), added.NAME (an added score), logged_at, name or model (default: logged_at, latest first)",
    ),
    limit: new Option("--limit <count>", "show that many, or all (default: 50; with --json all)"),
    archived: new Option("--archived", "list archived experiments, too"),
  },
  run: async ({ terminal }, project, options) =>
    (await import("./experiments-command.js")).experimentsCommand(project, options, terminal),
});
