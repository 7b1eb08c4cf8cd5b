import type { z } from "@hono/zod-openapi";
import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import { primaryScoreOf } from "../annotations/primary-scores.js";
import type { Catalog, RunEvaluation } from "../catalog/catalog.js";
import { experimentTitle } from "../experiment/experiment-title.js";
import type { ModelVersion, WholeModel } from "../mlflow/registered-model.js";
import type { modelSchema } from "./model-schema.js";

type Version = z.infer<typeof modelSchema>["versions"][number];

/** Versions are compared with the one that has this alias. */
const champion = "champion";

/** What a version is compared with: the one with the alias, else the one before. */
interface Baseline {
  version: ModelVersion;
  alias: string | null;
}

/**
 * Some versions of a model with their runs, newest experiments and what these are compared with.
 * @param all versions, the newest first
 */
export async function versionStandings(
  catalog: Catalog,
  model: WholeModel,
  { all, shown }: { all: readonly ModelVersion[]; shown: readonly ModelVersion[] },
  signal: AbortSignal,
): Promise<Version[]> {
  const baselines = new Map(shown.map((version) => [version.version, baselineOf(model, all, version)]));
  const asked = [...shown, ...[...baselines.values()].flatMap((each) => each?.version ?? [])];
  const runIds = [...new Set(asked.map(({ runId }) => runId).filter((id) => id !== ""))];
  const found = await catalog.runs.evaluations(runIds, { signal });
  const byRun = new Map(found.map((each) => [each.runId, each]));
  const experiments = await experimentsOf(catalog, found, signal);
  return shown.map((version) => {
    const baseline = baselines.get(version.version);
    const evaluation = byRun.get(version.runId);
    return {
      version: version.version,
      aliases: Object.keys(model.aliases).filter((alias) => model.aliases[alias] === version.version),
      stage: version.stage,
      description: version.description,
      tags: { ...version.tags },
      source: version.source,
      model_id: version.modelId || null,
      run:
        version.runId === ""
          ? null
          : {
              run_id: version.runId,
              project: evaluation?.title === undefined ? null : evaluation.project,
              title: evaluation?.title ?? null,
            },
      experiment: experiments.get(evaluation?.predictionId ?? "") ?? null,
      compared_with: baseline
        ? {
            version: baseline.version.version,
            alias: baseline.alias,
            prediction_id: byRun.get(baseline.version.runId)?.predictionId ?? null,
          }
        : null,
      created_at: new Date(version.createdAt).toISOString(),
      updated_at: new Date(version.updatedAt).toISOString(),
    };
  });
}

function baselineOf(
  { aliases }: WholeModel,
  all: readonly ModelVersion[],
  version: ModelVersion,
): Baseline | undefined {
  const held = Object.hasOwn(aliases, champion)
    ? all.find((each) => each.version === aliases[champion])
    : undefined;
  if (held) return held === version ? undefined : { version: held, alias: champion };
  const before = all[all.indexOf(version) + 1];
  return before && { version: before, alias: null };
}

type VersionExperiment = NonNullable<Version["experiment"]>;

/** By prediction id. */
async function experimentsOf(
  catalog: Catalog,
  found: readonly RunEvaluation[],
  signal: AbortSignal,
): Promise<Map<string, VersionExperiment>> {
  const experiments = new Map<string, VersionExperiment>();
  for (const project of new Set(found.map((each) => each.project))) {
    const ids = found.flatMap((each) => (each.project === project ? (each.predictionId ?? []) : []));
    const annotations = await catalog.annotations(project);
    for (const record of await catalog.records(ids, { project, signal })) {
      const { score } = primaryScoreOf(annotations, record.kind);
      experiments.set(record.predictionId, versionExperiment(record, score));
    }
  }
  return experiments;
}

function versionExperiment(
  { predictionId, project, name, scores }: AnnotatedRecord,
  score: VersionExperiment["score"],
): VersionExperiment {
  return {
    prediction_id: predictionId,
    project,
    title: experimentTitle(name, predictionId),
    score,
    value: scores[score] ?? null,
  };
}
