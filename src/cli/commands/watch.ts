import { Option } from "commander";

import { collect } from "../collect.js";
import { defineCommand } from "../define-command.js";
import type { WatchFlags } from "./watch-command.js";

export const watch = defineCommand<[id: string], WatchFlags>({
  usage: "watch <run-id>",
  description: "follow a run while it lasts: a line chart of its metrics in the terminal",
  examples: `ml-tracking watch qd3k9q2m5x1a7v0w --metric loss
     ml-tracking watch qd3k9q2m5x1a7v0w --json    # a line of JSON a point`,
  flags: {
    project: new Option("--project <name>", "where it is (default: looked for in every project)"),
    metric: new Option(
      "--metric <key>",
      "the metric to draw; repeat it for several, each in a chart of its own (default: the first)",
    ).argParser(collect),
    interval: new Option("--interval <seconds>", "how often to look").default("1"),
    once: new Option("--once", "draw what there is and end"),
  },
  run: async ({ terminal }, id, options) =>
    (await import("./watch-command.js")).watchCommand(id, options, terminal),
});
