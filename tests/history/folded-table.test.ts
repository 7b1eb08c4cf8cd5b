import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it, onTestFinished } from "vitest";

import { EventTableBuilder, metricKind } from "../../src/history/event-table.js";
import { foldedTable } from "../../src/history/folded-table.js";
import { parquetChunks } from "../../src/predictions/write/write-predictions.js";
import { temporaryFolder } from "../support/temporary-folder.js";

it("ends a row group where a metric ends, unless it would be short, as DuckDB reads it", async () => {
  const events = new EventTableBuilder();
  const rows = { long: 6_000, longer: 9_000, s1: 5, s2: 5, zlong: 5_000 };
  for (const [key, count] of Object.entries(rows)) {
    for (let step = 0; step < count; step++) {
      const value = step / 4;
      events.add({ kind: metricKind, key, step, time: step, value, text: undefined, context: undefined });
    }
  }
  const file = join(await temporaryFolder(), "1.parquet");
  await writeFile(file, [...parquetChunks(foldedTable(events.table(), {}))]);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  onTestFinished(() => connection.closeSync());
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS();
  expect(
    await ask(`SELECT row_group_num_rows, stats_min_value, stats_max_value FROM parquet_metadata('${file}')
      WHERE path_in_schema = 'key' ORDER BY row_group_id`),
  ).toEqual([
    [6_000n, "long", "long"],
    [9_000n, "longer", "longer"],
    [5_010n, "s1", "zlong"],
  ]);
  const sums = Object.entries(rows).map(([key, n]) => [key, BigInt(n), (n * (n - 1)) / 8]);
  expect(await ask(`SELECT key, count(*), sum(value) FROM '${file}' GROUP BY key ORDER BY key`)).toEqual(
    sums,
  );
});
