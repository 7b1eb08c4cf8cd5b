import { Option } from "commander";

import { collect } from "../collect.js";
import { defineCommand } from "../define-command.js";
import type { HistoryFlags } from "./history-command.js";

export const history = defineCommand<[id: string], HistoryFlags>({
  usage: "history <run-id>",
  description: "print the points of a run's metrics as CSV: key, step, time, value",
  examples: `ml-tracking history qd3k9q2m5x1a7v0w --metric loss
     ml-tracking history qd3k9q2m5x1a7v0w --json | jq '.points[] | select(.key == "loss")'`,
  flags: {
    project: new Option("--project <name>", "where it is (default: looked for in every project)"),
    metric: new Option(
      "--metric <key>",
      "only this metric; repeat it for several (default: all but those of the system)",
    ).argParser(collect),
    system: new Option("--system", "those of the system, too"),
  },
  run: async ({ terminal }, id, options) =>
    (await import("./history-command.js")).historyCommand(id, options, terminal),
});
