import { findScore, type Score } from "../../scores/registry.js";
import type { ColumnInfo } from "../catalog-schema.js";
import { writePart } from "../filter/tokens.js";
import { type CatalogLog, type NameKind, numberKinds } from "../logs/catalog-log.js";
import { logOf } from "../logs/log-of.js";
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
import { runTimeColumns } from "./run-times.js";

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
  /** Whether a text is meant in any case: MLflow writes FINISHED. */
  ignoresCase?: true;
  /** Whether its values change as time goes by, though nothing is written. */
  passing?: true;
}

/** Everything that can be asked for in one project. */
export interface ProjectColumns {
  project: ProjectState;
  /** In the order of the log, what was said after the fixed ones, then scores, those added, then the names in JSON by kind. */
  all: readonly ProjectColumn[];
  byName: ReadonlyMap<string, ProjectColumn>;
}

const known = new WeakMap<ProjectState, ProjectColumns>();

export function projectColumns(project: ProjectState): ProjectColumns {
  let columns = known.get(project);
  if (!columns) {
    const beside = project.of === "runs" ? times() : said();
    const all = [
      ...fixed(logOf(project)),
      ...beside,
      ...scores(project),
      ...added(project),
      ...dynamic(project),
    ];
    columns = { project, all, byName: new Map(all.map((column) => [column.info.name, column])) };
    known.set(project, columns);
  }
  return columns;
}

/** Where a word is searched for, beside the values of parameters. */
const searchedNames: Record<CatalogLog["of"], readonly string[]> = {
  experiments: ["prediction_id", "name", "model", "target_column", "user", "note", "tags"],
  runs: ["run_id", "name", "user", "host", "source", "git_commit", "error"],
};

/** Where a word alone in a filter is searched for. */
export interface Searched {
  columns: readonly ProjectColumn[];
  /** SQL for JSON mappings, over the row `e`. */
  mappings: readonly string[];
}

export function searchedColumns({ byName, project }: ProjectColumns): Searched {
  return {
    columns: searchedNames[project.of].flatMap((name) => byName.get(name) ?? []),
    mappings: logOf(project).mappings.flatMap(({ column, kind }) =>
      numberKinds.has(kind) ? [] : `e.${column}`,
    ),
  };
}

/**
 * Columns of the logs that are none of the catalog. `run_id` in a filter of experiments is what MLflow calls the
 * prediction id.
 */
const leftOut: Record<CatalogLog["of"], readonly string[]> = {
  experiments: ["run_id"],
  runs: ["written_at", "project", "format"],
};

function fixed(log: CatalogLog): ProjectColumn[] {
  const name = log.of === "runs" ? "e.c_name" : currentName;
  return log.fixed
    .filter((column) => !leftOut[log.of].includes(column.name))
    .map(({ column, type, ...of }) => ({
      info: { name: of.name, filter_name: of.name, kind: "fixed", type },
      forms: { [type === "time" ? "number" : type]: of.name === "name" ? name : `e.${column}` },
      rareId: undefined,
      direction: undefined,
      ...(log.of === "runs" && of.name === "status" ? { ignoresCase: true as const } : {}),
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

function times(): ProjectColumn[] {
  return runTimeColumns.map(({ name, type, value }) => ({
    info: { name, filter_name: name, kind: "fixed", type },
    forms: { [type === "time" ? "number" : type]: value },
    rareId: undefined,
    direction: undefined,
    passing: true,
  }));
}

/** The scores of the kinds that the project has. */
function scores(project: ProjectState): ProjectColumn[] {
  const { kinds } = project;
  return logOf(project).scores.flatMap(({ name, column }): ProjectColumn[] => {
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

/** Before the dot of an added score's column. */
export const addedPrefix = "added";

function added(project: ProjectState): ProjectColumn[] {
  return project.added.map(({ id, score }) => {
    const name = `${addedPrefix}.${score.name}`;
    return {
      info: { name, filter_name: name, kind: "added", type: "number" },
      forms: { number: `e.${wideColumn(id, "number")}` },
      rareId: undefined,
      direction: score.direction,
    };
  });
}

function dynamic(project: ProjectState): ProjectColumn[] {
  const kinds = logOf(project).mappings.map(({ kind }) => kind);
  return [...project.names.values()]
    .filter(({ forms }) => forms !== 0)
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compareText(a.name, b.name))
    .map((name) => ({
      info: {
        name: `${prefixOf(name.kind)}.${name.name}`,
        filter_name: filterName(name),
        kind: name.kind,
        type: numberKinds.has(name.kind) ? "number" : typeOf(name.forms),
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

export function prefixOf(kind: NameKind): string {
  return {
    parameter: "params",
    extra: "extra",
    tag: "tags",
    metric: "metrics",
    first: "first",
    min: "min",
    max: "max",
  }[kind];
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
 * The tables of a query that uses these columns: the experiments or runs as `e`, and the rare values of each rare
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
