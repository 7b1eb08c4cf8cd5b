import { findScore, type Score } from "../../scores/registry.js";
import type { ColumnInfo } from "../catalog-schema.js";
import { writePart } from "../filter/tokens.js";
import {
  allForms,
  type Form,
  form,
  type NameState,
  type ProjectState,
  rareTable,
  wideColumn,
} from "../project-state.js";
import { annotationColumns, currentName } from "./annotation-columns.js";
import { fixedColumns, rawColumns, scoreColumns } from "./physical-columns.js";

/**
 * A column as queries use it: SQL for each form that its values take. Times are a number form, milliseconds
 * since 1970.
 */
export interface ProjectColumn {
  info: ColumnInfo;
  /** Expressions over the row `e`, and over a joined table where `rareId` is there. */
  forms: Partial<Record<Form, string>>;
  /** The id of a rare name, whose values are joined as `r<id>`. */
  rareId: number | undefined;
  direction: Score["direction"] | undefined;
  /** Of a column of lists: SQL for the list, of which a filter takes any item. */
  list?: string;
}

/** Everything that can be asked for in one project. */
export interface ProjectColumns {
  project: ProjectState;
  /** In the order of the log, what was said after the fixed ones, then parameters and extra parameters by name. */
  all: readonly ProjectColumn[];
  byName: ReadonlyMap<string, ProjectColumn>;
}

const known = new WeakMap<ProjectState, ProjectColumns>();

export function projectColumns(project: ProjectState): ProjectColumns {
  let columns = known.get(project);
  if (!columns) {
    const all = [...fixed(), ...said(), ...scores(project), ...dynamic(project)];
    columns = { project, all, byName: new Map(all.map((column) => [column.info.name, column])) };
    known.set(project, columns);
  }
  return columns;
}

/** The parameters of an experiment as their JSON, over the row `e`. */
export const rawParameters: readonly string[] = rawColumns.map((column) => `e.${column}`);

/** In which columns a word is searched for, beside the parameters. */
const searchedNames = ["prediction_id", "name", "model", "target_column", "user", "note", "tags"];

export function searchedColumns({ byName }: ProjectColumns): ProjectColumn[] {
  return searchedNames.flatMap((name) => byName.get(name) ?? []);
}

/** Nothing writes it yet: until then `run_id` in a filter is what MLflow calls the prediction id. */
const unwritten = "run_id";

function fixed(): ProjectColumn[] {
  return fixedColumns
    .filter(({ name }) => name !== unwritten)
    .map(({ name, column, type }) => ({
      info: { name, filter_name: name, kind: "fixed", type },
      forms: { [type === "time" ? "number" : type]: name === "name" ? currentName : `e.${column}` },
      rareId: undefined,
      direction: undefined,
    }));
}

function said(): ProjectColumn[] {
  return annotationColumns.map(({ name, type, value, list }) => ({
    info: { name, filter_name: name, kind: "annotation", type },
    forms: { [type]: value },
    rareId: undefined,
    direction: undefined,
    ...(list === undefined ? {} : { list }),
  }));
}

/** The scores of the kinds that the project has. */
function scores({ kinds }: ProjectState): ProjectColumn[] {
  return scoreColumns.flatMap(({ name, column }): ProjectColumn[] => {
    const score = findScore(name);
    if (!score || !kinds.includes(score.kind)) return [];
    return [
      {
        info: { name, filter_name: name, kind: "score", type: "number" },
        forms: { number: `e.${column}` },
        rareId: undefined,
        direction: score.direction,
      },
    ];
  });
}

function dynamic({ names }: ProjectState): ProjectColumn[] {
  return [...names.values()]
    .filter(({ forms }) => forms !== 0)
    .sort((a, b) => (a.kind === b.kind ? compareText(a.name, b.name) : a.kind === "parameter" ? -1 : 1))
    .map((name) => ({
      info: {
        name: `${prefixOf(name.kind)}.${name.name}`,
        filter_name: filterName(name),
        kind: name.kind,
        type: typeOf(name.forms),
      },
      forms: Object.fromEntries(
        allForms
          .filter((which) => (name.forms & form[which]) !== 0)
          .map((which) => [
            which,
            name.place === "wide" ? `e.${wideColumn(name.id, which)}` : `r${name.id}.${which[0]}`,
          ]),
      ),
      rareId: name.place === "rare" ? name.id : undefined,
      direction: undefined,
    }));
}

export function prefixOf(kind: NameState["kind"]): "params" | "extra" {
  return kind === "parameter" ? "params" : "extra";
}

function filterName({ kind, name }: NameState): string {
  const parts = name.split(".").map(writePart);
  const isBare = name !== "" && parts.every((part) => part !== "" && !part.startsWith('"'));
  return `${prefixOf(kind)}.${isBare ? name : quoted(name)}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll("\\", "\\\\").replaceAll('"', '""')}"`;
}

function typeOf(forms: number): ColumnInfo["type"] {
  if (forms === form.number) return "number";
  if (forms === form.text) return "text";
  return forms === form.boolean ? "boolean" : "mixed";
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The tables of a query that uses these columns: the experiments as `e`, and the rare values of each rare
 * name.
 */
export function fromTables(project: ProjectState, columns: Iterable<ProjectColumn>): string {
  const rare = new Set([...columns].flatMap(({ rareId }) => rareId ?? []));
  const joins = [...rare].map(
    (id) =>
      ` LEFT JOIN (SELECT row, n, t, b FROM ${rareTable(project)} WHERE name = ${id}) r${id} ON r${id}.row = e.row`,
  );
  return `FROM ${project.table} e${joins.join("")}`;
}
