import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { SyncFlags } from "./sync-command.js";

export const sync = defineCommand<[], SyncFlags>({
  usage: "sync",
  description: "deliver the experiments that wait in the local spool because their store could not take them",
  examples: `ml-tracking sync
     ml-tracking sync --store /mnt/team/experiments
     ml-tracking sync --store gs://misspelt/experiments --to gs://team-bucket/experiments`,
  flags: {
    to: new Option("--to <store>", "deliver what waits for --store to this store after all"),
  },
  run: async ({ terminal, setStatus }, options) =>
    (await import("./sync-command.js")).syncCommand(options, terminal, setStatus),
});
