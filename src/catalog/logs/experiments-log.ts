import { scoreRegistry } from "../../scores/registry.js";
import { type Column, logColumns } from "../../tracking-log/columns.js";
import { trackingLog } from "../../tracking-log/log-shape.js";
import { toRecord } from "../../tracking-log/row.js";
import { type CatalogLog, isNoTime, type PhysicalColumn } from "./catalog-log.js";

const flattened = new Set(["model_parameters", "extra_parameters"]);

const needed = [
  "prediction_id",
  "logged_at",
  "project",
  "kind",
  "model",
  "dataset_uri",
  "target_column",
  "test_set_digest",
  "predictions",
];

const fixed = logColumns
  .filter(({ name, meaning }) => meaning !== "score" && !flattened.has(name))
  .map((column): PhysicalColumn => ({ name: column.name, column: `c_${column.name}`, type: typeOf(column) }));

/** The tracking log: what was written of an experiment first counts. */
export const experimentsLog: CatalogLog = {
  of: "experiments",
  shape: trackingLog,
  fixed,
  scores: scoreRegistry.map(({ name }) => ({ name, column: `s_${name}`, type: "number" })),
  mappings: [
    { column: "model_parameters", kind: "parameter" },
    { column: "extra_parameters", kind: "extra" },
  ],
  beside: [
    // What was said of an experiment.
    "a_name VARCHAR",
    "a_note VARCHAR",
    "a_tags VARCHAR", // a JSON array
    "a_starred BOOLEAN",
    "a_archived BOOLEAN",
  ],
  id: "c_prediction_id",
  // Within a file, what is in the table stands before what was appended since.
  whichCounts: "place, staged, number",
  written: { staged: "0", kept: "0" },
  needed,
  refused: [
    "NOT regexp_full_match(coalesce(c_prediction_id, ''), '[0-9a-hjkmnp-tv-z]{12}')",
    ...fixed.filter(({ name }) => needed.includes(name)).map(({ column }) => `${column} IS NULL`),
    "c_kind NOT IN ('classification', 'regression')",
    isNoTime("c_logged_at"),
  ],
  read(cells) {
    const read = toRecord(cells);
    return "broken" in read ? read : { times: { logged_at: read.record.loggedAt } };
  },
};

function typeOf({ type }: Column): PhysicalColumn["type"] {
  if (type === "integer") return "number";
  return type === "json" ? "text" : type;
}
