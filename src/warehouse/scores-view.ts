import { scoreRegistry } from "../scores/registry.js";
import type { SqlDialect } from "./sql-dialect.js";

/**
 * The model scoring table in long form: a row a score of an experiment, so that a control can choose the
 * score.
 */
export function scoresView(sql: SqlDialect, at: (name: string) => string): string {
  const columns = ["project", "prediction_id", "logged_at", "name", "kind", "model", "test_set_digest"];
  const scores = scoreRegistry.map(({ name }) => name);
  return `SELECT ${[...columns, "score", "value"].map(sql.column).join(", ")}
FROM ${sql.unpivot(at("experiments"), scores)}`;
}
