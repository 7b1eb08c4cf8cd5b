import { type Session, sqlText } from "../../duckdb/session.js";
import type { JsonColumn } from "../logs/catalog-log.js";
import { type Form, form, nameKey, type ProjectState, rareTable, wideColumn } from "../project-state.js";
import { addColumns } from "./add-columns.js";
import { addName, type WideName } from "./choose-wide.js";
import type { RowOf } from "./insert-rows.js";
import { deepestMapping, type JsonMapping } from "./json-names.js";
import { jsonOf } from "./stage.js";

const texts = `unnest(from_json($1, '["VARCHAR"]'))`;
const isMapping = "type = 'OBJECT' AND value <> '{}'";

const values: Record<Form, string> = {
  number:
    "CASE WHEN type NOT IN ('VARCHAR', 'ARRAY', 'BOOLEAN', 'OBJECT') THEN TRY_CAST(value AS DOUBLE) END",
  text: "CASE WHEN type IN ('VARCHAR', 'ARRAY', 'OBJECT') THEN json_extract_string(value, '$') END",
  boolean: "CASE WHEN type = 'BOOLEAN' THEN value = 'true' END",
};

/** Puts the values of the stage that have no column of their own into the table of rare values. */
export async function foldRareValues(
  session: Session,
  project: ProjectState,
  {
    column,
    mappings,
    wide,
    rowOf,
  }: { column: JsonColumn; mappings: readonly JsonMapping[]; wide: readonly WideName[]; rowOf: RowOf },
): Promise<void> {
  const wideLeaves = new Set(wide.flatMap(({ leaves }) => leaves));
  const withRare = mappings.filter(
    ({ leaves, hasMore }) => hasMore || leaves.some((leaf) => !wideLeaves.has(leaf)),
  );
  if (withRare.length === 0) return;
  await session.run(
    "CREATE OR REPLACE TEMP TABLE rare_values (r BIGINT, name VARCHAR, depth INTEGER, type VARCHAR, value VARCHAR)",
  );
  for (const mapping of withRare) {
    const wideMembers = mapping.leaves.filter((leaf) => wideLeaves.has(leaf)).map(({ member }) => member);
    await collect(session, jsonOf(column), mapping, wideMembers);
  }
  await unfoldMappings(session);
  const names = (await session.rows(
    `SELECT name, bit_or(CASE type WHEN 'VARCHAR' THEN ${form.text} WHEN 'ARRAY' THEN ${form.text}
       WHEN 'OBJECT' THEN ${form.text} WHEN 'BOOLEAN' THEN ${form.boolean} ELSE ${form.number} END)
     FROM rare_values GROUP BY name ORDER BY name`,
  )) as [string, number][];
  const rare: [string, string][] = [];
  for (const [name, bits] of names) {
    const state =
      project.names.get(nameKey(column.kind, name)) ?? addName(project, column.kind, name, "rare");
    state.forms |= bits;
    if (state.place === "rare") rare.push([String(state.id), name]);
    else await fillColumn(session, project, state, name, bits, rowOf);
  }
  await session.run(
    `INSERT INTO ${rareTable(project)} SELECT ${rowOf("r")}, id, ${values.number}, ${values.text}, ${values.boolean}
     FROM (SELECT DISTINCT ON (r, name) * FROM rare_values ORDER BY depth)
     JOIN (SELECT x[1]::INTEGER AS id, x[2] AS name FROM (SELECT unnest(from_json($1, '[["VARCHAR"]]')) x)) USING (name)
     ORDER BY r, id`,
    [JSON.stringify(rare)],
  );
}

/** The members of a mapping that are neither wide nor looked into in their turn. */
async function collect(
  session: Session,
  json: string,
  mapping: JsonMapping,
  wideMembers: readonly string[],
): Promise<void> {
  const inside = mapping.pointer === "" ? json : `json_extract(${json}, ${sqlText(mapping.pointer)})`;
  const wideSet = new Set(wideMembers);
  const leaves = new Set(mapping.leaves.map(({ member }) => member));
  const settled = [
    ...wideMembers,
    ...mapping.opened.filter((member) => !leaves.has(member) && !wideSet.has(member)),
  ];
  await session.run(
    `CREATE OR REPLACE TEMP TABLE rare_rows AS
     SELECT DISTINCT r FROM (SELECT rowid AS r, unnest(json_keys(${inside})) AS k FROM stage) WHERE k NOT IN (SELECT ${texts})`,
    [JSON.stringify(settled)],
  );
  const prefix = mapping.depth === 0 ? "" : `${sqlText(`${mapping.name}.`)} || `;
  await session.run(
    `INSERT INTO rare_values SELECT r, ${prefix}e.key, ${mapping.depth + 1}, e.type, e.value
     FROM (SELECT rowid AS r, ${inside} AS j FROM stage WHERE rowid IN (FROM rare_rows)) s, json_each(s.j) e
     WHERE e.type <> 'NULL' AND e.key NOT IN (SELECT ${texts})
       AND NOT (e.type = 'OBJECT' AND e.value <> '{}' AND e.key IN (SELECT unnest(from_json($2, '["VARCHAR"]'))))`,
    [JSON.stringify(wideMembers), JSON.stringify(mapping.opened)],
  );
}

/** Takes the mappings among the rare values apart, all of one depth at a time. */
async function unfoldMappings(session: Session): Promise<void> {
  for (let round = 0; round < deepestMapping; round++) {
    const [[count]] = (await session.rows(`SELECT count(*) FROM rare_values WHERE ${isMapping}`)) as [
      [number],
    ];
    if (count === 0) return;
    await session.run(
      `CREATE OR REPLACE TEMP TABLE unfolding AS SELECT * FROM rare_values WHERE ${isMapping} AND depth < ${deepestMapping}`,
    );
    const [[open]] = (await session.rows("SELECT count(*) FROM unfolding")) as [[number]];
    if (open === 0) return; // what is nested deeper stays JSON text
    await session.run(`DELETE FROM rare_values WHERE ${isMapping} AND depth < ${deepestMapping}`);
    await session.run(
      `INSERT INTO rare_values SELECT u.r, u.name || '.' || e.key, u.depth + 1, e.type, e.value
       FROM unfolding u, json_each(u.value) e WHERE e.type <> 'NULL'`,
    );
  }
}

/**
 * A name that has columns, though here its values stand where nobody looked: `{"a": {"b": 1}}` beside a wide
 * `a.b`.
 */
async function fillColumn(
  session: Session,
  project: ProjectState,
  state: { id: number; columns: number },
  name: string,
  bits: number,
  rowOf: RowOf,
): Promise<void> {
  const forms = (Object.keys(form) as Form[]).filter((which) => (bits & form[which]) !== 0);
  const missing = forms.filter((which) => (state.columns & form[which]) === 0);
  await addColumns(session, project, [{ name: state, forms: missing }]);
  state.columns |= bits;
  const all = (Object.keys(form) as Form[]).filter((which) => (state.columns & form[which]) !== 0);
  const isEmpty = all.map((which) => `${wideColumn(state.id, which)} IS NULL`).join(" AND ");
  await session.run(
    `UPDATE ${project.table} SET ${forms.map((which) => `${wideColumn(state.id, which)} = v.${which[0]}`).join(", ")}
     FROM (SELECT ${rowOf("r")} AS row, ${values.number} AS n, ${values.text} AS t, ${values.boolean} AS b
           FROM (SELECT DISTINCT ON (r) * FROM rare_values WHERE name = $1 ORDER BY depth)) v
     WHERE ${project.table}.row = v.row AND ${isEmpty}`,
    [name],
  );
  project.rowsChanged = true;
}
