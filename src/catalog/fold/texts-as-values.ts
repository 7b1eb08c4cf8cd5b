import type { Session } from "../../duckdb/session.js";
import { numberInText } from "../../run/value-of-text.js";
import type { CatalogLog } from "../logs/catalog-log.js";
import { jsonOf } from "./stage.js";

/**
 * Makes numbers and booleans of the texts that stand for them in the staged parameters of MLflow's client,
 * which has only texts. The table keeps the text of the log, so that a run still shows what was given.
 */
export async function readTextsAsValues(
  session: Session,
  { mappings, fromMlflow }: CatalogLog,
): Promise<void> {
  if (fromMlflow === undefined) return;
  for (const mapping of mappings.filter(({ kind }) => kind === "parameter")) {
    // In JSON without spaces only a value begins with `:"` and a character that is no comma, colon or bracket.
    const numbers = `regexp_replace(${jsonOf(mapping)}, ':"(${numberInText})"', ':\\1', 'g')`;
    const values = `replace(replace(${numbers}, ':"True"', ':true'), ':"False"', ':false')`;
    await session.run(
      `UPDATE stage SET clean_${mapping.column} = ${values} WHERE ${fromMlflow} AND ${mapping.column} IS NOT NULL`,
    );
  }
}
