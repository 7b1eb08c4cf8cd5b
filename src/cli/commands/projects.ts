import { defineCommand, type StoreFlags } from "../define-command.js";

export const projects = defineCommand<[], StoreFlags>({
  usage: "projects",
  description: "list the projects of a store",
  examples: "ml-tracking projects --store /mnt/team/experiments",
  flags: {},
  run: async ({ terminal }, options) =>
    (await import("./projects-command.js")).projectsCommand(options, terminal),
});
