import { join } from "node:path";
import { recordJson } from "../../src/experiment/record-json.js";
import {
  listProjects,
  type ProjectExperiments,
  readExperiment,
  readExperiments,
} from "../../src/jobs/read-experiments.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { confusionMatrix } from "../../src/plots/confusion-matrix.js";
import { openPredictions, type Predictions } from "../../src/plots/open-predictions.js";
import { residualHistogram } from "../../src/plots/residual-histogram.js";
import { scoreRegistry } from "../../src/scores/registry.js";
import { binOf, edgesOfRange } from "../../src/statistics/equal-bins.js";
import { openStore } from "../../src/store/open-store.js";
import { logColumns } from "../../src/tracking-log/columns.js";
import { scanRows } from "../../src/tracking-log/scan-rows.js";
import { connect } from "../plots/predictions.js";
import type { Cell } from "../support/googlesql.js";
import type { Row, Views } from "./engines.js";
import { cellsOf } from "./table-contents.js";

type Experiment = ProjectExperiments["experiments"][number];

/** The rows that the views are to have, from what the library says of the same store. */
export async function expectedViews(store: string): Promise<Views> {
  const views: Views = {
    experiments: [],
    scores: [],
    confusion: [],
    residuals: [],
    problems: await problemRows(store),
  };
  for (const project of await listProjects({ store })) {
    const formats = new Map<string, string>();
    await scanRows(openStore(store), project, ["prediction_id", "format"], ({ cells: [id, format] }) => {
      formats.set(id!, format!);
    });
    for (const experiment of (await readExperiments(project, { store })).experiments) {
      views["experiments"]!.push(experimentRow(experiment, formats.get(experiment.predictionId)!));
      views["scores"]!.push(...scoreRows(experiment));
      if (!isTyped(experiment)) {
        views["problems"]!.push({ project, problem: "untyped-predictions" });
        continue;
      }
      const path = join(store, experiment.predictions);
      const predictions = await openPredictions({ connect, path }).catch(() => undefined);
      if (!predictions) continue;
      if (experiment.kind === "classification") {
        const { labels, counts, row_totals } = await confusionMatrix(predictions);
        const isBoolean = experiment.predictions.endsWith(".boolean.parquet"); // which the plot has as 0 and 1
        const names = labels.map((each) => (isBoolean ? String(each === 1) : String(each)));
        for (const [i, row] of counts.entries()) {
          for (const [j, samples] of row.entries()) {
            if (samples === 0) continue;
            const [y_true, y_pred] = [names[i]!, names[j]!];
            const share_of_true = samples / row_totals[i]!;
            views["confusion"]!.push({
              ...about(experiment),
              y_true,
              y_pred,
              samples: String(samples),
              share_of_true,
              correct: i === j,
            });
          }
        }
      } else {
        views["residuals"]!.push(...(await residualRows(experiment, predictions, store)));
      }
    }
  }
  return views;
}

function experimentRow(experiment: Experiment, format: string): Row {
  const row: Row = {};
  const facts: Record<string, unknown> = { ...recordJson(experiment), ...experiment.scores };
  for (const { name, type } of logColumns) {
    const value = facts[name] ?? null;
    if (value === null) row[name] = null;
    else row[name] = type === "json" || type === "integer" ? JSON.stringify(value) : (value as Cell);
  }
  return {
    ...row,
    format,
    experiment: label(experiment),
    logged_name: experiment.loggedName ?? null,
    note: experiment.note ?? null,
    starred: experiment.starred,
    archived: experiment.archived,
  };
}

/** Since format 2 the names of predictions say their type. */
function isTyped({ predictions }: Experiment): boolean {
  return /\.(text|integer|boolean|number)\.parquet$/.test(predictions);
}

function label({ loggedAt, name, model, predictionId }: Experiment): string {
  return `${loggedAt.toISOString().slice(0, 19).replace("T", " ")} ${name ?? model} ${predictionId}`;
}

function about(experiment: Experiment): Row {
  return {
    project: experiment.project,
    logged_at: experiment.loggedAt.toISOString(),
    name: experiment.name ?? null,
    model: experiment.model,
    prediction_id: experiment.predictionId,
    experiment: label(experiment),
    test_set_digest: experiment.testSetDigest,
  };
}

function scoreRows(experiment: Experiment): Row[] {
  const { experiment: _label, ...facts } = about(experiment);
  return scoreRegistry.flatMap(({ name }) => {
    const value = experiment.scores[name];
    return value === undefined ? [] : [{ ...facts, kind: experiment.kind, score: name, value }];
  });
}

async function residualRows(experiment: Experiment, predictions: Predictions, store: string): Promise<Row[]> {
  const table = (await readExperiment(experiment.predictionId, { store })).predictions;
  const yPred = cellsOf(table, "y_pred") as number[];
  const pairs = (cellsOf(table, "y_true") as number[]).map((y, i) => [y, yPred[i]!] as const);
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const isHuge = (pair: readonly number[]) => pair.some((value) => Math.abs(value) >= 1e300);
  const errors = pairs.filter((pair) => !isHuge(pair)).map(([y, predicted]) => predicted - y);
  const edges =
    errors.length === pairs.length
      ? Float64Array.from((await residualHistogram(predictions, { bins: 20 })).edges)
      : edgesOfRange(Math.min(...errors), Math.max(...errors), 20);
  return pairs.map((pair, i) => {
    const [y_true, y_pred] = pair;
    const error = isHuge(pair) ? null : y_pred - y_true;
    return {
      ...about(experiment),
      sample: String(i + 1),
      y_true,
      y_pred,
      error,
      absolute_error: error === null ? null : Math.abs(error),
      plotted: Math.floor(((i + 1) * 1000) / pairs.length) > Math.floor((i * 1000) / pairs.length),
      error_bin: error === null ? null : edges[binOf(error, edges)]!,
    };
  });
}

/**
 * By `verify`, but for predictions without a type, in which it sees no fault, and for lines that databases
 * cannot split into cells, which never come to the views.
 */
async function problemRows(store: string): Promise<Row[]> {
  const { findings } = await verifyStore({ store, graceSeconds: 0 });
  const known = new Set([
    "torn-line",
    "unreadable-row",
    "duplicate-row",
    "missing-predictions",
    "orphaned-predictions",
  ]);
  return findings
    .filter(({ kind, message }) => known.has(kind) && !message.startsWith("a quoted field has no end"))
    .map(({ kind, project }) => ({
      project: kind === "orphaned-predictions" ? null : project!,
      problem: kind,
    }));
}
