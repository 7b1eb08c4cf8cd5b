// A store of many finished runs, each with its folded history, for bench/runs.js.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { seeded } from "./measure.js";

export const project = "bench";
export const chartKeys = ["train/loss", "val/accuracy"];

/** The id of a run that says its number. */
export function runIdOf(number) {
  return `r${String(number).padStart(15, "0")}`;
}

/** When a run began: one a minute. */
export function startOf(number) {
  return new Date(Date.UTC(2026, 0, 1) + number * 60_000);
}

/** Writes the folded history of runs, each with so many steps of each key, as the end of a run does. */
export async function writeHistories(
  root,
  { runs, steps },
  { foldedTable, parquetChunks, EventTableBuilder, historyFolder },
) {
  const random = seeded(3);
  for (let number = 0; number < runs; number++) {
    const startedAt = startOf(number);
    const events = new EventTableBuilder();
    for (const key of chartKeys) {
      for (let step = 0; step < steps; step++) {
        const value = Math.exp(-step / 2000) + random() / 10;
        events.add({
          kind: 0,
          key,
          step,
          time: startedAt.getTime() + step * 100,
          value,
          text: undefined,
          context: undefined,
        });
      }
    }
    const folder = join(root, historyFolder({ project, startedAt, runId: runIdOf(number) }));
    mkdirSync(folder, { recursive: true });
    const chunks = [...parquetChunks(foldedTable(events.table(), {}))];
    writeFileSync(join(folder, "1.parquet"), Buffer.concat(chunks));
  }
}
