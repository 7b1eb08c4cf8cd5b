import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { ViewsFlags } from "./views-command.js";

export const views = defineCommand<[project: string], ViewsFlags>({
  usage: "views <project>",
  description: "list the views of a project's table that were saved for everybody",
  examples: `ml-tracking views churn
     ml-tracking views churn --default "Best of each model"`,
  flags: {
    default: new Option("--default <name>", "open the project with this view from now on"),
    noDefault: new Option("--no-default", "open it without a view again"),
    delete: new Option("--delete <name>", "remove a view"),
  },
  run: async ({ terminal }, project, options) =>
    (await import("./views-command.js")).viewsCommand(project, options, terminal),
});
