import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { PrimaryScoreFlags } from "./primary-score-command.js";

export const primaryScore = defineCommand<[project: string, score: string | undefined], PrimaryScoreFlags>({
  usage: "primary-score <project> [score]",
  description: "say, or set for everybody, what a project's experiments are ranked by",
  examples: `ml-tracking primary-score churn              # says it
     ml-tracking primary-score churn roc_auc
     ml-tracking primary-score churn --usual      # f1_macro and root_mean_squared_error again`,
  flags: {
    usual: new Option("--usual", "rank by f1_macro and root_mean_squared_error again"),
  },
  run: async ({ terminal }, project, score, options) =>
    (await import("./primary-score-command.js")).primaryScoreCommand(project, score, options, terminal),
});
