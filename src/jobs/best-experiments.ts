import { type AnnotatedRecord, annotated, isGone, isRanked } from "../annotations/annotated-record.js";
import type { PrimaryScore } from "../annotations/annotation-schema.js";
import { primaryScoreOf } from "../annotations/primary-scores.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { duckdbIsInstalled } from "../duckdb/open-database.js";
import type { Kind } from "../experiment/input/experiment-input.js";
import { nearest } from "../experiment/nearest.js";
import { findScore } from "../scores/registry.js";
import { openStore } from "../store/open-store.js";
import { TrackingError } from "../tracking-error.js";
import { type BestRows, bestRows } from "../tracking-log/best-rows.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import { readLog } from "../tracking-log/read-log.js";
import { scanRows } from "../tracking-log/scan-rows.js";
import {
  type AddedValues,
  type AddedValuesOptions,
  readAddedValues,
  withAddedValues,
} from "./added-values.js";
import { bestByAdded } from "./best-by-added.js";
import { rankOf, type SortColumn, sortExperiments } from "./experiment-order.js";
import { isWorthACatalog, leftCatalog, logBytes, smallLog } from "./left-catalog.js";

export interface BestExperiments extends BestRows {
  experiments: AnnotatedRecord[];
  project: string;
  /** The primary score of the kind that most of its experiments have. */
  primaryScore: PrimaryScore;
  /** The project's added scores; empty where it has none, undefined where DuckDB is not installed. */
  added: { names: readonly string[]; values: AddedValues } | undefined;
}

interface BestOptions extends AddedValuesOptions {
  /**
   * `best`: by the primary score of the kind that most of the project's experiments have; `added.NAME`: by one of
   * its added scores.
   */
  sort: SortColumn | "best" | `added.${string}`;
  limit: number;
  /** Gives archived experiments, too. */
  archived?: boolean | undefined;
}

/** More experiments than the catalog gives at once. */
const mostOfSome = 10_000;

/**
 * The first experiments of a project in some order, without reading all of them: from the catalog that an
 * earlier command or dashboard left, else by one look through the log. A missing value comes last; ties are
 * broken by prediction id.
 * @throws TrackingError UNKNOWN_PROJECT
 */
export async function bestExperiments(project: string, options: BestOptions): Promise<BestExperiments> {
  const { sort, limit, archived, onProgress, ...place } = options;
  const store = openStore(options.store);
  const [name] = (await namedProjects(store, project)) as [string];
  const { addedScores, ...said } = await readAnnotations(store, name);
  const names = addedScores.map((score) => score.name);
  const toldPlace = { ...place, ...(onProgress ? { onProgress } : {}) };
  if (isAdded(sort)) {
    const score = addedNamed(sort.slice(addedPrefix.length), names, name);
    const { values, ...found } = await bestByAdded(name, score, { ...toldPlace, limit, archived });
    const { kind } = addedScores.find((each) => each.name === score)!;
    const primaryScore = primaryScoreOf({ ...said, addedScores }, kind);
    return { ...found, project: name, primaryScore, added: { names, values } };
  }
  const found = await bestByLogged(name, { ...place, sort, limit, archived });
  if (names.length === 0) return { ...found, added: { names, values: new Map() } };
  if (!(await duckdbIsInstalled())) return { ...found, added: undefined };
  const values = await withAddedValues(name, toldPlace, (catalog) => readAddedValues(catalog, name, names));
  return { ...found, added: { names, values } };
}

const addedPrefix = "added.";

function isAdded(sort: BestOptions["sort"]): sort is `added.${string}` {
  return sort.startsWith(addedPrefix);
}

/** @throws TrackingError INVALID_ARGUMENT where the project has no such score */
function addedNamed(score: string, names: readonly string[], project: string): string {
  if (names.includes(score)) return score;
  const guess = nearest(score, names);
  const wayOut =
    guess !== undefined ? `did you mean added.${guess}?` : `"ml-tracking scores ${project}" lists them`;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--sort is "added.${score}", which is no added score of project ${project}; ${wayOut}`,
  );
}

async function bestByLogged(
  name: string,
  { store: address, sort, limit, archived = false }: BestOptions & { sort: SortColumn | "best" },
): Promise<Omit<BestExperiments, "added">> {
  const store = openStore(address);
  const bytes = await logBytes(store, [name]);
  const annotations = await readAnnotations(store, name);
  const isWanted = (predictionId: string) =>
    archived ? !isGone(annotations, predictionId) : isRanked(annotations, predictionId);
  const by = (kinds: Iterable<readonly [string | undefined, number]>) => {
    const primaryScore = primaryScoreOf(annotations, mostFrequent(kinds));
    return { primaryScore, column: sort === "best" ? primaryScore.score : sort };
  };
  if (bytes < smallLog || !(limit >= 1 && limit <= mostOfSome)) {
    const { experiments: all, problems } = await readLog(store, name);
    const experiments = all
      .filter(({ predictionId }) => isWanted(predictionId))
      .map((record) => annotated(record, annotations));
    const { primaryScore, column } = by(experiments.map(({ kind }) => [kind, 1] as const));
    const first = sortExperiments(experiments, column).slice(0, limit);
    return { project: name, primaryScore, experiments: first, total: experiments.length, problems };
  }
  const catalog = isWorthACatalog(store, bytes) ? await leftCatalog(store, [name]) : undefined;
  if (!catalog) {
    const kinds = new Map<string, number>();
    await scanRows(store, name, ["kind"], ({ cells: [kind = ""] }) => {
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    });
    const { primaryScore, column } = by(kinds);
    const found = await bestRows(store, name, { column, rank: rankOf(column), isWanted }, limit);
    const records = found.experiments.map((record) => annotated(record, annotations));
    return { project: name, primaryScore, ...found, experiments: records };
  }
  try {
    const { groups } = await catalog.groups(name, { by: ["kind"] });
    const { primaryScore, column } = by(groups.map(({ key, count }) => [String(key[0]), count] as const));
    const direction = findScore(column) ? "best" : column === "logged_at" ? "descending" : "ascending";
    const { prediction_ids: predictionIds, total } = await catalog.experiments(name, {
      ...(archived ? { filter: "archived IS NOT NULL" } : {}),
      sort: [{ column, direction }],
      columns: ["prediction_id"],
      limit,
    });
    const records = await catalog.records(predictionIds, { project: name });
    const byId = new Map(records.map((record) => [record.predictionId, record]));
    const problems = catalog.status().problems.filter(({ path }) => path.split("/")[1] === name);
    const experiments = predictionIds.map((id) => byId.get(id)!);
    return { project: name, primaryScore, experiments, total, problems };
  } finally {
    await catalog.close();
  }
}

/** The kind that most experiments have; classification where they are equally many. */
function mostFrequent(kinds: Iterable<readonly [string | undefined, number]>): Kind {
  let lead = 0;
  for (const [kind, count] of kinds) lead += kind === "regression" ? -count : count;
  return lead < 0 ? "regression" : "classification";
}
