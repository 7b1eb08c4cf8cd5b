import type { AnnotatedRecord } from "../../annotations/annotated-record.js";
import { withLineBreaks } from "../../annotations/check-change.js";
import type { ExperimentRecord } from "../../experiment/experiment-record.js";
import { experimentTitle } from "../../experiment/experiment-title.js";
import { positiveLabelOf } from "../../experiment/positive-label-text.js";
import { recordJson } from "../../experiment/record-json.js";
import { findExperiments } from "../../jobs/find-experiments.js";
import { projectAddedScores } from "../../jobs/project-added-scores.js";
import { type RankInProject, rankInProject } from "../../jobs/rank-in-project.js";
import { readEvaluation } from "../../jobs/read-evaluation.js";
import { predictionsFile } from "../../jobs/read-experiments.js";
import { evaluationAddedIntervals, evaluationIntervals } from "../../judge/compare-evaluations.js";
import type { PredictionColumn, PredictionTable } from "../../predictions/prediction-table.js";
import { readPredictions } from "../../predictions/read/read-predictions.js";
import { isRunId } from "../../run/run-id.js";
import { findScore, scoreNames } from "../../scores/registry.js";
import { shortNumber } from "../../scores/short-number.js";
import { openStore } from "../../store/open-store.js";
import { TrackingError } from "../../tracking-error.js";
import { format } from "../../tracking-log/log-shape.js";
import type { StoreFlags } from "../define-command.js";
import type { Terminal } from "../terminal.js";
import { onOneLine, textTable } from "../text-table.js";
import { wholeNumber } from "../whole-number.js";

export interface ShowFlags extends StoreFlags {
  project?: string;
  samples: string;
  intervals?: boolean;
  group?: string;
  order?: string;
}

export async function showCommand(id: string, options: ShowFlags, terminal: Terminal): Promise<void> {
  const samples = wholeNumber(options.samples, "--samples");
  if (isRunId(id)) return (await import("./show-run.js")).showRun(id, options, terminal);
  const { group, order } = options;
  if ((group ?? order) !== undefined && !options.intervals) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      "--group and --order are for the intervals; give --intervals, too",
    );
  }
  const [[found, ...twins]] = (await findExperiments([id], options)) as [
    [AnnotatedRecord, ...AnnotatedRecord[]],
  ];
  if (found.newerFormat !== undefined) {
    terminal.talk(
      `warning: its row is of format ${found.newerFormat}, and this version knows ${format}: what is new in it is not shown`,
    );
  }
  for (const { project } of twins) {
    terminal.talk(
      `warning: the project ${project} has an experiment ${id}, too: --project ${project} shows that one`,
    );
  }
  const { table, lost } = await firstPredictions(found, options, samples);
  // Logs from before the column was kept do not say it; the predictions do.
  const record = {
    ...found,
    positiveLabel: found.positiveLabel ?? (table && positiveLabelOf(table.metadata)),
  };
  const judged = options.intervals && table ? await judgedScores(record, options) : undefined;
  const rank = await rankInProject(record, options);
  if (options.json) {
    const shown = {
      ...recordJson(record),
      primary_score: rank,
      first_predictions: table ? rowsOf(table) : null,
    };
    await terminal.out(`${jsonText({ ...shown, ...judged })}\n`);
    if (lost) throw lost;
    return;
  }

  const facts: [string, string | undefined][] = [
    ["prediction id", record.predictionId],
    ["project", record.project],
    ["name", experimentTitle(record.name, record.predictionId)],
    ["tags", record.tags.length > 0 ? record.tags.join(", ") : undefined],
    ["starred", record.starred ? "yes" : undefined],
    ["archived", record.archived ? "yes: left out of rankings" : undefined],
    ["logged at", record.loggedAt.toISOString()],
    ["run", record.runId],
    ["kind", record.kind],
    ["positive label", record.positiveLabel],
    ["primary score", rank ? rankText(rank) : undefined],
    ["model", record.model],
    ...Object.entries(record.modelParameters).map(([key, value]): [string, string] => [
      `  ${key}`,
      shortJson(value),
    ]),
    ["dataset", record.datasetUri],
    ["target column", record.targetColumn],
    ["test set", `${record.testSetSize} ids, digest ${record.testSetDigest}`],
    ["predictions", `${record.samples} samples in ${record.predictions}`],
    ["extra parameters", Object.keys(record.extraParameters).length === 0 ? "none" : ""],
    ...Object.entries(record.extraParameters).map(([key, value]): [string, string] => [
      `  ${key}`,
      shortJson(value),
    ]),
    ["logged by", [record.user, record.host].filter(Boolean).join(" on ")],
    ["source", record.source],
    [
      "git commit",
      record.gitCommit && `${record.gitCommit}${record.gitDirty ? " with uncommitted changes" : ""}`,
    ],
    ["runtime", shortJson(record.runtime)],
  ];
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  const keyWidth = known.reduce((widest, [key]) => Math.max(widest, key.length), 0);
  await terminal.out(
    known.map(([key, value]) => onOneLine(`${key.padEnd(keyWidth)}  ${value}`).trimEnd()).join("\n"),
  );

  if (record.note !== undefined) await terminal.out(`\n\n${withLineBreaks(record.note).trimEnd()}`);

  const scores = (
    record.kind === "classification" ? scoreNames("classification") : scoreNames("regression")
  ).flatMap((name) => {
    const value = record.scores[name];
    const score = findScore(name);
    return value === undefined || !score ? [] : [[name, String(value), score.meaning]];
  });
  await terminal.out(
    `\n\n${textTable([{ title: "score" }, { title: "value" }, { title: "meaning" }], scores)}`,
  );

  if (judged) {
    await terminal.out(
      `\n${textTable(
        [
          { title: "score" },
          { title: "from", align: "right" },
          { title: "to", align: "right" },
          { title: "method" },
        ],
        judged.intervals.map(({ score, low, high, method, reason }) => [
          score,
          shortNumber(low ?? undefined),
          shortNumber(high ?? undefined),
          method ?? `no interval: ${reason}`,
        ]),
      )}`,
    );
  }

  if (judged && judged.added.length > 0) {
    await terminal.out(
      `\n${textTable(
        [
          { title: "added score" },
          { title: "value", align: "right" },
          { title: "from", align: "right" },
          { title: "to", align: "right" },
          { title: "method" },
        ],
        judged.added.map(({ score, value, low, high, method, reason }) => [
          score,
          shortNumber(value ?? undefined),
          shortNumber(low ?? undefined),
          shortNumber(high ?? undefined),
          method ?? `${value === null ? "no value" : "no interval"}: ${reason}`,
        ]),
      )}`,
    );
  }

  if (lost) throw lost; // after what the row says
  if (!table || table.rows === 0) return;
  const rows = rowsOf(table).map((row) => table.columns.map(({ name }) => String(row[name] ?? "")));
  await terminal.out(
    `\n${textTable(
      table.columns.map(({ name }) => ({ title: name })),
      rows,
    )}`,
  );
  if (table.rows < record.samples)
    terminal.talk(`${table.rows} of ${record.samples} predictions; --samples shows more`);
}

/** Every score's interval, and the values of those that the project has added, with theirs. */
async function judgedScores(record: ExperimentRecord, options: ShowFlags) {
  const { group, order } = options;
  const settings = {
    ...(group === undefined ? {} : { group }),
    ...(order === undefined ? {} : { order }),
    added: await projectAddedScores(record.project, options),
  };
  const evaluation = await readEvaluation(record, { ...options, ...settings });
  return {
    intervals: evaluationIntervals(evaluation, settings),
    added: evaluationAddedIntervals(evaluation, settings),
  };
}

function rankText({ score, value, rank, of }: RankInProject): string {
  return `${score} ${shortNumber(value)}: rank ${rank} of ${of} on its test set`;
}

/** The first predictions, or why they cannot be read, which costs nothing of what the row says. */
async function firstPredictions(
  record: ExperimentRecord,
  { store }: ShowFlags,
  samples: number,
): Promise<{ table?: PredictionTable; lost?: TrackingError }> {
  try {
    const file = await predictionsFile(openStore(store), record);
    const rows = { rowStart: 0, rowEnd: Math.min(samples, record.samples) };
    return { table: await readPredictions(file, { name: record.predictions, ...rows }) };
  } catch (error) {
    if (error instanceof TrackingError && error.code === "PREDICTIONS_NOT_READABLE") return { lost: error };
    throw error;
  }
}

function shortJson(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

type Cell = string | number | bigint | boolean | null;

function rowsOf(table: PredictionTable): Record<string, Cell>[] {
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(table.columns.map((column) => [column.name, cellOf(column, row)])),
  );
}

/** Null where a feature has no value. */
function cellOf(column: PredictionColumn, row: number): Cell {
  if ("dictionary" in column) return column.dictionary[column.codes[row] as number] ?? null;
  if (column.type === "boolean") return column.values[row] === 2 ? null : column.values[row] === 1;
  if (column.type === "double") {
    const value = column.values[(column.offset ?? 0) + row * (column.stride ?? 1)]!;
    return column.nullable && Number.isNaN(value) ? null : value;
  }
  return column.values[row] as Cell;
}

/** JSON with integers beyond 2^53 as text, since most readers would round them. */
function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "bigint" ? (Number.isSafeInteger(Number(item)) ? Number(item) : String(item)) : item,
  );
}
