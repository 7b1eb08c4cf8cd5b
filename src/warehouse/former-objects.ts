import { createHash } from "node:crypto";

import type { Dataset } from "./dataset.js";
import type { SqlDialect } from "./sql-dialect.js";

/**
 * Statements that drop what `ml-tracking bigquery` made, which this script replaces: tables and views of each
 * project, of which some fail by now. What has a name of today's script stays.
 * @param today the names of today's tables and views
 */
export function dropFormerObjects(
  sql: SqlDialect,
  dataset: Dataset,
  projects: readonly string[],
  today: ReadonlySet<string>,
): string[] {
  return projects.flatMap((project) => {
    const stem = tableStem(project);
    const views = ["experiments", "confusion", "residuals"].map((name) => `${stem}_${name}`);
    const numbered = Array.from({ length: mostGroups }, (_, i) => `predictions_${i + 1}`);
    const tables = ["log", "predictions", ...numbered].map((name) => `${stem}_${name}`);
    return [
      ...views.map((name) => sql.dropView(sql.object(dataset, name))),
      ...tables
        .filter((name) => !today.has(name))
        .map((name) => sql.dropExternalTable(sql.object(dataset, name))),
    ];
  });
}

/** More tables of predictions than these no project had: one for each pair of types of ids and of labels. */
const mostGroups = 12;

/** How the names of a project's tables began. @example tableStem("first-steps") // "first_steps" */
function tableStem(project: string): string {
  const plain = project.replaceAll(/[^A-Za-z0-9]/g, "_");
  const named = /^[A-Za-z_]/.test(plain) ? plain : `p_${plain}`;
  if (/^[A-Za-z][A-Za-z0-9-]*$/.test(project)) return named;
  return `${named}_${createHash("sha256").update(project).digest("hex").slice(0, 6)}`;
}
