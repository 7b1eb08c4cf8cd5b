import { invalidParameter, MlflowError } from "./mlflow-error.js";

/** What a version is of: a logged model, a version, a run's file, or any other place. */
export interface VersionSource {
  source: string;
  /** Where its files are. */
  location: string;
  runId: string;
  modelId: string;
}

/** What there is to look up a source. Each throws RESOURCE_DOES_NOT_EXIST. */
export interface SourceLookUp {
  model: (id: string) => Promise<{ artifactUri: string; sourceRunId: string }>;
  run: (id: string) => Promise<{ artifactUri: string }>;
  version: (name: string, place: { version: string } | { alias: string }) => Promise<FoundVersion>;
}

interface FoundVersion extends VersionSource {
  version: number;
}

/**
 * Checks the source of a version that is to be made, and looks up what MLflow's clients leave out: the run
 * of a logged model, and where the files are.
 * @throws MlflowError INVALID_PARAMETER_VALUE for a source that `model_id` or `run_id` do not fit, and for a
 * path of somebody's own disk; RESOURCE_DOES_NOT_EXIST for a version that there is not
 */
export async function resolveSource(
  source: string,
  { runId, modelId }: { runId: string | undefined; modelId: string | undefined },
  look: SourceLookUp,
): Promise<VersionSource> {
  refuseUpwards(source);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(source)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === "file") {
    throw invalidParameter(
      `Invalid model version source: '${shownSource(source)}'. It is a path of one machine, where others do not find the model: log the model, and register its models:/, runs:/ or mlflow-artifacts:/ address`,
    );
  }
  const logged = await modelNamed(source, modelId, look);
  if (scheme === "models" && logged === undefined) return ofVersion(source, { runId, modelId }, look);
  if (scheme === "runs") checkRun(source, runId);
  if (scheme === "mlflow-artifacts") await checkRoot(source, { runId, logged }, look);
  // The gate judges a version by its run: another one's scores are not its own.
  if (runId && logged?.sourceRunId && runId !== logged.sourceRunId) throw unfit(source, "run_id");
  const isModel = scheme === "models";
  return {
    source,
    location: isModel ? logged!.artifactUri : source,
    runId: runId || logged?.sourceRunId || "",
    modelId: modelId ?? "",
  };
}

/** The logged model that `model_id`, and the source, name. */
async function modelNamed(source: string, modelId: string | undefined, look: SourceLookUp) {
  const inSource = /^models:\/(m-[^/]+)\/?$/i.exec(source)?.[1];
  if (inSource !== undefined && inSource !== modelId) throw unfit(source, "model_id");
  if (!modelId) return undefined;
  if (/^runs:/i.test(source)) throw unfit(source, "model_id");
  try {
    return await look.model(modelId);
  } catch (error) {
    if (error instanceof MlflowError && error.errorCode === "RESOURCE_DOES_NOT_EXIST") {
      throw unfit(source, "model_id");
    }
    throw error;
  }
}

/** Of `models:/name/3` and `models:/name@alias`: what that version is of. */
async function ofVersion(
  source: string,
  given: { runId: string | undefined; modelId: string | undefined },
  look: SourceLookUp,
): Promise<VersionSource> {
  const [, ofNumber, version, ofAlias, alias] =
    /^models:\/(?:([^/]+)\/(\d+)|([^/]+)@([^/@]+))$/i.exec(source) ?? [];
  const name = ofNumber ?? ofAlias;
  if (name === undefined) {
    throw invalidParameter(
      `Invalid model version source: '${shownSource(source)}'. Give models:/NAME/VERSION, models:/NAME@ALIAS, or models:/ and the id of a logged model`,
    );
  }
  const found = await look.version(name, version === undefined ? { alias: alias! } : { version });
  const { runId = found.runId, modelId = found.modelId } = given;
  if (runId !== found.runId || modelId !== found.modelId) {
    throw invalidParameter(
      `Invalid model version source: '${shownSource(source)}'. The run_id and model_id request parameters must match the referenced model version.`,
    );
  }
  return { ...found, source: `models:/${name}/${found.version}` };
}

function checkRun(source: string, runId: string | undefined): void {
  const [, inSource] = /^runs:\/([^/]+)\/./i.exec(source) ?? [];
  if (inSource === undefined || inSource !== runId) throw unfit(source, "run_id");
}

/** Files behind this server belong to the run or the logged model that is named with them. */
async function checkRoot(
  source: string,
  { runId, logged }: { runId: string | undefined; logged: { artifactUri: string } | undefined },
  look: SourceLookUp,
): Promise<void> {
  const id = logged ? "model_id" : "run_id";
  if (!logged && !runId) throw unfit(source, id);
  const { artifactUri } = logged ?? (await look.run(runId!));
  const path = source.replace(/^mlflow-artifacts:(\/\/[^/]*)?/i, "mlflow-artifacts:");
  if (path !== artifactUri && !path.startsWith(`${artifactUri}/`)) throw unfit(source, id);
}

function refuseUpwards(source: string): void {
  let plain = source;
  for (let i = 0; i < 5; i++) plain = decodedOnce(plain);
  if (plain.includes("\0") || plain.split(/[/\\]/).includes("..")) {
    throw invalidParameter(
      `Invalid model version source: '${shownSource(source)}'. It leads upwards by '..': give the whole address`,
    );
  }
}

function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function unfit(source: string, id: "run_id" | "model_id"): MlflowError {
  return invalidParameter(
    `Invalid model version source: '${shownSource(source)}'. The ${id} request parameter must identify the resource that contains the source.`,
  );
}

function shownSource(source: string): string {
  return source.slice(0, 300);
}
