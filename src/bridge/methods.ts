import { recentEnvironment } from "../experiment/environment/recent-environment.js";
import type { Runtime } from "../experiment/environment/run-environment.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { ExperimentInput } from "../experiment/input/experiment-input.js";
import { inSnakeCase } from "../experiment/snake-case.js";
import type { ReadOptions } from "../jobs/find-experiments.js";
import { type LoggedExperiment, logExperiment } from "../jobs/log-experiment.js";
import { primaryScores, setPrimaryScore } from "../jobs/primary-score.js";
import { listFolders, readExperiment, readExperiments } from "../jobs/read-experiments.js";
import { experimentInput, type SentExperiment } from "./experiment-input.js";
import { findLogged } from "./find-logged.js";
import { judgingMethods } from "./judging-methods.js";
import { inPythonWords } from "./python-words.js";
import { runMethods } from "./run-methods.js";
import { scoreMethods } from "./score-methods.js";
import { asWhole, type SentArrays, sentColumn, sentNumber } from "./sent-values.js";

/** The method's arguments, to a result for JSON and the arrays that it refers to. */
type Method = (given: never, arrays: SentArrays) => Promise<unknown>;

/** What a client can ask for. */
export const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ["log_experiment", logSent],
  ["find_logged", findSent],
  ["list_projects", async (given: ReadOptions) => foldersSent(given)],
  ["read_experiments", readSent],
  ["read_experiment", readWhole],
  ...judgingMethods,
  ...runMethods,
  ["primary_scores", async (given: ProjectRequest) => primaryScores(given.project, given)],
  ["set_primary_score", setPrimarySent],
  ...scoreMethods,
  ["annotate", annotateSent],
  ["list_trash", trashSent],
  ["purge_trash", purgeSent],
]);

interface LogRequest {
  experiment: SentExperiment;
  /** Chosen by the client, so that it can find out what became of a call that was never answered. */
  prediction_id: string;
  runtime: Runtime;
}

async function logSent({ experiment, prediction_id: predictionId, runtime }: LogRequest): Promise<unknown> {
  const input = experimentInput(experiment) as unknown as ExperimentInput;
  return sentOutcome(
    await logExperiment(input, {
      predictionId,
      environment: (source) => recentEnvironment({ source: source ?? "", runtime }),
      warn: () => {}, // the client issues the result's warnings, this one among them
    }),
  );
}

function sentOutcome({
  predictionId,
  project,
  stored,
  scores,
  positiveLabel,
  classOrder,
  sampleWeight,
  reported,
  warnings,
  paths,
}: LoggedExperiment) {
  const { store, trackingLog, predictions, spool } = paths;
  return inSnakeCase({
    predictionId,
    project,
    stored,
    scores: sentScores(scores),
    positiveLabel: positiveLabel === undefined ? undefined : sentNumber(positiveLabel),
    classOrder: classOrder && inSnakeCase({ ...classOrder, labels: classOrder.labels.map(sentNumber) }),
    sampleWeight: sampleWeight && inSnakeCase({ ...sampleWeight }),
    reported: reported?.map(({ definition = null, ...said }) => ({ ...said, definition })),
    warnings: warnings.map(inPythonWords),
    paths: inSnakeCase({ store, trackingLog, predictions, spool }),
  });
}

/** The outcome of a call that was never answered, without its warnings; null where it is kept nowhere. */
async function findSent(given: { prediction_id: string; project: string } & ReadOptions): Promise<unknown> {
  const found = await findLogged(given.prediction_id, given.project, given.store);
  return found ? sentOutcome(found) : null;
}

async function foldersSent(given: ReadOptions): Promise<unknown> {
  const { projects, odd } = await listFolders(given);
  return { projects, problems: odd };
}

async function readSent(given: { project: string } & ReadOptions): Promise<unknown> {
  const { project, experiments, problems } = await readExperiments(given.project, given);
  return { project, experiments: experiments.map(sentRecord), problems };
}

async function readWhole(
  given: { prediction_id: string; project?: string } & ReadOptions,
  arrays: SentArrays,
): Promise<unknown> {
  const { experiment, predictions } = await readExperiment(given.prediction_id, given);
  const columns = predictions.columns.map(
    (column) => [column.name, sentColumn(asWhole(column), arrays)] as const,
  );
  return { experiment: sentRecord(experiment), predictions: columns };
}

interface AnnotateRequest extends ReadOptions {
  prediction_ids: readonly string[];
  project?: string;
  name?: string;
  note?: string;
  add_tags?: readonly string[];
  remove_tags?: readonly string[];
  starred?: boolean;
  archived?: boolean;
  deleted?: boolean;
}

async function annotateSent(given: AnnotateRequest): Promise<unknown> {
  const { prediction_ids: ids, store, project, add_tags: addTags, remove_tags: removeTags, ...said } = given;
  const { annotate } = await import("../jobs/annotate.js"); // seldom asked for
  const place = { ...(store === undefined ? {} : { store }), ...(project === undefined ? {} : { project }) };
  return (await annotate(ids, { ...said, addTags, removeTags }, place)).map(sentRecord);
}

async function trashSent(given: ReadOptions & { project?: string }): Promise<unknown> {
  const { listTrash } = await import("../jobs/list-trash.js"); // seldom asked for
  return (await listTrash(given)).map(({ experiment, deletedBy, deletedAt }) => ({
    ...sentRecord(experiment),
    deleted_by: deletedBy,
    deleted_at: deletedAt,
  }));
}

async function purgeSent({
  prediction_ids: predictionIds,
  ...place
}: ReadOptions & { project?: string; prediction_ids?: readonly string[] }): Promise<unknown> {
  const { purgeTrash } = await import("../maintenance/purge-trash.js"); // seldom asked for
  return (await purgeTrash({ ...place, predictionIds })).map(({ predictionId, project, bytes }) => ({
    prediction_id: predictionId,
    project,
    bytes,
  }));
}

interface ProjectRequest extends ReadOptions {
  project: string;
}

/** Without a score, the usual ones. */
async function setPrimarySent({
  project,
  score = null,
  ...options
}: ProjectRequest & { score?: string | null }): Promise<unknown> {
  return setPrimaryScore(project, score, options);
}

/** A record by the names of the tracking log's columns. */
function sentRecord(record: ExperimentRecord) {
  return inSnakeCase({ ...record, scores: sentScores(record.scores) });
}

function sentScores(scores: Record<string, number>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(scores).map(([name, value]) => [name, sentNumber(value)]));
}
