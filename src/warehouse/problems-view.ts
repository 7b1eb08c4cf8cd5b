import { targetTypes } from "../predictions/predictions-path.js";
import { firstRow } from "./experiments-view.js";
import { fileKey, fileName } from "./prediction-views.js";
import type { SqlDialect } from "./sql-dialect.js";

/**
 * What the other views leave out or doubt, a row each, by the words of `ml-tracking verify` where it has one.
 * A CSV line or a Parquet file that the database itself refuses is not there: `ml-tracking warehouse --check`
 * names those.
 */
export function problemsView(sql: SqlDialect, at: (name: string) => string): string {
  const c = sql.column;
  const problem = (
    word: string,
    project: string,
    from: string,
    { id = "r.", file = `r.${c("file")}` } = {},
  ) =>
    `SELECT ${project} AS ${c("project")}, ${sql.text(word)} AS ${c("problem")}, ${id}${c("prediction_id")} AS ${c("prediction_id")}, ${file} AS ${c("file")}
${from}`;
  const ofRow = `r.${c("project")}`;
  const folder = sql.capture(`r.${c("file")}`, "/tracking/([^/]+)/[^/]+$");
  const key = sql.capture(`r.${c("predictions")}`, fileName);
  const ofFile = { file: `r.${c("predictions")}` };
  const parts = targetTypes.map((type) => `SELECT ${fileKey(sql)} FROM ${at(`predictions_${type}`)}`);
  return `WITH predicted AS (
  SELECT ${c("file")}, ${sql.capture(c("file"), "^(.{12})")} AS ${c("prediction_id")}, COUNT(*) AS ${c("rows_of_file")}
  FROM (
    ${parts.join("\n    UNION ALL ")}
  ) AS p
  WHERE ${c("file")} IS NOT NULL
  GROUP BY ${c("file")}
)
${[
  problem("torn-line", folder, `FROM ${at("log_rows")} AS r WHERE r.${c("layout")} IS NULL`),
  problem(
    "unreadable-row",
    ofRow,
    `FROM ${at("log_rows")} AS r WHERE r.${c("layout")} IS NOT NULL AND NOT r.${c("readable")}`,
  ),
  problem(
    "duplicate-row",
    ofRow,
    `FROM (
  SELECT * FROM ${at("log_rows")}
  WHERE ${c("readable")}
  QUALIFY ROW_NUMBER() OVER (PARTITION BY ${c("prediction_id")} ORDER BY ${firstRow(sql)}) > 1
) AS r`,
  ),
  problem("untyped-predictions", ofRow, `FROM ${at("experiments")} AS r WHERE ${key} IS NULL`, ofFile),
  problem(
    "missing-predictions",
    ofRow,
    `FROM ${at("experiments")} AS r LEFT JOIN predicted AS p ON p.${c("file")} = ${key}
WHERE ${key} IS NOT NULL AND COALESCE(p.${c("rows_of_file")}, 0) <> r.${c("samples")}`,
    ofFile,
  ),
  problem(
    "orphaned-predictions",
    sql.cast("NULL", "text"),
    `FROM predicted AS p LEFT JOIN (SELECT DISTINCT ${c("prediction_id")} FROM ${at("log_rows")} WHERE ${c("layout")} IS NOT NULL) AS r ON r.${c("prediction_id")} = p.${c("prediction_id")}
WHERE r.${c("prediction_id")} IS NULL`,
    { id: "p.", file: `p.${c("file")}` },
  ),
].join("\nUNION ALL\n")}`;
}
