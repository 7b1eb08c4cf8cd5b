import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { LookerFlags } from "./looker-command.js";

export const looker = defineCommand<[project: string | undefined], LookerFlags>({
  usage: "looker [project]",
  description: "print the address that opens a Looker Studio report on a project, or on every one",
  examples: `ml-tracking looker churn --store gs://team-bucket/experiments
     ml-tracking looker --store gs://team-bucket/experiments --dataset my-cloud-project.experiments`,
  flags: {
    dataset: new Option(
      "--dataset <name>",
      "report on the views that ml-tracking warehouse made there, of all projects: CLOUD-PROJECT.DATASET",
    ),
  },
  run: async ({ terminal }, project, options) =>
    (await import("./looker-command.js")).lookerCommand(project, options, terminal),
});
