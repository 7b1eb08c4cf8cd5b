import { runColumns } from "../../run/run-columns.js";
import { runLog, toRun } from "../../run/run-line.js";
import { runStatuses } from "../../run/run-record.js";
import {
  type CatalogLog,
  isNoTime,
  type JsonColumn,
  type PhysicalColumn,
  stagedTime,
} from "./catalog-log.js";

const mappings: readonly JsonColumn[] = [
  { column: "parameters", kind: "parameter" },
  { column: "tags", kind: "tag" },
  { column: "metrics", kind: "metric" },
  { column: "first_metrics", kind: "first" },
  { column: "min_metrics", kind: "min" },
  { column: "max_metrics", kind: "max" },
];
/** What stands in the catalog otherwise, or not at all: nobody asks it for the steps of last values. */
const flattened = new Set([...mappings.map(({ column }) => column), "metric_steps", "metric_times"]);
const types: Readonly<Record<string, PhysicalColumn["type"]>> = {
  written_at: "time",
  started_at: "time",
  ended_at: "time",
  git_dirty: "boolean",
  format: "number",
};

/** The run log: a row is a snapshot, and what was written of a run last counts. */
export const runsLog: CatalogLog = {
  of: "runs",
  shape: runLog,
  fixed: runColumns
    .filter(({ name }) => !flattened.has(name))
    .map(({ name }) => ({ name, column: `c_${name}`, type: types[name] ?? "text" })),
  scores: [],
  mappings,
  fromMlflow: `contains(c_runtime, '"client":"mlflow"')`,
  // What the events of a run that has not ended said last: when it was seen, from when on contact is lost, and
  // which state of its events that is.
  beside: ["l_seen_at BIGINT", "l_lost_at BIGINT", "l_version VARCHAR"],
  id: "c_run_id",
  whichCounts: "written DESC, place DESC, staged DESC, number DESC",
  written: { staged: stagedTime("c_written_at"), kept: "c_written_at" },
  needed: ["run_id", "written_at", "status", "started_at"],
  refused: [
    "NOT regexp_full_match(coalesce(c_run_id, ''), '[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{15}')",
    `coalesce(c_status, '') NOT IN (${runStatuses.map((status) => `'${status}'`).join(", ")})`,
    ...["c_written_at", "c_started_at"].flatMap((column) => [`${column} IS NULL`, isNoTime(column)]),
    `(c_ended_at IS NOT NULL AND ${isNoTime("c_ended_at")})`,
  ],
  read(cells) {
    const read = toRun(cells);
    if ("broken" in read) return read;
    const { writtenAt, startedAt, endedAt } = read.run;
    return { times: { written_at: writtenAt, started_at: startedAt, ended_at: endedAt } };
  },
};
