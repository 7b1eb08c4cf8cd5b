import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { ScoresFlags } from "./scores-command.js";

export const scores = defineCommand<[project: string], ScoresFlags>({
  usage: "scores <project>",
  description: "list, add or remove scores that a project has beside those of every project",
  examples: `ml-tracking scores churn                     # lists them, with their values
     ml-tracking scores churn --add ks --definition scipy:ks_2samp
     ml-tracking scores churn --remove ks`,
  flags: {
    add: new Option("--add <name>", "add a score of this name, or replace it, for everybody"),
    definition: new Option(
      "--definition <id>",
      'what it is: a definition of the catalogue ("ml-tracking definitions" finds them)',
    ),
    expression: new Option("--expression <text>", "in place of a definition"),
    kind: new Option(
      "--kind <kind>",
      "of an expression: classification or regression (default: the project's only kind)",
    ).choices(["classification", "regression"]),
    direction: new Option("--direction <direction>", "of an expression: which values are better").choices([
      "higher",
      "lower",
      "zero",
    ]),
    remove: new Option("--remove <name>", "take a score away from the project"),
    limit: new Option(
      "--limit <count>",
      "values of that many experiments, or all (default: 50; with --json all)",
    ),
  },
  run: async ({ terminal }, project, options) =>
    (await import("./scores-command.js")).scoresCommand(project, options, terminal),
});
