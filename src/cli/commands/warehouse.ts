import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { WarehouseFlags } from "./warehouse-command.js";

export const warehouse = defineCommand<[], WarehouseFlags>({
  usage: "warehouse",
  description: "print the SQL that makes tables and views over a store's files, for BigQuery and others",
  examples: `ml-tracking warehouse --store gs://team-bucket/experiments --dataset experiments | bq query --use_legacy_sql=false
     ml-tracking warehouse --dataset experiments --dialect duckdb > experiments.sql`,
  flags: {
    dataset: new Option("--dataset <name>", "where to make them: DATASET, or CLOUD-PROJECT.DATASET"),
    dialect: new Option("--dialect <name>", "the database")
      .choices(["bigquery", "duckdb", "clickhouse"])
      .default("bigquery"),
    dropFormer: new Option(
      "--drop-former",
      "print instead what drops the tables and views that ml-tracking bigquery made, a set a project",
    ),
  },
  run: async ({ terminal }, options) =>
    (await import("./warehouse-command.js")).warehouseCommand(options, terminal),
});
