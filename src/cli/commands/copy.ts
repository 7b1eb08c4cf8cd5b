import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { CopyFlags } from "./copy-command.js";

export const copy = defineCommand<[from: string, to: string], CopyFlags>({
  usage: "copy <from> <to>",
  description:
    "copy experiments from one store to another; what is there already is compared, so do it again if it was interrupted",
  examples: `ml-tracking copy ml-tracking /mnt/team/experiments
     ml-tracking copy /mnt/team/experiments laptop --project churn`,
  namesItsStores: true,
  flags: {
    project: new Option("--project <name>", "copy this project alone"),
    quick: new Option(
      "--quick",
      "take predictions that are there with the same size for the same, do not read them",
    ),
  },
  run: async ({ terminal, setStatus }, from, to, options) =>
    (await import("./copy-command.js")).copyCommand(from, to, options, terminal, setStatus),
});
