import { readFile } from "node:fs/promises";

import { csvParseRows } from "d3-dsv";

import type { Label } from "../../experiment/input/class-labels.js";
import type { OrderEvidence } from "../../experiment/input/class-order.js";
import type { ExperimentInput, Kind } from "../../experiment/input/experiment-input.js";
import { sampleWeightName, weightedInWords } from "../../experiment/sample-weight.js";
import { inSnakeCase } from "../../experiment/snake-case.js";
import { type LoggedExperiment, logExperiment } from "../../jobs/log-experiment.js";
import { featurePrefix } from "../../predictions/prediction-table.js";
import type { FileColumn } from "../../predictions-file/column-request.js";
import { featureName, featureOf, scoresOf, usualScores } from "../../predictions-file/experiment-columns.js";
import {
  type FileFormat,
  type PredictionsFile,
  readPredictionsFile,
} from "../../predictions-file/predictions-file.js";
import { scoreNames } from "../../scores/registry.js";
import { shortNumber } from "../../scores/short-number.js";
import { inHome } from "../../store/folder-path.js";
import { TrackingError } from "../../tracking-error.js";
import type { StoreFlags } from "../define-command.js";
import { keyValues } from "../key-values.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";

export interface LogFlags extends StoreFlags {
  kind: Kind;
  project: string;
  datasetUri: string;
  targetColumn: string;
  model: string;
  modelParameter?: string[];
  extraParameter?: string[];
  yTrue: string;
  yPred: string;
  yScore?: string;
  sampleId?: string;
  labels?: string;
  positiveLabel?: string;
  sampleWeight?: string;
  reported?: string[];
  features?: string;
  group?: string;
  order?: string;
  asText?: string;
  name?: string;
  source?: string;
  newCsv?: boolean;
  strict?: boolean;
  format?: FileFormat;
}

/**
 * Logs one experiment from a file of predictions, or from standard input for `-`. What the store could not
 * take and the spool keeps is no failure, since tracking must not end the script around it; but it is said on
 * standard error, whatever the flags.
 */
export async function logCommand(file: string, options: LogFlags, terminal: Terminal): Promise<void> {
  const bytes = file === "-" ? await terminal.input() : await fileBytes(file);
  const columns = columnsToRead(options);
  const read = await readPredictionsFile(bytes, options.format, columns.choose, {
    name: file === "-" ? "standard input" : file,
    asText: listOf(options.asText),
    nullable: () => columns.features(),
    labels: options.kind === "classification" ? [options.yTrue, options.yPred] : [],
    numbers: () => [
      ...(options.kind === "regression" ? [options.yTrue, options.yPred] : columns.yScore()),
      ...alone(options.sampleWeight),
    ],
  });
  const { input, remarks } = await experimentOf(read, columns, options);
  const said = new Set<string>();
  const warn = (text: string) => {
    said.add(text);
    terminal.talk(`warning: ${text}`);
  };
  const logged = await logExperiment(input, { warn });
  const warnings = [...remarks, ...logged.warnings];
  if (options.json) {
    await terminal.out(`${JSON.stringify(loggedJson(logged, warnings))}\n`);
    return;
  }
  for (const warning of warnings) if (!said.has(warning)) terminal.talk(`warning: ${warning}`);
  await terminal.out(summary(logged, options.kind, read.rows));
}

async function fileBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(inHome(path));
  } catch (error) {
    throw new TrackingError(
      "INVALID_PREDICTIONS_FILE",
      `cannot read ${path}: ${(error as Error).message}; give the path of a file, or - for standard input`,
      { cause: error },
    );
  }
}

interface ColumnsToRead {
  /** The columns to read of those that the file has. */
  choose: (known: readonly string[]) => readonly string[];
  /** Where the ids and the scores are, once chosen. */
  sampleId(): string | undefined;
  yScore(): readonly string[];
  /** Columns that look like scores and are not read. */
  unreadScores(): readonly string[];
  /** Whether the file has a column sample_weight that is not read. */
  hasUnreadWeights(): boolean;
  features(): readonly string[];
}

function columnsToRead(options: LogFlags): ColumnsToRead {
  let sampleId: string | undefined;
  let yScore: readonly string[] = [];
  let unreadScores: readonly string[] = [];
  let features: readonly string[] = [];
  let hasUnreadWeights = false;
  return {
    choose(known) {
      sampleId = options.sampleId ?? (known.includes("sample_id") ? "sample_id" : undefined);
      yScore = options.yScore === undefined ? usualScores(known, options.kind) : listOf(options.yScore);
      if (yScore.length === 0 && options.kind === "classification") {
        unreadScores = known.filter((name) => /^y_score_./.test(name));
      }
      const others = [
        options.yTrue,
        options.yPred,
        ...alone(sampleId),
        ...yScore,
        ...alone(options.sampleWeight),
      ];
      features = featuresOf(known, options.features, others);
      for (const name of [options.group, options.order]) {
        if (name !== undefined && ![...others, ...features].includes(name)) features = [...features, name];
      }
      const read = [...others, ...features];
      hasUnreadWeights = known.includes(sampleWeightName) && !read.includes(sampleWeightName);
      return read;
    },
    sampleId: () => sampleId,
    yScore: () => yScore,
    unreadScores: () => unreadScores,
    hasUnreadWeights: () => hasUnreadWeights,
    features: () => features,
  };
}

function alone(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name];
}

/**
 * Those named; `*` stands for every column of the file that is nothing else; without a word those that a
 * store calls `feature_...`.
 */
function featuresOf(
  known: readonly string[],
  named: string | undefined,
  others: readonly string[],
): readonly string[] {
  if (named === undefined) return known.filter((name) => name.startsWith(featurePrefix));
  if (named === "*") return known.filter((name) => !others.includes(name));
  const features = listOf(named);
  const twice = features.find((name) => others.includes(name));
  if (twice === undefined) return features;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--features names ${JSON.stringify(twice)}, which is read as ids, true values, predictions, scores or weights already; leave it out`,
  );
}

async function experimentOf(
  { rows, columns, isTyped }: PredictionsFile,
  chosen: ColumnsToRead,
  options: LogFlags,
): Promise<{ input: ExperimentInput; remarks: string[] }> {
  const remarks: string[] = [];
  const column = (name: string) => columns.get(name) as FileColumn;
  const idColumn = chosen.sampleId();
  if (idColumn === undefined) {
    remarks.push(
      "the file has no column sample_id, so samples are numbered from 0 in the file's order; --sample-id names a column",
    );
  }
  const scoreColumns = chosen.yScore();
  const unread = chosen.unreadScores();
  if (unread.length > 0) {
    remarks.push(
      `the file has ${unread.slice(0, 10).join(", ")}, which are not read: --y-score ${unread.slice(0, 10).join(",")} reads them as the probabilities of the classes`,
    );
  }
  if (chosen.hasUnreadWeights()) {
    remarks.push(
      "the file has a column sample_weight, which is not read: --sample-weight sample_weight weighs the scores by it",
    );
  }
  // Null stands in features only: in any other column the reader refuses a missing value.
  const yTrue = column(options.yTrue) as ExperimentInput["yTrue"];
  const label = labelReader(yTrue);
  const input: ExperimentInput = {
    kind: options.kind,
    project: options.project,
    parameters: {
      datasetUri: options.datasetUri,
      targetColumn: options.targetColumn,
      testSet:
        idColumn === undefined
          ? Int32Array.from({ length: rows }, (_, i) => i)
          : (column(idColumn) as ExperimentInput["parameters"]["testSet"]),
      model: {
        name: options.model,
        parameters: await keyValues(options.modelParameter ?? [], "--model-parameter"),
      },
    },
    yTrue,
    yPred: column(options.yPred) as ExperimentInput["yPred"],
    yScore: scoresOf(scoreColumns, column, rows),
    labels: options.labels === undefined ? undefined : listOf(options.labels).map(label),
    positiveLabel: options.positiveLabel === undefined ? undefined : label(options.positiveLabel),
    sampleWeight:
      options.sampleWeight === undefined
        ? undefined
        : (column(options.sampleWeight) as ExperimentInput["sampleWeight"]),
    sampleFeatures: new Map(
      chosen.features().map((name) => [featureName(name), featureOf(column(name), isTyped)]),
    ),
    group: options.group === undefined ? undefined : featureName(options.group),
    order: options.order === undefined ? undefined : featureName(options.order),
    reported: reportedOf(options.reported ?? []),
    extraParameters: await keyValues(options.extraParameter ?? [], "--extra-parameter"),
    name: options.name,
    newCsv: options.newCsv,
    strict: options.strict,
    store: options.store,
    source: options.source ?? "",
  };
  return { input, remarks };
}

/** The numbers as texts, whose digits say how exactly they are known. */
function reportedOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const split = text.lastIndexOf("=");
      if (split > 0) return [text.slice(0, split), text.slice(split + 1)];
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `--reported is ${JSON.stringify(text)}; give NAME=NUMBER, such as f1=0.91`,
      );
    }),
  );
}

const orderWords: Record<OrderEvidence, string> = {
  labels: "--labels",
  "column names": "the columns' names",
  model: "the model",
  sorted: "sorting",
};

/**
 * Labels named on the command line are of the kind that the file's are: text stays text, numbers become
 * numbers.
 */
function labelReader(yTrue: ExperimentInput["yTrue"]): (text: string) => string | number | bigint | boolean {
  const kind = typeof yTrue[0];
  return (text) => {
    if (kind === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
    if (kind === "number" && /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
    if (kind === "number" && /^-?\d+$/.test(text)) return BigInt(text);
    if (kind === "bigint" && /^-?\d+$/.test(text)) return BigInt(text);
    return text;
  };
}

/** A comma-separated list; names with commas or quotes are quoted as in CSV. */
function listOf(text: string | undefined): string[] {
  return text === undefined ? [] : (csvParseRows(text)[0] ?? []);
}

function loggedJson(logged: LoggedExperiment, warnings: readonly string[]) {
  const { predictionId, project, stored, scores, positiveLabel, classOrder, sampleWeight, reported } = logged;
  const { store, trackingLog, predictions, spool } = logged.paths;
  return inSnakeCase({
    predictionId,
    project,
    stored,
    scores,
    positiveLabel: positiveLabel === undefined ? undefined : jsonLabel(positiveLabel),
    classOrder: classOrder && inSnakeCase({ ...classOrder, labels: classOrder.labels.map(jsonLabel) }),
    sampleWeight: sampleWeight && inSnakeCase({ ...sampleWeight }),
    reported: reported?.map(({ definition = null, ...said }) => ({ ...said, definition })),
    warnings,
    paths: inSnakeCase({ store, trackingLog, predictions, spool }),
  });
}

/** Integers beyond 2^53 as text, since most readers would round them. */
function jsonLabel(label: Label): string | number {
  return typeof label === "bigint" ? String(label) : label;
}

function summary(logged: LoggedExperiment, kind: Kind, samples: number): string {
  const names = kind === "classification" ? scoreNames(kind) : scoreNames(kind);
  const scores = names.flatMap((name) => {
    const value = logged.scores[name];
    return value === undefined ? [] : [[name, shortNumber(value)]];
  });
  const positive = logged.positiveLabel === undefined ? "" : `positive label  ${logged.positiveLabel}\n`;
  const order = logged.classOrder;
  const classes = order
    ? `class order     ${order.labels.join(", ")} (by ${orderWords[order.decidedBy]})\n`
    : "";
  const weights = logged.sampleWeight
    ? `sample weight   ${weightedInWords(samples, logged.sampleWeight.effectiveSamples)}\n`
    : "";
  const { paths } = logged;
  const places = logged.stored
    ? [
        `tracking log    ${paths.store}/${paths.trackingLog}\n`,
        `predictions     ${paths.store}/${paths.predictions}\n\n`,
      ]
    : [`NOT STORED      it waits in ${paths.spool}\n\n`];
  return [
    `prediction id   ${logged.predictionId}\n`,
    `project         ${logged.project}\n`,
    positive,
    classes,
    weights,
    ...places,
    textTable([{ title: "score" }, { title: "value", align: "right" }], scores),
  ].join("");
}
