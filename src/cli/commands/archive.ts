import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { SwitchFlags } from "./annotate-command.js";
import { projectFlag } from "./annotate-flags.js";

export const archive = defineCommand<[id: string, more: string[]], SwitchFlags>({
  usage: "archive <prediction-id> [more...]",
  description: "leave experiments out of rankings and of the usual table; they stay where they are",
  examples: `ml-tracking archive 7f3k9q2m5x1a 2c8v4n6p0w3d
     ml-tracking archive 7f3k9q2m5x1a --off`,
  flags: { project: projectFlag, off: new Option("--off", "take them back in") },
  run: async ({ terminal }, id, more, options) =>
    (await import("./annotate-command.js")).annotateCommand(
      [id, ...more],
      { archived: !options.off },
      options,
      terminal,
    ),
});
