import { defineCommand, type StoreFlags } from "../define-command.js";

export const trash = defineCommand<[project: string | undefined], StoreFlags>({
  usage: "trash [project]",
  description: "list what is in the trash, the last deleted first",
  examples: "ml-tracking trash churn",
  flags: {},
  run: async ({ terminal }, project, options) =>
    (await import("./trash-command.js")).trashCommand(project, options, terminal),
});
