import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { WarehouseCheckFlags } from "./warehouse-check-command.js";
import type { WarehouseFlags } from "./warehouse-command.js";

export const warehouse = defineCommand<[], WarehouseFlags & WarehouseCheckFlags & { check?: boolean }>({
  usage: "warehouse",
  description:
    "print the SQL that makes tables and views over a store's files, for BigQuery and others, or check what would go wrong there",
  examples: `ml-tracking warehouse --store gs://team-bucket/experiments --dataset experiments | bq query --use_legacy_sql=false
     ml-tracking warehouse --dataset experiments --dialect duckdb > experiments.sql
     ml-tracking warehouse --check --store gs://team-bucket/experiments`,
  flags: {
    dataset: new Option("--dataset <name>", "where to make them: DATASET, or CLOUD-PROJECT.DATASET"),
    dialect: new Option("--dialect <name>", "the database")
      .choices(["bigquery", "duckdb", "clickhouse"])
      .default("bigquery"),
    dropFormer: new Option(
      "--drop-former",
      "print instead what drops the tables and views that ml-tracking bigquery made, a set a project",
    ),
    check: new Option("--check", "say what would go wrong there, and the way out; print no SQL"),
    quick: new Option("--quick", "with --check: read the predictions' footers only, not their labels"),
    grace: new Option(
      "--grace <seconds>",
      "with --check: files younger than this are no orphans, since their writer may be at work",
    ).default("3600"),
  },
  run: async ({ terminal, setStatus }, options) =>
    options.check
      ? (await import("./warehouse-check-command.js")).warehouseCheckCommand(options, terminal, setStatus)
      : (await import("./warehouse-command.js")).warehouseCommand(options, terminal),
});
