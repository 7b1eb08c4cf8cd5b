import { logColumns } from "../../src/tracking-log/columns.js";
import type { EngineStore } from "./engine-store.js";

export type Value = string | number | boolean | null;
/** What a program read: its rows and what it takes their columns for, or how it failed. */
export type Outcome = { rows: Record<string, Value>[]; types: Record<string, string> } | { error: string };

/** What differs from the log: `error`, `rows` where they are too few or many, and columns with their cells. */
export type Differences = Record<string, string>;

const typeOf = new Map(logColumns.map(({ name, type }) => [name, type]));

/**
 * Compares a log that a program read with what its cells say: text by text, numbers and times by what they
 * are, and what is missing with an empty cell.
 */
export function differencesOfLog({ rows }: EngineStore, outcome: Outcome): Differences {
  if ("error" in outcome) return { error: outcome.error };
  const found = new Map(outcome.rows.map((row) => [row["prediction_id"], row]));
  if (outcome.rows.length !== rows.length || found.size !== rows.length)
    return { rows: `${outcome.rows.length}, of ${found.size} ids, where there are ${rows.length}` };
  const different = new Map<string, string[]>();
  for (const cells of rows) {
    const row = found.get(cells.get("prediction_id") ?? null);
    for (const [name, cell] of cells) {
      const value = row?.[name] ?? null;
      if (isSame(name, cell, value)) continue;
      different.set(name, [...(different.get(name) ?? []), `${cell || "nothing"} is ${value ?? "missing"}`]);
    }
  }
  return Object.fromEntries([...different].map(([name, cells]) => [name, cells.join("; ")]));
}

function isSame(name: string, cell: string, value: Value): boolean {
  if (cell === "" || value === null) return cell === "" && (value === null || value === "");
  const type = typeOf.get(name);
  if (type === "number" || type === "integer")
    return (typeof value === "number" || /\d/.test(String(value))) && Number(value) === Number(cell);
  if (type === "time") return Date.parse(inUtc(String(value))) === Date.parse(cell);
  return String(value) === cell;
}

/** ClickHouse and DuckDB write times with a blank, and ClickHouse without their zone. */
function inUtc(time: string): string {
  const iso = time.replace(" ", "T").replace(/(\.\d{3})\d*/, "$1");
  return /(Z|[+-]\d\d(:?\d\d)?)$/.test(iso) ? iso.replace(/([+-]\d\d)$/, "$1:00") : `${iso}Z`;
}

/**
 * Compares the predictions of text labels: every sample with its experiment, labels and score, and with its
 * id where the program read ids.
 */
export function differencesOfPredictions({ samples }: EngineStore, outcome: Outcome): Differences {
  if ("error" in outcome) return { error: outcome.error };
  const hasIds = outcome.rows.some((row) => "sample_id" in row);
  const line = (id: string, ...values: (Value | undefined)[]) =>
    [id, ...values.map((value) => value ?? "")].join(" ");
  const expected = samples.map(({ id, sampleId, yTrue, yPred, yScore }) =>
    line(id, yTrue, yPred, yScore, hasIds ? sampleId : undefined),
  );
  const found = outcome.rows.map((row) =>
    line(
      /([0-9a-z]{12})\.text\.parquet$/.exec(String(row["file"]))?.[1] ?? "?",
      row["y_true"],
      row["y_pred"],
      row["y_score"],
      row["sample_id"],
    ),
  );
  const missing = expected.filter((one) => !found.includes(one));
  if (missing.length === 0 && found.length === expected.length) return {};
  return {
    rows: `${found.length} where there are ${expected.length}, without ${missing.join("; ") || "none"}`,
  };
}
