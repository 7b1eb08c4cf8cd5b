import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { LookerFlags } from "./looker-command.js";

export const looker = defineCommand<[project: string | undefined], LookerFlags>({
  usage: "looker [project]",
  description: "print the address that opens a report of Data Studio (Looker Studio)",
  examples: `ml-tracking looker churn --store gs://team-bucket/experiments
     ml-tracking looker --dataset my-cloud-project.experiments
     ml-tracking looker --dataset my-cloud-project.experiments --template 0B_aaaaaaaaaaaaaaaaaaaaaaaaa --name "Churn models"`,
  flags: {
    dataset: new Option(
      "--dataset <name>",
      "report on the views that ml-tracking warehouse made there: CLOUD-PROJECT.DATASET",
    ),
    template: new Option(
      "--template <report>",
      "with --dataset: copy this report of yours, by its id or address",
    ),
    name: new Option("--name <text>", "with --template: what the copy is called"),
    billingProject: new Option(
      "--billing-project <id>",
      "with --template: the cloud project that pays for queries",
    ),
  },
  run: async ({ terminal }, project, options) =>
    (await import("./looker-command.js")).lookerCommand(project, options, terminal),
});
