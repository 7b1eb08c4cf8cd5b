import { defineCommand, type StoreFlags } from "../define-command.js";

export const demo = defineCommand<[], StoreFlags>({
  usage: "demo",
  description: "train real models on real data, log them, and show the scores; run again it adds nothing",
  examples: `ml-tracking demo                     # in ./demo-store, whatever $ML_TRACKING_STORE is
     ml-tracking demo --store /tmp/demo`,
  flags: {},
  run: async ({ terminal }, options) => (await import("./demo-command.js")).demoCommand(options, terminal),
});
