import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { SwitchFlags } from "./annotate-command.js";
import { projectFlag } from "./annotate-flags.js";

export const star = defineCommand<[id: string, more: string[]], SwitchFlags>({
  usage: "star <prediction-id> [more...]",
  description: "star experiments, for everybody",
  examples: `ml-tracking star 7f3k9q2m5x1a
     ml-tracking star 7f3k9q2m5x1a --off`,
  flags: { project: projectFlag, off: new Option("--off", "take the star away") },
  run: async ({ terminal }, id, more, options) =>
    (await import("./annotate-command.js")).annotateCommand(
      [id, ...more],
      { starred: !options.off },
      options,
      terminal,
    ),
});
