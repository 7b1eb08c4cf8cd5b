import { fileURLToPath } from "node:url";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { TestContext } from "vitest";

import { bigQuery } from "../../src/warehouse/bigquery-dialect.js";
import { clickHouse } from "../../src/warehouse/clickhouse-dialect.js";
import { duckDb } from "../../src/warehouse/duckdb-dialect.js";
import { dropFormerObjects } from "../../src/warehouse/former-objects.js";
import { objectNames, warehouseScript } from "../../src/warehouse/warehouse-script.js";
import { runPython } from "../python/python.js";
import { skipOrThrow } from "../support/bucket-server.js";
import { clickHousePython } from "../support/clickhouse.js";
import { type Cell, googleSql, runGoogleSql, type View } from "../support/googlesql.js";
import { address, tableContents } from "./table-contents.js";

export const viewNames = ["experiments", "confusion", "residuals", "scores", "problems"];

export type Row = Record<string, Cell>;
export type Views = Record<string, Row[]>;

interface Engine {
  /** Skips a test where the engine is not to be had. */
  needs?: (context: Pick<TestContext, "skip">) => Promise<unknown>;
  /** Runs the script over each of some stores. @returns the rows of the views, store by store */
  run: (folders: readonly string[]) => Promise<Views[]>;
}

export const engines: Record<string, Engine> = {
  "Google's engine": {
    needs: (context) => googleSql().catch((error: Error) => skipOrThrow(context, error)),
    async run(folders) {
      const dataset = { cloudProject: "example.com:team", dataset: "tracking" };
      const statements = [
        ...warehouseScript(bigQuery, dataset, address),
        // Taken by its analyzer, too.
        ...dropFormerObjects(bigQuery, dataset, ["pets"], objectNames),
      ];
      const scripts = [];
      for (const folder of folders) scripts.push({ statements, tables: await tableContents(folder) });
      return (await runGoogleSql(scripts)).map(rowsOf);
    },
  },

  DuckDB: {
    async run(folders) {
      const answers: Views[] = [];
      for (const folder of folders) answers.push(await runDuckDb(folder));
      return answers;
    },
  },

  ClickHouse: {
    async needs(context) {
      const environment = clickHousePython();
      if ("missing" in environment) skipOrThrow(context, new Error(environment.missing));
    },
    async run(folders) {
      const environment = clickHousePython();
      if ("missing" in environment) throw new Error(environment.missing);
      const scripts = folders.map((folder, i) => ({
        statements: warehouseScript(clickHouse, { cloudProject: undefined, dataset: `store_${i}` }, folder),
        views: viewNames.map((view) => `store_${i}.${view}`),
      }));
      const script = fileURLToPath(new URL("run_clickhouse.py", import.meta.url));
      const out = await runPython(environment.python, [script], JSON.stringify({ scripts }));
      return (JSON.parse(out) as Record<string, View>[]).map(rowsOf);
    },
  },
};

export async function runDuckDb(folder: string): Promise<Views> {
  const views: Record<string, View> = {};
  await withDuckDb(folder, async (connection) => {
    for (const name of viewNames) {
      const answer = await connection.runAndReadAll(`SELECT * FROM tracking.${name}`);
      const columns = answer
        .columnNames()
        .map((column, i): [string, string] => [column, String(answer.columnType(i))]);
      views[name] = { columns, rows: answer.getRowsJson() as Cell[][] };
    }
  });
  return rowsOf(views);
}

/** A DuckDB in memory in which the script over a store was run, in the schema `tracking`. */
export async function withDuckDb(
  folder: string,
  work: (connection: DuckDBConnection) => Promise<void>,
): Promise<void> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    for (const statement of warehouseScript(
      duckDb,
      { cloudProject: undefined, dataset: "tracking" },
      folder,
    )) {
      await connection.run(statement);
    }
    await work(connection);
  } finally {
    connection.closeSync();
  }
}

/** The rows of views, with times and whole numbers written in one way. */
function rowsOf(views: Record<string, View>): Views {
  return Object.fromEntries(
    Object.entries(views).map(([name, { columns, rows }]) => [
      name,
      rows.map((row) => Object.fromEntries(columns.map(([column], i) => [column, cellOf(column, row[i]!)]))),
    ]),
  );
}

const whole = new Set(["samples", "sample", "test_set_size", "format"]);

function cellOf(column: string, cell: Cell): Cell {
  if (cell === null) return null;
  if (column === "logged_at") {
    const time = String(cell)
      .replace(" ", "T")
      .replace(/(\+00|Z)?$/, "Z");
    return new Date(time).toISOString();
  }
  // The place of the store, which each database has in its own way.
  if (column === "file") return String(cell).replace(/^.*\/(?=tracking\/)/, "");
  return whole.has(column) ? String(cell) : cell;
}
