import type { Action } from "../annotations/annotation.js";
import { logColumns } from "../tracking-log/columns.js";
import { sqlTypes } from "./log-rows-view.js";
import type { SqlDialect } from "./sql-dialect.js";

/**
 * The tracking table: a row an experiment, with typed columns. Rows written twice are there once; what was
 * said afterwards holds: those in the trash are gone, renamed ones have their new name.
 */
export function experimentsView(sql: SqlDialect, at: (name: string) => string): string {
  const c = sql.column;
  const columns = logColumns.map(({ name, type }) => {
    const cell = `r.${c(name)}`;
    if (name === "name") return `  COALESCE(s.${c("name")}, ${cell}) AS ${c("name")}`;
    const value = sqlTypes[type] === "text" ? cell : sql.cast(cell, sqlTypes[type]);
    return `  ${value} AS ${c(name)}`;
  });
  const time = `REPLACE(SUBSTR(r.${c("logged_at")}, 1, 19), 'T', ' ')`;
  const called = `COALESCE(s.${c("name")}, r.${c("name")}, r.${c("model")}, '')`;
  return `WITH logged AS (
  SELECT * FROM ${at("log_rows")}
  WHERE ${c("readable")}
  QUALIFY ROW_NUMBER() OVER (PARTITION BY ${c("prediction_id")} ORDER BY ${firstRow(sql)}) = 1
), newest AS (
${newestWords(sql, at("annotations"))}
), said AS (
  SELECT
    ${c("target")},
    ${newest(sql, "state", c("action"))} AS ${c("state")},
    ${newest(sql, "name", `NULLIF(${sql.jsonText(c("value"))}, '')`)} AS ${c("name")},
    ${newest(sql, "note", `NULLIF(${sql.jsonText(c("value"))}, '')`)} AS ${c("note")},
    ${newest(sql, "star", c("action"))} AS ${c("star")},
    ${newest(sql, "archive", c("action"))} AS ${c("archive")}
  FROM newest
  GROUP BY ${c("target")}
)
SELECT
${columns.join(",\n")},
  CONCAT(${time}, ' ', ${called}, ' ', r.${c("prediction_id")}) AS ${c("experiment")},
  r.${c("name")} AS ${c("logged_name")},
  s.${c("note")} AS ${c("note")},
  ${sql.condition(`COALESCE(s.${c("star")} = 'star', FALSE)`)} AS ${c("starred")},
  ${sql.condition(`COALESCE(s.${c("archive")} = 'archive', FALSE)`)} AS ${c("archived")}
FROM logged AS r
LEFT JOIN said AS s ON s.${c("target")} = r.${c("prediction_id")}
WHERE COALESCE(s.${c("state")}, 'restore') = 'restore'`;
}

/**
 * Which of several rows of one prediction id counts: the one of the newer format, which names its predictions
 * now.
 */
export function firstRow(sql: SqlDialect): string {
  return `${sql.column("format")} DESC, ${sql.column("logged_at")}, ${sql.column("file")}`;
}

/** What annotations are about of which the newest word holds, and the actions that say it. */
const things: Readonly<Record<string, readonly Action[]>> = {
  state: ["delete", "restore", "purge"],
  name: ["name"],
  note: ["note"],
  star: ["star", "unstar"],
  archive: ["archive", "unarchive"],
};

/**
 * The newest word on each thing of each target: by `written_at`; of the same millisecond the one whose line
 * sorts last.
 */
function newestWords(sql: SqlDialect, annotations: string): string {
  const c = sql.column;
  const thing = Object.entries(things).map(
    ([name, actions]) =>
      `WHEN ${c("action")} IN (${actions.map(sql.text).join(", ")}) THEN ${sql.text(name)}`,
  );
  const line = ["author", "target", "action", "key", "value"].map((name) => csvCell(c(name))).join(", ',', ");
  return `  SELECT * FROM (
    SELECT
      ${c("target")}, ${c("action")}, ${c("value")}, ${c("written_at")},
      CASE ${thing.join(" ")} END AS ${c("thing")},
      CONCAT(${line}) AS ${c("line")}
    FROM ${annotations}
    WHERE ${sql.cast(c("written_at"), "time")} IS NOT NULL
  ) AS w
  WHERE ${c("thing")} IS NOT NULL
  QUALIFY ROW_NUMBER() OVER (PARTITION BY ${c("target")}, ${c("thing")} ORDER BY ${c("written_at")} DESC, ${c("line")} DESC) = 1`;
}

/** A cell as the CSV line has it, which decides between words of the same millisecond. */
function csvCell(cell: string): string {
  return `CASE WHEN COALESCE(${cell}, '') LIKE '%,%' OR ${cell} LIKE '%"%' THEN CONCAT('"', REPLACE(${cell}, '"', '""'), '"') ELSE COALESCE(${cell}, '') END`;
}

function newest(sql: SqlDialect, thing: string, value: string): string {
  return `MAX(CASE WHEN ${sql.column("thing")} = ${sql.text(thing)} THEN ${value} END)`;
}
