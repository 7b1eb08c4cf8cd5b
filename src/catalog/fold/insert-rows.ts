import { type Session, sqlText } from "../../duckdb/session.js";
import { type JsonColumn, stagedTime } from "../logs/catalog-log.js";
import { logOf } from "../logs/log-of.js";
import { allForms, type Form, form, type ProjectState, wideColumn } from "../project-state.js";
import type { WideName } from "./choose-wide.js";
import type { JsonLeaf } from "./json-names.js";
import { jsonOf } from "./stage.js";

/** The `row` in the project's tables, as SQL, of a row of the stage. */
export type RowOf = (stageRow: string) => string;

/** Copies the stage into the project's table, each value in the column of its type. */
export async function insertRows(
  session: Session,
  project: ProjectState,
  wide: ReadonlyMap<JsonColumn, readonly WideName[]>,
  rowOf: RowOf,
): Promise<void> {
  const targets: string[] = ["row", "file"];
  const values: string[] = [rowOf("rowid"), "file"];
  const extracts: string[] = [];
  const { fixed, scores, mappings } = logOf(project);
  for (const { column, type } of [...fixed, ...scores]) {
    targets.push(column);
    if (type === "text" || type === "number") values.push(column);
    else if (type === "boolean") values.push(`${column} = 'true'`);
    else values.push(stagedTime(column));
  }
  for (const mapping of mappings) {
    targets.push(mapping.column);
    values.push(mapping.column);
    const paths = new JsonPaths(mapping);
    for (const { name, leaves } of wide.get(mapping) ?? []) {
      const bits = leaves.reduce((all, leaf) => all | leaf.forms, 0);
      for (const which of allForms.filter((candidate) => (bits & form[candidate]) !== 0)) {
        targets.push(wideColumn(name.id, which));
        values.push(valueSql(which, bits, leaves, paths));
      }
    }
    extracts.push(...paths.extracts());
  }
  await session.run(
    `INSERT INTO ${project.table} (${targets.join(", ")}) SELECT ${values.join(", ")}
     FROM (SELECT ${["rowid", "*", ...extracts].join(", ")} FROM stage)`,
  );
}

/** The places of a JSON column that are read, each column of the stage being parsed once a list. */
class JsonPaths {
  private readonly texts: string[] = [];
  private readonly jsons: string[] = [];

  constructor(private readonly mapping: JsonColumn) {}

  /** SQL for the value at a place, text without its quotes. */
  text({ pointer }: JsonLeaf): string {
    return `text_${this.mapping.column}[${indexIn(this.texts, pointer)}]`;
  }

  /** SQL for the JSON at a place: numbers, true and false stand bare, text in quotes. */
  json({ pointer }: JsonLeaf): string {
    return `CAST(json_${this.mapping.column}[${indexIn(this.jsons, pointer)}] AS VARCHAR)`;
  }

  /** What the SQL of the values refers to. */
  extracts(): string[] {
    const json = jsonOf(this.mapping);
    const { column } = this.mapping;
    return [
      ...(this.texts.length > 0
        ? [`json_extract_string(${json}, ${sqlList(this.texts)}) AS text_${column}`]
        : []),
      ...(this.jsons.length > 0 ? [`json_extract(${json}, ${sqlList(this.jsons)}) AS json_${column}`] : []),
    ];
  }
}

function sqlList(pointers: readonly string[]): string {
  return `[${pointers.map(sqlText).join(", ")}]`;
}

/** Counts from 1, as DuckDB does. */
function indexIn(pointers: string[], pointer: string): number {
  const at = pointers.indexOf(pointer);
  return at < 0 ? pointers.push(pointer) : at + 1;
}

/** The value of one form of a name. */
function valueSql(which: Form, bits: number, leaves: readonly JsonLeaf[], paths: JsonPaths): string {
  const [only] = leaves;
  if (leaves.length === 1 && only && bits === form[which] && !only.alsoMapping)
    return plainValue(which, paths.text(only));
  // `{"a.b": 1}` and `{"a": {"b": 1}}` are one name: the outermost place with a value counts.
  const cases = leaves.map((leaf) => {
    const json = paths.json(leaf);
    return `WHEN ${json} <> 'null' AND (left(${json}, 1) <> '{' OR ${json} = '{}') THEN ${mixedValue(which, leaf, paths)}`;
  });
  return `CASE ${cases.join(" ")} END`;
}

/** Where all values have one form, their text says it all. */
function plainValue(which: Form, text: string): string {
  if (which === "text") return text;
  return which === "number" ? `TRY_CAST(${text} AS DOUBLE)` : `${text} = 'true'`;
}

function mixedValue(which: Form, leaf: JsonLeaf, paths: JsonPaths): string {
  const json = paths.json(leaf);
  if (which === "number") return `TRY_CAST(${json} AS DOUBLE)`;
  if (which === "boolean") return `CASE ${json} WHEN 'true' THEN true WHEN 'false' THEN false END`;
  return `CASE WHEN left(${json}, 1) IN ('"', '[', '{') THEN ${paths.text(leaf)} END`;
}
