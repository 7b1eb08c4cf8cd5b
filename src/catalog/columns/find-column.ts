import { nearest } from "../../experiment/nearest.js";
import { TrackingError } from "../../tracking-error.js";
import { type ProjectColumn, type ProjectColumns, prefixOf } from "./project-columns.js";

type Family = "parameter" | "extra" | "score" | "fixed";

/** What may stand before a dot, MLflow's names included. */
const families = new Map<string, Family>([
  ...["params", "param", "parameters", "parameter", "model_parameters"].map(
    (name) => [name, "parameter"] as const,
  ),
  ...["extra", "extra_parameters", "tags", "tag"].map((name) => [name, "extra"] as const),
  ...["metrics", "metric", "scores", "score"].map((name) => [name, "score"] as const),
  ...["attributes", "attribute", "attr", "run"].map((name) => [name, "fixed"] as const),
]);

/** What MLflow calls some of our columns. */
const otherNames = new Map<string, string>([
  ["run_id", "prediction_id"],
  ["run_name", "name"],
  ["start_time", "logged_at"],
  ["created", "logged_at"],
  ["user_id", "user"],
  ["mlflow.runName", "name"],
  ["mlflow.user", "user"],
  ["mlflow.source.name", "source"],
  ["mlflow.source.git.commit", "git_commit"],
]);

/**
 * Finds a column by the parts of its name in a filter.
 * @returns the column, or why there is none and what may have been meant
 */
export function findColumn(
  columns: ProjectColumns,
  parts: readonly string[],
): ProjectColumn | { unknown: string } {
  const { byName } = columns;
  const [first = "", ...others] = parts;
  if (others.length === 0) {
    const column = byName.get(first) ?? byName.get(otherNames.get(first) ?? "");
    return column && isPlain(column) ? column : { unknown: unknownColumn(columns, first) };
  }
  const family = families.get(first.toLowerCase());
  const name = others.join(".");
  if (family === undefined) return { unknown: unknownColumn(columns, parts.join(".")) };
  if (family === "parameter" || family === "extra") {
    const column =
      byName.get(`${prefixOf(family)}.${name}`) ??
      (family === "extra" ? mlflowTag(columns, name) : undefined);
    return column ?? { unknown: unknownColumn(columns, `${prefixOf(family)}.${name}`) };
  }
  const column =
    byName.get(name) ?? (family === "fixed" ? byName.get(otherNames.get(name) ?? "") : undefined);
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

function mlflowTag({ byName }: ProjectColumns, name: string): ProjectColumn | undefined {
  return name.startsWith("mlflow.") ? byName.get(otherNames.get(name) ?? "") : undefined;
}

const mostCandidates = 2_000;

function unknownColumn(
  { all, byName, project }: ProjectColumns,
  name: string,
  family?: "score" | "fixed",
): string {
  const what = family === "score" ? "score" : "column";
  const start = `unknown ${what}: ${shorten(name)} is not in project ${project.name}`;
  const elsewhere = ["params", "extra"].flatMap((prefix) => byName.get(`${prefix}.${name}`) ?? [])[0];
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
  return `${start}; it has columns such as ${examples(all)}`;
}

function examples(all: readonly ProjectColumn[]): string {
  const kinds = ["score", "parameter", "extra"] as const;
  const some = kinds.flatMap((kind) => all.find(({ info }) => info.kind === kind) ?? []);
  return ["model", ...some.map(({ info }) => shorten(info.filter_name))].join(", ");
}

function shorten(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}...` : name;
}
