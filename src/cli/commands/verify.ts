import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { VerifyFlags } from "./verify-command.js";

export const verify = defineCommand<[], VerifyFlags>({
  usage: "verify",
  description: "check a store: torn lines, duplicates, missing or orphaned predictions, wrong digests",
  examples: `ml-tracking verify
     ml-tracking verify --repair --grace 0     # nobody is logging right now`,
  flags: {
    repair: new Option(
      "--repair",
      "put right what can be; what is taken away goes to quarantine/ in the store",
    ),
    quick: new Option("--quick", "do not read the predictions, only look whether they are there"),
    grace: new Option(
      "--grace <seconds>",
      "leave files younger than this alone: their writer may be at work",
    ).default("3600"),
  },
  run: async ({ terminal, setStatus }, options) =>
    (await import("./verify-command.js")).verifyCommand(options, terminal, setStatus),
});
