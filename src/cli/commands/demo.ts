import { defineCommand, type StoreFlags } from "../define-command.js";

export const demo = defineCommand<[], StoreFlags>({
  usage: "demo",
  description: "train real models on real data, log them, and show the scores",
  examples: "ml-tracking demo --store /tmp/demo",
  flags: {},
  run: async ({ terminal }, options) => (await import("./demo-command.js")).demoCommand(options, terminal),
});
