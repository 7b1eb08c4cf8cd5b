import type { CatalogValue } from "../catalog-schema.js";
import type { ProjectColumn } from "../columns/project-columns.js";
import { allForms, type ProjectState, rareTable } from "../project-state.js";

/** How the values of some columns are read: as columns of a query over `e`, with a join for the rare ones. */
export interface ValueSelection {
  expressions: string[];
  /** Joined to `e`; empty where no column is rare. */
  join: string;
  /** The values of one row, in the order of the columns, from the results of `expressions`. */
  decode: (results: readonly unknown[]) => CatalogValue[];
}

/** @param rows SQL that selects the `row` of those in question, where they are few */
export function selectValues(
  project: ProjectState,
  columns: readonly ProjectColumn[],
  rows?: string,
): ValueSelection {
  const expressions: string[] = [];
  const readers: ((results: readonly unknown[], rare: ReadonlyMap<number, CatalogValue>) => CatalogValue)[] =
    [];
  for (const column of columns) {
    const { rareId } = column;
    if (rareId !== undefined) {
      readers.push((_, rare) => rare.get(rareId) ?? null);
      continue;
    }
    const at = expressions.length;
    const forms = Object.values(column.forms);
    expressions.push(...forms);
    const isTime = column.info.type === "time";
    readers.push((results) => firstValue(results.slice(at, at + forms.length), isTime));
  }
  const rare = columns.flatMap(({ rareId }) => rareId ?? []);
  if (rare.length === 0)
    return { expressions, join: "", decode: (results) => readers.map((read) => read(results, none)) };

  const rareAt = expressions.length;
  expressions.push("rare.v");
  const among = rows === undefined ? "" : ` AND row IN (${rows})`;
  const join = ` LEFT JOIN (SELECT row, list([CAST(name AS VARCHAR), CAST(n AS VARCHAR), t, CAST(b AS VARCHAR)]) AS v
    FROM ${rareTable(project)} WHERE name IN (${rare.join(", ")})${among} GROUP BY row) rare ON rare.row = e.row`;
  return {
    expressions,
    join,
    decode: (results) => {
      const values = rareValues(results[rareAt] as RareValue[] | null);
      return readers.map((read) => read(results, values));
    },
  };
}

const none: ReadonlyMap<number, CatalogValue> = new Map();

/** Id of the name, and the value in one of its forms. */
type RareValue = [name: string, number: string | null, text: string | null, boolean: string | null];

function rareValues(values: readonly RareValue[] | null): ReadonlyMap<number, CatalogValue> {
  if (values === null) return none;
  return new Map(
    values.map(([name, number, text, boolean]) => [
      Number(name),
      number !== null ? plainNumber(number) : (text ?? (boolean === null ? null : boolean === "true")),
    ]),
  );
}

/** A double as DuckDB writes it. */
function plainNumber(text: string): number {
  if (text === "inf") return Infinity;
  return text === "-inf" ? -Infinity : Number(text);
}

/** The value of a column from the results of its forms, of which at most one is there. */
export function firstValue(forms: readonly unknown[], isTime: boolean): CatalogValue {
  const value = forms.find((form) => form !== null && form !== undefined);
  if (value === undefined) return null;
  return isTime ? isoTime(value as number) : (value as CatalogValue);
}

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** The SQL of all forms of a column: what has to be equal for its values to be equal. */
export function formsOf({ forms }: ProjectColumn): string[] {
  return allForms.flatMap((which) => forms[which] ?? []);
}
