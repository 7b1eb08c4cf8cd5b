import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import { servingFlags } from "../serving-flags.js";
import type { DashboardFlags } from "./dashboard-command.js";

export const dashboard = defineCommand<[], DashboardFlags>({
  usage: "dashboard",
  description: "open a store's tables and plots in the browser",
  examples: `ml-tracking dashboard
     ml-tracking dashboard --store /mnt/team/experiments --port 8080
     ml-tracking dashboard --host 0.0.0.0     # for colleagues on this network
     ml-tracking dashboard --allowed-host ml.example.com --base-path /team/ml     # behind a proxy`,
  flags: {
    ...servingFlags,
    open: new Option("--no-open", "do not open it in the browser, as is done where there is a display"),
  },
  run: async ({ terminal }, options) =>
    (await import("./dashboard-command.js")).dashboardCommand(options, terminal),
});
