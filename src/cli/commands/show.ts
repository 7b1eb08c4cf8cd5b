import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { ShowFlags } from "./show-command.js";

export const show = defineCommand<[id: string], ShowFlags>({
  usage: "show <id>",
  description:
    "show one experiment by its prediction id: what was tried, its scores and its first predictions; or one run by its run id",
  examples: "ml-tracking show 7f3k9q2m5x1a --samples 20",
  flags: {
    project: new Option("--project <name>", "where it is (default: looked for in every project)"),
    samples: new Option("--samples <count>", "how many predictions to show").default("5"),
    intervals: new Option("--intervals", "show how far each score could be off, at 95 %"),
    group: new Option(
      "--group <feature>",
      "with --intervals: the feature by which samples depend on each other (default: as logged)",
    ),
    order: new Option("--order <feature>", "likewise, by which samples follow each other in time"),
  },
  run: async ({ terminal }, id, options) =>
    (await import("./show-command.js")).showCommand(id, options, terminal),
});
