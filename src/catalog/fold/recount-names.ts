import type { Session } from "../../duckdb/session.js";
import { allForms, form, type ProjectState, rareTable, wideColumn } from "../project-state.js";

const columnsAtOnce = 500;

/**
 * Finds anew which kinds of values each name has, after rows left the project's tables.
 * @param options.keepNames whether rare names without a value stay known, since rows in the trash have them
 */
export async function recountNames(
  session: Session,
  project: ProjectState,
  { keepNames = false }: { keepNames?: boolean } = {},
): Promise<void> {
  const wide = [...project.names.values()].filter(({ place }) => place === "wide");
  const columns = wide.flatMap((name) =>
    allForms.filter((which) => (name.columns & form[which]) !== 0).map((which) => ({ name, which })),
  );
  for (const { name } of columns) name.forms = 0;
  for (let at = 0; at < columns.length; at += columnsAtOnce) {
    const part = columns.slice(at, at + columnsAtOnce);
    const counts = part.map(({ name, which }) => `count(${wideColumn(name.id, which)})`).join(", ");
    const [answer] = await session.rows(`SELECT ${counts} FROM ${project.table}`);
    for (const [i, { name, which }] of part.entries()) {
      if ((answer?.[i] as number) > 0) name.forms |= form[which];
    }
  }
  const rare = new Map(
    (
      (await session.rows(
        `SELECT name, count(n), count(t), count(b) FROM ${rareTable(project)} GROUP BY name`,
      )) as [number, number, number, number][]
    ).map(([id, ...counts]) => [id, counts]),
  );
  for (const [key, name] of project.names) {
    if (name.place !== "rare") continue;
    const counts = rare.get(name.id);
    if (counts === undefined && keepNames) name.forms = 0;
    else if (counts === undefined) project.names.delete(key);
    else
      name.forms = allForms.reduce(
        (bits, which, i) => ((counts[i] as number) > 0 ? bits | form[which] : bits),
        0,
      );
  }
}
