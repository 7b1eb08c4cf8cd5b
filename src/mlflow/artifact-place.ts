import { artifactFolder, longestPart, longestPath, ownArtifacts } from "../run/artifact-path.js";
import { isRunId } from "../run/run-id.js";
import type { MlflowExperiment } from "./experiments.js";
import type { KnownRun } from "./known-run.js";
import type { LoggedModel } from "./logged-model.js";
import { doesNotExist, invalidParameter } from "./mlflow-error.js";
import type { Mlflow } from "./open-mlflow.js";

/** An artifact of a run or of a logged model, or a folder of them. */
export interface ArtifactPlace {
  /** Of the store: everything that the run or the model has. */
  folder: string;
  /** Below it; empty for the folder itself. */
  path: string;
  /** Undefined for a model's. */
  run: KnownRun | undefined;
}

const ofRun = /^(.+?)\/([a-z0-9]{16})\/artifacts(?:\/(.*))?$/;
const ofModel = /^(.+?)\/models\/(m-[0-9a-f]{32})\/artifacts(?:\/(.*))?$/;
const ofTrace = /^[^/]+\/traces\/[^/]+\/artifacts(?:\/.*)?$/;

/** Whether an address is of something that belongs to a trace. */
export function isTraceArtifact(address: string): boolean {
  return ofTrace.test(address);
}

/**
 * Where that lies which MLflow's clients call `mlflow-artifacts:/ADDRESS`; undefined for what belongs neither to
 * a run nor to a model.
 * @throws MlflowError INVALID_PARAMETER_VALUE, RESOURCE_DOES_NOT_EXIST
 */
export async function artifactPlace(mlflow: Mlflow, address: string): Promise<ArtifactPlace | undefined> {
  const checked = safePath(address);
  const [, home, modelId, ofTheModel = ""] = ofModel.exec(checked) ?? [];
  if (home !== undefined && modelId !== undefined) {
    const { id } = await experimentAt(mlflow, home);
    // What lies below a model that was deleted can still be read, and what is uploaded just then does not fail.
    const model = await mlflow.models.get(modelId, { allowDeleted: true });
    if (model.experimentId !== id) throw doesNotExist(`Logged model with ID '${modelId}' not found.`);
    return modelArtifact(model, ofTheModel);
  }
  const [, place, runId, path = ""] = ofRun.exec(checked) ?? [];
  if (place === undefined || runId === undefined || !isRunId(runId)) return undefined;
  const found = await runArtifact(mlflow, runId, path);
  const { id } = await experimentAt(mlflow, place);
  if (found.run.experimentId !== id) throw doesNotExist(`Run with id=${runId} not found`);
  return found;
}

/** @throws MlflowError INVALID_PARAMETER_VALUE, RESOURCE_DOES_NOT_EXIST */
export async function runArtifact(
  { runs }: Mlflow,
  runId: string,
  path: string,
): Promise<ArtifactPlace & { run: KnownRun }> {
  const checked = safePath(path);
  const run = await runs.get(runId);
  return { folder: artifactFolder(run.record.project, runId), path: checked, run };
}

/** @throws MlflowError INVALID_PARAMETER_VALUE */
export function modelArtifact(model: LoggedModel, path: string): ArtifactPlace {
  return { folder: artifactFolder(model.project, model.id), path: safePath(path), run: undefined };
}

/** The experiment with an id, or the one that keeps its artifacts at this address. */
async function experimentAt({ experiments }: Mlflow, home: string): Promise<MlflowExperiment> {
  const find = () =>
    experiments.find(home) ??
    experiments
      .all()
      .find(({ artifactLocation: location }) => location !== undefined && addressOf(location) === home);
  const known = find();
  if (known) return known;
  await experiments.refresh();
  return find() ?? experiments.get(home);
}

/** @example addressOf("mlflow-artifacts://host:5000/team/1/") // "team/1" */
function addressOf(location: string): string | undefined {
  const address = /^mlflow-artifacts:(?:\/\/[^/]*)?\/(.*)$/.exec(location)?.[1];
  return address === undefined ? undefined : withoutSlashesAtEnd(address);
}

function withoutSlashesAtEnd(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}

const forbiddenOnWindows = /[<>:"|?*]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A path that leads nowhere else, as files are called here; a slash at its end is left out. More names can be
 * had than by our own clients: MLflow's give artifacts such as `2026-01-01T10:00.txt`.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
function safePath(given: string): string {
  const path = withoutSlashesAtEnd(given).normalize("NFC");
  if (path === "") {
    if (given !== "") throw invalidParameter("Invalid path");
    return "";
  }
  if (/[\\\0]/.test(path) || /^[a-z]:\//i.test(path)) throw invalidParameter("Invalid path");
  if (path.length > longestPath) {
    throw invalidParameter(`Invalid path: it has ${path.length} characters, over ${longestPath}`);
  }
  for (const part of path.split("/")) {
    if (part === "" || part === "." || part === "..") throw invalidParameter("Invalid path");
    if (/[\p{Cc}\u2028\u2029]/u.test(part)) {
      throw invalidParameter("Invalid path: it has a line break or another control character");
    }
    if (Buffer.byteLength(part) > longestPart) {
      throw invalidParameter(`Invalid path: a part of it takes over ${longestPart} bytes`);
    }
    if (process.platform === "win32" && forbiddenOnWindows.test(part)) {
      throw invalidParameter(
        `Invalid path: this server runs on Windows, where no file can be called ${part}`,
      );
    }
  }
  return path;
}

/** Refuses to write where only the run itself does, on disks that do not tell cases apart too. */
export function refuseOwn({ run, path }: ArtifactPlace): void {
  if (run && isOwn(path)) {
    throw invalidParameter(`the folder ${ownArtifacts} is for what a run records by itself`);
  }
}

export function isOwn(path: string): boolean {
  return path.split("/", 1)[0]!.toLowerCase() === ownArtifacts;
}
