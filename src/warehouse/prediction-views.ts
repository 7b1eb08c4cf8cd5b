import { targetTypes } from "../predictions/predictions-path.js";
import type { SqlDialect } from "./sql-dialect.js";

/** How often each pair of a true and a predicted label occurs in each classification. */
export function confusionView(sql: SqlDialect, at: (name: string) => string): string {
  const c = sql.column;
  const parts = (["text", "integer", "boolean"] as const).map(
    (type) =>
      `SELECT ${fileKey(sql)}, ${sql.cast(c("y_true"), "text")} AS ${c("y_true")}, ${sql.cast(c("y_pred"), "text")} AS ${c("y_pred")} FROM ${at(`predictions_${type}`)}`,
  );
  return `WITH pairs AS (
  SELECT ${c("file")}, ${c("y_true")}, ${c("y_pred")}, COUNT(*) AS ${c("samples")}
  FROM (
    ${parts.join("\n    UNION ALL ")}
  ) AS p
  GROUP BY ${c("file")}, ${c("y_true")}, ${c("y_pred")}
)
SELECT
  ${ofExperiment(sql)},
  p.${c("y_true")}, p.${c("y_pred")}, p.${c("samples")},
  p.${c("samples")} / SUM(p.${c("samples")}) OVER (PARTITION BY p.${c("file")}, p.${c("y_true")}) AS ${c("share_of_true")},
  ${sql.condition(`p.${c("y_true")} = p.${c("y_pred")}`)} AS ${c("correct")}
FROM pairs AS p
JOIN ${at("experiments")} AS e ON ${sql.capture(`e.${c("predictions")}`, fileName)} = p.${c("file")}
WHERE e.${c("kind")} = 'classification'`;
}

/** How many samples of an experiment are `plotted`: evenly from the least true value to the greatest. */
const mostPlotted = 1000;
/** In how many equal bins the errors of an experiment fall. */
const bins = 20;

/**
 * Every sample of each regression with its error, y_pred - y_true: above 0 the model predicts too high. Rows
 * of external tables have no order, so samples are numbered by true value, then by predicted one: those of
 * equal values are alike, and every query gives them the same numbers.
 */
export function residualsView(sql: SqlDialect, at: (name: string) => string): string {
  const c = sql.column;
  const [yTrue, yPred, error] = [c("y_true"), c("y_pred"), c("error")];
  const ofFile = `OVER (PARTITION BY ${c("file")})`;
  const place = (sample: string) => `FLOOR(${sample} * ${mostPlotted} / ${c("rows_of_file")})`;
  return `WITH errors AS (
  SELECT
    ${fileKey(sql)}, ${yTrue}, ${yPred},
    CASE WHEN ABS(${yTrue}) < 1e300 AND ABS(${yPred}) < 1e300 THEN ${yPred} - ${yTrue} END AS ${error}
  FROM ${at("predictions_number")}
), numbered AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY ${c("file")} ORDER BY ${yTrue}, ${yPred}) AS ${c("sample")},
    COUNT(*) ${ofFile} AS ${c("rows_of_file")},
    MIN(${error}) ${ofFile} AS ${c("least")},
    MAX(${error}) ${ofFile} AS ${c("greatest")}
  FROM errors
), ranged AS (
  SELECT
    *,
    CASE WHEN ${c("least")} = ${c("greatest")} THEN ${c("least")} - 0.5 ELSE ${c("least")} END AS ${c("low")},
    CASE WHEN ${c("least")} = ${c("greatest")} THEN ${c("least")} + 0.5 ELSE ${c("greatest")} END AS ${c("high")}
  FROM numbered
), binned AS (
  SELECT
    *,
    LEAST(FLOOR((${error} - ${c("low")}) / NULLIF(${c("high")} - ${c("low")}, 0) * ${bins}), ${bins - 1}) AS ${c("bin")},
    (${c("high")} - ${c("low")}) / ${bins} AS ${c("width")}
  FROM ranged
)
SELECT
  ${ofExperiment(sql)},
  p.${c("sample")}, p.${yTrue}, p.${yPred}, p.${error},
  ABS(p.${error}) AS ${c("absolute_error")},
  ${sql.condition(`${place(`p.${c("sample")}`)} > ${place(`(p.${c("sample")} - 1)`)}`)} AS ${c("plotted")},
  ${lowerEdge(sql)} AS ${c("error_bin")}
FROM binned AS p
JOIN ${at("experiments")} AS e ON ${sql.capture(`e.${c("predictions")}`, fileName)} = p.${c("file")}
WHERE e.${c("kind")} = 'regression'`;
}

/** Where the bin of an error begins. The division that found the bin may be one rounding off, as in numpy. */
function lowerEdge(sql: SqlDialect): string {
  const [bin, width, low] = [sql.column("bin"), sql.column("width"), sql.column("low")];
  const error = `p.${sql.column("error")}`;
  const edge = (step: string) => `(${bin}${step}) * ${width} + ${low}`;
  return `CASE
    WHEN ${error} IS NULL THEN NULL
    WHEN ${error} < ${edge("")} THEN ${edge(" - 1")}
    WHEN ${bin} < ${bins - 1} AND ${error} >= ${edge(" + 1")} THEN ${edge(" + 1")}
    ELSE ${edge("")}
  END`;
}

/** The columns that say which experiment a row is of. */
function ofExperiment(sql: SqlDialect): string {
  return ["project", "logged_at", "name", "model", "prediction_id", "experiment", "test_set_digest"]
    .map((name) => `e.${sql.column(name)}`)
    .join(", ");
}

/** A predictions file is known by its name: the prediction id and the type. */
export const fileName = `([0-9a-hjkmnp-tv-z]{12}\\.(?:${targetTypes.join("|")})\\.parquet)$`;

export function fileKey(sql: SqlDialect): string {
  return `${sql.capture(sql.fileColumn, fileName)} AS ${sql.column("file")}`;
}
