import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { WarehouseCheckFlags } from "./warehouse-check-command.js";

export const warehouse = defineCommand<[], WarehouseCheckFlags & { check: true }>({
  usage: "warehouse",
  description: "check what would go wrong when a warehouse reads the store",
  examples: `ml-tracking warehouse --check --store gs://team-bucket/experiments
     ml-tracking warehouse --check --dialect duckdb`,
  flags: {
    check: new Option("--check", "say what would go wrong there, and the way out").makeOptionMandatory(),
    dialect: new Option("--dialect <name>", "the database")
      .choices(["bigquery", "duckdb", "clickhouse"])
      .default("bigquery"),
    quick: new Option("--quick", "with --check: read the predictions' footers only, not their labels"),
    grace: new Option(
      "--grace <seconds>",
      "with --check: files younger than this are no orphans, since their writer may be at work",
    ).default("3600"),
  },
  run: async ({ terminal, setStatus }, options) =>
    (await import("./warehouse-check-command.js")).warehouseCheckCommand(options, terminal, setStatus),
});
