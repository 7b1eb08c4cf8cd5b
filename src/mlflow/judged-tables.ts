import { createHash } from "node:crypto";
import { comparableMetrics } from "../definitions/check-reported.js";
import type { ExperimentInput } from "../experiment/input/experiment-input.js";
import type { JsonValue } from "../experiment/json-value.js";
import { newPredictionId } from "../experiment/prediction-id.js";
import { logExperiment } from "../jobs/log-experiment.js";
import type { FileColumn } from "../predictions-file/column-request.js";
import { featureName, featureOf, scoresOf, usualScores } from "../predictions-file/experiment-columns.js";
import { type PredictionsFile, readPredictionsFile } from "../predictions-file/predictions-file.js";
import { artifactFolder } from "../run/artifact-path.js";
import { valueOfText } from "../run/value-of-text.js";
import type { Store } from "../store/store.js";
import { messageOf } from "../tracking-error.js";
import { logRecords } from "../tracking-log/read-log.js";
import { InTurn } from "./in-turn.js";
import type { KnownRun } from "./known-run.js";
import type { Mlflow } from "./open-mlflow.js";
import { kindOf, kindTag, outcomeColumns } from "./table-columns.js";
import { tableSettings } from "./table-settings.js";

/** The tag in which MLflow's clients list the tables of a run. */
export const tablesTag = "mlflow.loggedArtifacts";
/** Begins the tags that say what became of a table. */
const outcomeTag = "ml_tracking.table.";
/** Begins the tags that say which metrics of the run a table does not give. */
const metricsTag = "ml_tracking.metrics.";
const longestTag = 5000;
/** A table is read as a whole, beside what the server does for others. */
const largestTable = 64 * 2 ** 20;
const turns = new InTurn();

type Tables = Pick<Mlflow, "store" | "runs" | "experiments" | "now" | "notice">;

/**
 * Makes an experiment of each table with true values and predictions that a run has logged and that is new; a
 * tag of the run says which one, or why there is none. Nothing fails by it: the run and its table are kept.
 */
export function judgeTables(mlflow: Tables, run: KnownRun): Promise<void> {
  return turns.run(run.record.runId, async () => {
    for (const path of tablesOf(run)) {
      try {
        const said = await judgeTable(mlflow, run, path);
        if (said !== undefined) await say(mlflow, run, path, said);
      } catch (error) {
        const reason = `no experiment: ${messageOf(error)}`;
        if (run.tag(tagOf(path)) !== reason) mlflow.notice(`${path} of run ${run.record.runId}: ${reason}`);
        await say(mlflow, run, path, reason).catch(() => {}); // the notice has said it
      }
    }
  });
}

/** The tables that the tag lists; none where it is no such list. */
export function tablesOf(run: KnownRun): string[] {
  try {
    const listed = JSON.parse(run.tag(tablesTag) ?? "[]") as unknown;
    return Array.isArray(listed) ? listed.flatMap(tablePath) : [];
  } catch {
    return [];
  }
}

function tablePath(entry: unknown): string[] {
  if (typeof entry !== "object" || entry === null) return [];
  const { path, type } = entry as { path?: unknown; type?: unknown };
  return type === "table" && typeof path === "string" ? [path] : [];
}

async function say({ runs }: Tables, run: KnownRun, path: string, text: string): Promise<void> {
  const key = tagOf(path);
  if (run.tag(key) !== text) await runs.log(run, { tags: [[key, text]] });
}

function tagOf(path: string): string {
  return `${outcomeTag}${path}`.slice(0, 250);
}

/** @returns what became of it; undefined where it has no true values or no predictions */
async function judgeTable(mlflow: Tables, run: KnownRun, path: string): Promise<string | undefined> {
  const { store } = mlflow;
  const { runId, project } = run.record;
  const file = `${artifactFolder(project, runId)}/${path}`;
  const found = await store.stat(file);
  if (!found) return undefined; // it lies elsewhere, or was removed
  if (found.size > largestTable) {
    throw new Error(
      `it has ${found.size} bytes, over ${largestTable}; log it as Parquet, or by log_experiment`,
    );
  }
  const bytes = (await store.read(file))?.bytes;
  if (!bytes) return undefined;
  const digest = createHash("sha256").update(bytes).digest("hex");
  // The same table of a run has the same id, so that it is judged once, whoever ends meanwhile.
  const seed = createHash("sha256").update(`${runId}\n${path}\n${digest}`).digest();
  const predictionId = newPredictionId((count) => seed.subarray(0, count));
  const said = `experiment ${predictionId}`;
  if (run.tag(tagOf(path)) === said || (await isLogged(store, project, predictionId))) return said;
  const table = await read(bytes, path);
  if (!table) return undefined;
  const input = experimentOf(mlflow, run, { ...table, path, digest });
  const { reported = [] } = await logExperiment(input, {
    openStore: () => store,
    now: mlflow.now,
    warn: (text) => mlflow.notice(`${path} of run ${runId}: ${text}`),
    predictionId,
    environment: async () => ({
      user: run.record.user ?? "",
      host: run.record.host ?? "",
      source: run.record.source ?? "",
      gitCommit: run.record.gitCommit ?? "",
      gitDirty: run.record.gitDirty,
      runtime: { language: "mlflow", version: "", packages: {} },
      warnings: [],
    }),
  });
  const odd = reported.filter(({ verdict }) => verdict !== "matches");
  if (odd.length > 0)
    await sayOfMetrics(
      mlflow,
      run,
      path,
      odd.map(({ summary }) => summary),
    );
  return said;
}

/** Metrics of the run that are not what the table gives: a stale table, or another definition. */
async function sayOfMetrics({ runs }: Tables, run: KnownRun, path: string, said: string[]): Promise<void> {
  const key = `${metricsTag}${path}`.slice(0, 250);
  await runs.log(run, { tags: [[key, said.join("; ").slice(0, longestTag)]] });
}

async function isLogged(store: Store, project: string, predictionId: string): Promise<boolean> {
  for await (const record of logRecords(store, project, () => {})) {
    if (record.predictionId === predictionId) return true;
  }
  return false;
}

interface Table {
  file: PredictionsFile;
  yTrue: string;
  yPred: string;
  sampleId: string | undefined;
  yScore: readonly string[];
  features: readonly string[];
}

async function read(bytes: Uint8Array, path: string): Promise<Table | undefined> {
  let chosen: Omit<Table, "file"> | undefined;
  let isOther = false;
  const choose = (known: readonly string[]) => {
    const outcome = outcomeColumns(known);
    if (!outcome) {
      isOther = true;
      return [];
    }
    const sampleId = known.find((name) => name === "sample_id");
    const numbered = usualScores(known, "classification");
    // Of classes by name, as in y_score_setosa.
    const named = known.filter((name) => /^y_score_./.test(name));
    const yScore = known.includes("y_score") || numbered.length === named.length ? numbered : named;
    const others = [outcome.yTrue, outcome.yPred, ...(sampleId === undefined ? [] : [sampleId]), ...yScore];
    const features = known.filter((name) => !others.includes(name));
    chosen = { ...outcome, sampleId, yScore, features };
    return [...others, ...features];
  };
  try {
    const file = await readPredictionsFile(bytes, undefined, choose, {
      name: path,
      nullable: () => chosen?.features ?? [],
      numbers: () => chosen?.yScore ?? [],
      skipUnreadable: true,
    });
    return chosen && { file, ...chosen };
  } catch (error) {
    if (isOther) return undefined;
    throw error;
  }
}

function experimentOf(
  { experiments }: Tables,
  run: KnownRun,
  table: Table & { path: string; digest: string },
): ExperimentInput {
  const { file, path } = table;
  const { record } = run;
  const column = (name: string) => file.columns.get(name) as FileColumn;
  const yTrue = column(table.yTrue) as ExperimentInput["yTrue"];
  const yPred = column(table.yPred) as ExperimentInput["yPred"];
  const model = run.tag("ml_tracking.model") ?? run.tag("estimator_name") ?? record.name ?? "model";
  const { kind, from } = kindOf(column(table.yTrue), column(table.yPred), {
    said: run.tag(kindTag) ?? experiments.get(run.experimentId).tags[kindTag],
    model,
  });
  return {
    kind,
    project: record.project,
    name: record.name,
    runId: record.runId,
    parameters: {
      datasetUri: dataOf(run) ?? `${run.artifactUri}/${path}`,
      targetColumn: table.yTrue,
      testSet:
        table.sampleId === undefined
          ? Int32Array.from({ length: file.rows }, (_, i) => i)
          : (column(table.sampleId) as ExperimentInput["parameters"]["testSet"]),
      model: { name: model, parameters: settingsOf(record.parameters) },
    },
    yTrue,
    yPred,
    ...(kind === "classification"
      ? {
          yScore: scoresOf(table.yScore, column, file.rows),
          labels: labelsOf(table.yScore, [...column(table.yTrue), ...column(table.yPred)]),
        }
      : {}),
    sampleFeatures: new Map(
      table.features.map((name) => [featureName(name), featureOf(column(name), file.isTyped)]),
    ),
    reported: comparableMetrics(record.metrics, kind),
    extraParameters: { artifact: path, artifact_sha256: table.digest, kind_from: from },
    ...tableSettings(run, path, [...column(table.yTrue), ...column(table.yPred)]),
    strict: true,
    source: "",
  };
}

/** Every class that the model knows, by the names of its columns of scores; undefined where these name no classes. */
function labelsOf(names: readonly string[], values: readonly unknown[]): ExperimentInput["labels"] {
  if (names.length < 2) return undefined;
  const known = new Map(values.map((value) => [String(value).toLowerCase(), value as Label]));
  const classes = names.map((name) => name.slice("y_score_".length));
  const named = new Set(classes.map((name) => name.toLowerCase()));
  if (named.size < classes.length || [...known.keys()].some((text) => !named.has(text))) return undefined;
  // Of classes that no sample has only the text is known, and of which type the others are.
  const type = typeof values[0];
  const typed = (text: string): Label => {
    if (type === "boolean") return text.toLowerCase() === "true";
    return type === "string" ? text : Number(text);
  };
  return classes.map((name) => known.get(name.toLowerCase()) ?? typed(name));
}

type Label = string | number | bigint | boolean;

/** Parameters as values: MLflow's are texts, as Python writes numbers and booleans. */
function settingsOf(parameters: KnownRun["record"]["parameters"]): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [
      key,
      typeof value === "string" ? valueOfText(value) : value,
    ]),
  );
}

/** The data set of the evaluation, where the run names one that can be no other. */
function dataOf({ record }: KnownRun): string | undefined {
  const { datasets } = record.inputs;
  const tested = datasets.filter(({ context }) => context !== undefined && /eval|test/i.test(context));
  const [dataset, another] = tested.length > 0 ? tested : datasets;
  return dataset && !another ? `${dataset.name}#${dataset.digest}` : undefined;
}
