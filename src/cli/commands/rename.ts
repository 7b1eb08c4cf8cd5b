import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { RenameFlags } from "./annotate-command.js";
import { projectFlag } from "./annotate-flags.js";

export const rename = defineCommand<[id: string, name: string | undefined], RenameFlags>({
  usage: "rename <prediction-id> [name]",
  description: "call an experiment something else, for everybody",
  examples: `ml-tracking rename 7f3k9q2m5x1a "wider trees"
     ml-tracking rename 7f3k9q2m5x1a --clear     # as it was logged`,
  flags: {
    project: projectFlag,
    clear: new Option("--clear", "call it what it was logged as"),
  },
  run: async ({ terminal }, id, name, options) =>
    (await import("./annotate-command.js")).renameCommand(id, name, options, terminal),
});
