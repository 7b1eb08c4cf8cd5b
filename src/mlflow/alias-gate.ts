import { isGone } from "../annotations/annotated-record.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { everyProject } from "../tracking-log/project-folders.js";
import { logRecords } from "../tracking-log/read-log.js";
import { invalidParameter, MlflowError } from "./mlflow-error.js";
import type { AliasGate } from "./model-registry.js";
import type { ModelVersion, RegisteredModel } from "./registered-model.js";
import type { Runs } from "./runs.js";

/** The tag of a registered model that names its gated aliases, as in `champion, production`. */
export const gateTag = "ml_tracking.gate";

/**
 * Refuses an alias that a model's tag `ml_tracking.gate` names to a version whose experiment is shown to be
 * worse than that of the version which has the alias, by the project's primary score; and to one that cannot
 * be compared with it. An experiment of a version is the newest one of the version's run.
 */
export function gateOf({ store, runs }: { store: Store; runs: Runs }): AliasGate {
  return async (alias, { model, version }, holder) => {
    if (!gatedAliases(model).includes(alias) || !holder || holder.version === version.version) return;
    const refuse = (why: string) => refusal(why, { alias, model, version, holder });
    const [current, next] = [
      await experimentOf(store, runs, holder),
      await experimentOf(store, runs, version),
    ];
    if (!current) throw refuse(noExperiment(holder));
    if (!next) throw refuse(noExperiment(version));
    if (current === next) {
      if (holder.location === version.location) return;
      throw refuse(
        `both versions are of run ${version.runId}, whose experiment ${next} can be of one model only`,
      );
    }
    const { verdict, summary, scores, score } = await compared(store, current, next, refuse);
    if (verdict === "worse") {
      throw refuse(
        `with version ${holder.version} (experiment ${current}) as A, and version ${version.version} (experiment ${next}) as B, ${summary.replace(/\.$/, "")}`,
      );
    }
    if (verdict === "cannot be tested") {
      const reason = scores.find((each) => each.score === score)?.reason;
      throw refuse(`${next} and ${current} cannot be compared: ${reason ?? summary}`);
    }
  };
}

export function gatedAliases({ tags }: Pick<RegisteredModel, "tags">): string[] {
  const named = Object.hasOwn(tags, gateTag) ? tags[gateTag]! : "";
  return named
    .split(",")
    .map((alias) => alias.trim())
    .filter((alias) => alias !== "");
}

async function compared(store: Store, current: string, next: string, refuse: (why: string) => MlflowError) {
  const { compareExperiments } = await import("../jobs/compare-experiments.js"); // few need the judge
  try {
    return await compareExperiments(current, next, { store: store.address });
  } catch (error) {
    if (!(error instanceof TrackingError) || error.code === "STORE_NOT_READABLE") throw error;
    throw refuse(`${next} and ${current} cannot be compared: ${error.message}`);
  }
}

function noExperiment({ version, runId }: ModelVersion): string {
  if (runId === "") {
    return `version ${version} is of no run: register a model that a run logged, and log an experiment with that run_id`;
  }
  return `version ${version} is of run ${runId}, which has no experiment: log one with its predictions and that run_id`;
}

function refusal(
  why: string,
  found: { alias: string; model: RegisteredModel; version: ModelVersion; holder: ModelVersion },
): MlflowError {
  const { alias, model, version, holder } = found;
  return invalidParameter(
    `The alias '${alias}' of '${model.name}' stays at version ${holder.version} and does not go to version ${version.version}: ${why}. The tag ${gateTag} of the model asks for this; to set the alias all the same, delete the alias first, or take it out of the tag.`,
  );
}

/** The id of the newest experiment that belongs to a version's run. */
async function experimentOf(store: Store, runs: Runs, { runId }: ModelVersion): Promise<string | undefined> {
  if (runId === "") return undefined;
  let newest: ExperimentRecord | undefined;
  for (const project of await projectsOf(store, runs, runId)) {
    const said = await readAnnotations(store, project);
    for await (const record of logRecords(store, project, () => {})) {
      if (record.runId !== runId || isGone(said, record.predictionId)) continue;
      if (!newest || record.loggedAt > newest.loggedAt) newest = record;
    }
  }
  return newest?.predictionId;
}

/** The project of a run; every one where the run is not known here. */
async function projectsOf(store: Store, runs: Runs, runId: string): Promise<string[]> {
  try {
    return [(await runs.get(runId)).record.project];
  } catch (error) {
    if (error instanceof MlflowError && error.errorCode === "RESOURCE_DOES_NOT_EXIST") {
      return everyProject(store);
    }
    throw error;
  }
}
