import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { PurgeFlags } from "./purge-command.js";

export const purge = defineCommand<[ids: string[]], PurgeFlags>({
  usage: "purge [id...]",
  description: "remove what is in the trash for good, rows and files; says first how much, and asks",
  examples: `ml-tracking purge                       # all of the trash
     ml-tracking purge 7f3k9q2m5x1a --yes`,
  flags: {
    project: new Option("--project <name>", "the trash of this project alone"),
    yes: new Option("--yes", "do not ask"),
  },
  run: async ({ terminal, setStatus }, ids, options) =>
    (await import("./purge-command.js")).purgeCommand(ids, options, terminal, setStatus),
});
