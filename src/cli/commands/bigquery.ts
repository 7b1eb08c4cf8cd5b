import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { BigqueryFlags } from "./bigquery-command.js";

export const bigquery = defineCommand<[project: string | undefined], BigqueryFlags>({
  usage: "bigquery [project]",
  description:
    "print the SQL that makes BigQuery tables and views over a project's files, or over every one's",
  examples: `ml-tracking bigquery churn --store gs://team-bucket/experiments --dataset experiments | bq query --use_legacy_sql=false
     ml-tracking bigquery churn --dataset experiments --dialect duckdb > churn.sql`,
  flags: {
    dataset: new Option(
      "--dataset <name>",
      "where to make them: DATASET, or CLOUD-PROJECT.DATASET",
    ).makeOptionMandatory(),
    dialect: new Option("--dialect <name>", "the database: duckdb makes the same over any store")
      .choices(["bigquery", "duckdb"])
      .default("bigquery"),
  },
  run: async ({ terminal }, project, options) =>
    (await import("./bigquery-command.js")).bigqueryCommand(project, options, terminal),
});
