import { isGone, isRanked } from "../annotations/annotated-record.js";
import type { PrimaryScore } from "../annotations/annotation-schema.js";
import { primaryScoreOf, primaryScoresOf } from "../annotations/primary-scores.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import type { Kind } from "../experiment/input/experiment-input.js";
import { runLog } from "../run/run-line.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { everyProjectFolder } from "../tracking-log/project-folders.js";
import { type LogProblem, readLog } from "../tracking-log/read-log.js";
import { scanRows } from "../tracking-log/scan-rows.js";
import { catalogBest } from "./catalog-best.js";
import { countRuns } from "./count-runs.js";
import type { ReadOptions } from "./find-experiments.js";
import { isWorthACatalog, leftCatalog, logBytes, smallLog } from "./left-catalog.js";
import { type ProjectBest, projectBest } from "./project-best.js";

/** A project at a glance. */
export interface ProjectSummary {
  project: string;
  experiments: number;
  runs: number;
  /** ISO 8601 in UTC; null where there is no experiment. */
  last_logged_at: string | null;
  /** What its experiments are ranked by, one a kind that it has. */
  primary_scores: PrimaryScore[];
  /** Null where no experiment has the primary score. */
  best: ProjectBest | null;
  /** Lines of its log that cannot be read. */
  problems: number;
}

export interface ProjectSummaries {
  projects: ProjectSummary[];
  /** Folders beside them whose names no project can have. */
  odd: LogProblem[];
}

/**
 * The projects of a store, by name: from the catalog that an earlier command or dashboard left where the logs
 * are large.
 */
export async function projectSummaries({ store: address, signal }: ReadOptions): Promise<ProjectSummaries> {
  const store = openStore(address, signal);
  const { projects: names, odd } = await everyProjectFolder(store);
  const bytes = (await logBytes(store, names)) + (await logBytes(store, names, runLog));
  if (isWorthACatalog(store, bytes)) {
    const catalog = await leftCatalog(store, names);
    if (catalog) {
      try {
        const { problems } = catalog.status();
        const projects: ProjectSummary[] = [];
        for (const {
          project,
          experiments,
          runs,
          last_logged_at,
          primary_scores,
        } of await catalog.projects()) {
          projects.push({
            project,
            experiments,
            runs,
            last_logged_at,
            primary_scores,
            best: await catalogBest(catalog, project, primary_scores),
            problems: problems.filter(({ path }) => path.split("/")[1] === project).length,
          });
        }
        return { projects, odd };
      } finally {
        await catalog.close();
      }
    }
  }
  const projects: ProjectSummary[] = [];
  for (const name of names) projects.push(await summaryOf(store, name));
  return { projects, odd };
}

async function summaryOf(store: Store, project: string): Promise<ProjectSummary> {
  const annotations = await readAnnotations(store, project);
  const runs = await countRuns(store, project, annotations);
  const primary = primaryScoresOf(annotations);
  const ranking = projectBest(primary);
  const kinds = new Set<string>();
  let last = Number.NEGATIVE_INFINITY;
  let experiments = 0;
  const see = (loggedAt: number, kind: string, testSetDigest: string, id: string, value?: number) => {
    if (isGone(annotations, id)) return;
    experiments += 1;
    if (loggedAt > last) last = loggedAt;
    kinds.add(kind);
    if (isRanked(annotations, id)) ranking.add({ predictionId: id, kind, testSetDigest, value });
  };
  const summary = (problems: number): ProjectSummary => ({
    project,
    experiments,
    runs,
    last_logged_at: Number.isFinite(last) ? new Date(last).toISOString() : null,
    primary_scores: bothKinds
      .filter((kind) => kinds.has(kind))
      .map((kind) => primaryScoreOf(annotations, kind)),
    best: ranking.best(),
    problems: problems + annotations.problems.length,
  });
  if ((await logBytes(store, [project])) < smallLog) {
    const { experiments: records, problems } = await readLog(store, project);
    for (const { loggedAt, kind, testSetDigest, predictionId, scores } of records) {
      see(loggedAt.getTime(), kind, testSetDigest, predictionId, scores[primary[kind].score]);
    }
    return summary(problems.length);
  }
  const scores = bothKinds.map((kind) => primary[kind].score);
  const columns = ["logged_at", "kind", "test_set_digest", ...scores];
  const { problems } = await scanRows(store, project, columns, ({ cells, predictionId }) => {
    const [loggedAt = "", kind = "", digest = "", ...values] = cells;
    const cell = values[bothKinds.findIndex((each) => each === kind)];
    see(Date.parse(loggedAt), kind, digest, predictionId(), cell ? Number(cell) : undefined);
  });
  return summary(problems.length);
}

const bothKinds: readonly Kind[] = ["classification", "regression"];
