import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { ExplainFlags } from "./explain-command.js";

export const explain = defineCommand<[id: string], ExplainFlags>({
  usage: "explain <id>",
  description: "say which definition of which library gives a number, or the metrics of its run",
  examples: `ml-tracking explain 7f3k9q2m5x1a --value 0.8805 --name aucpr
     ml-tracking explain 7f3k9q2m5x1a --value 88.05% --from xgboost
     ml-tracking explain 7f3k9q2m5x1a             # the metrics of the run that it belongs to`,
  flags: {
    value: new Option(
      "--value <number>",
      "the number, with all digits that you have (default: the metrics of its run)",
    ),
    name: new Option("--name <name>", "what it is called where you have it from, such as aucpr or val_f1"),
    from: new Option("--from <library>", "the library that gave it, such as xgboost"),
    project: new Option("--project <name>", "where it is (default: looked for in every project)"),
  },
  run: async ({ terminal }, id, options) =>
    (await import("./explain-command.js")).explainCommand(id, options, terminal),
});
