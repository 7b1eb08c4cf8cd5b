import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import { servingFlags } from "../serving-flags.js";
import type { ServingFlags } from "./dashboard-command.js";

export const server = defineCommand<[], ServingFlags>({
  usage: "server",
  description: "serve a store to MLflow's client, and the dashboard with it, for as long as it runs",
  examples: `ml-tracking server          # then: MLFLOW_TRACKING_URI=http://127.0.0.1:7878 python train.py
     ml-tracking server --host 0.0.0.0 --token-file ~/.ml-tracking-token     # for a team; MLFLOW_TRACKING_TOKEN there
     ml-tracking server --store gs://my-bucket/experiments`,
  flags: {
    ...servingFlags,
    port: new Option("--port <number>", "where to listen (default: 7878)"),
    token: new Option(
      "--token <text>",
      "what everyone who asks must know (default: $ML_TRACKING_TOKEN, else none, and beyond this machine a random one)",
    ),
  },
  run: async ({ terminal }, options) =>
    (await import("./dashboard-command.js")).serverCommand(options, terminal),
});
