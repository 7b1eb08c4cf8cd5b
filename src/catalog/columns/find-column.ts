import { nearest } from "../../experiment/nearest.js";
import { TrackingError } from "../../tracking-error.js";
import type { CatalogLog, NameKind } from "../logs/catalog-log.js";
import { logOf } from "../logs/log-of.js";
import { addedPrefix, type ProjectColumn, type ProjectColumns, prefixOf } from "./project-columns.js";

type Family = NameKind | "score" | "added" | "fixed";

const anywhere = [
  ["params", "parameter"],
  ["param", "parameter"],
  ["parameters", "parameter"],
  ["parameter", "parameter"],
  ["attributes", "fixed"],
  ["attribute", "fixed"],
  ["attr", "fixed"],
  ["run", "fixed"],
] as const;

/** What may stand before a dot, MLflow's names included. */
const families: Record<CatalogLog["of"], ReadonlyMap<string, Family>> = {
  experiments: new Map<string, Family>([
    ...anywhere,
    ["model_parameters", "parameter"],
    ...["extra", "extra_parameters", "tags", "tag"].map((name) => [name, "extra"] as const),
    ...["metrics", "metric", "scores", "score"].map((name) => [name, "score"] as const),
    [addedPrefix, "added"],
  ]),
  runs: new Map<string, Family>([
    ...anywhere,
    ...["tags", "tag"].map((name) => [name, "tag"] as const),
    ...["metrics", "metric"].map((name) => [name, "metric"] as const),
    ...(["first", "min", "max"] as const).map((name) => [name, name] as const),
  ]),
};

const namesOfBoth = [
  ["run_name", "name"],
  ["user_id", "user"],
  ["mlflow.runName", "name"],
  ["mlflow.user", "user"],
  ["mlflow.source.name", "source"],
  ["mlflow.source.git.commit", "git_commit"],
] as const;

/** What MLflow calls some of our columns. */
const otherNames: Record<CatalogLog["of"], ReadonlyMap<string, string>> = {
  experiments: new Map([
    ...namesOfBoth,
    ["run_id", "prediction_id"],
    ["start_time", "logged_at"],
    ["created", "logged_at"],
  ]),
  runs: new Map([
    ...namesOfBoth,
    ["start_time", "started_at"],
    ["created", "started_at"],
    ["end_time", "ended_at"],
    ["mlflow.parentRunId", "parent_run_id"],
  ]),
};

/**
 * Finds a column by the parts of its name in a filter.
 * @returns the column, or why there is none and what may have been meant
 */
export function findColumn(
  columns: ProjectColumns,
  parts: readonly string[],
): ProjectColumn | { unknown: string } {
  const { byName, project } = columns;
  const [first = "", ...others] = parts;
  const aliases = otherNames[project.of];
  if (others.length === 0) {
    const column = byName.get(first) ?? byName.get(aliases.get(first) ?? "");
    return column && isPlain(column) ? column : { unknown: unknownColumn(columns, first) };
  }
  const family = families[project.of].get(first.toLowerCase());
  const name = others.join(".");
  if (family === undefined) return { unknown: unknownColumn(columns, parts.join(".")) };
  if (family === "added") {
    return (
      byName.get(`${addedPrefix}.${name}`) ?? { unknown: unknownColumn(columns, `${addedPrefix}.${name}`) }
    );
  }
  if (family !== "score" && family !== "fixed") {
    const column =
      byName.get(`${prefixOf(family)}.${name}`) ??
      (family === "extra" || family === "tag" ? mlflowTag(columns, name) : undefined);
    return column ?? { unknown: unknownColumn(columns, `${prefixOf(family)}.${name}`) };
  }
  const column = byName.get(name) ?? (family === "fixed" ? byName.get(aliases.get(name) ?? "") : undefined);
  const isOne = column?.info.kind === family || (family === "fixed" && column?.info.kind === "annotation");
  return column && isOne ? column : { unknown: unknownColumn(columns, name, family) };
}

/**
 * Finds a column by its name as `columns` gives it: `accuracy`, `params.learning rate`; the prefixes of
 * filters work too.
 * @throws TrackingError UNKNOWN_COLUMN
 */
export function columnNamed(columns: ProjectColumns, name: string): ProjectColumn {
  const exact = columns.byName.get(name);
  if (exact) return exact;
  const dot = name.indexOf(".");
  const found = findColumn(columns, dot < 0 ? [name] : [name.slice(0, dot), name.slice(dot + 1)]);
  if ("unknown" in found) throw new TrackingError("UNKNOWN_COLUMN", found.unknown);
  return found;
}

function isPlain({ info }: ProjectColumn): boolean {
  return info.kind === "fixed" || info.kind === "annotation" || info.kind === "score";
}

function mlflowTag({ byName, project }: ProjectColumns, name: string): ProjectColumn | undefined {
  return name.startsWith("mlflow.") ? byName.get(otherNames[project.of].get(name) ?? "") : undefined;
}

const mostCandidates = 2_000;

function unknownColumn(
  { all, byName, project }: ProjectColumns,
  name: string,
  family?: "score" | "fixed",
): string {
  const what = family === "score" ? "score" : "column";
  const start = `unknown ${what}: ${shorten(name)} is not in project ${project.name}`;
  const prefixes = [addedPrefix, ...logOf(project).mappings.map(({ kind }) => prefixOf(kind))];
  const elsewhere = prefixes.flatMap((prefix) => byName.get(`${prefix}.${name}`) ?? [])[0];
  if (elsewhere) return `${start}; did you mean ${elsewhere.info.filter_name}?`;
  const similar = all
    .filter(({ info }) => family === undefined || info.kind === family)
    .filter(({ info }) => Math.abs(info.name.length - name.length) <= Math.max(4, name.length / 2));
  const guess = nearest(
    name,
    similar.slice(0, mostCandidates).map(({ info }) => info.name),
  );
  const found = guess === undefined ? undefined : byName.get(guess);
  if (found) return `${start}; did you mean ${found.info.filter_name}?`;
  return `${start}; it has columns such as ${examples(all, project.of)}`;
}

function examples(all: readonly ProjectColumn[], of: CatalogLog["of"]): string {
  const kinds = ["score", "metric", "parameter", "extra", "tag"] as const;
  const some = kinds.flatMap((kind) => all.find(({ info }) => info.kind === kind) ?? []);
  return [of === "runs" ? "status" : "model", ...some.map(({ info }) => shorten(info.filter_name))].join(
    ", ",
  );
}

function shorten(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}...` : name;
}
