import { expect, it } from "vitest";

import type { ExperimentRecord } from "../../src/experiment/experiment-record.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { apiPath, ask, type Json, startServer } from "./running-server.js";

/** The same numbers every time: a generator of its own (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const fixed: Record<string, (record: ExperimentRecord) => unknown> = {
  prediction_id: (record) => record.predictionId,
  logged_at: (record) => record.loggedAt.toISOString(),
  project: (record) => record.project,
  name: (record) => record.name ?? null,
  kind: (record) => record.kind,
  model: (record) => record.model,
  dataset_uri: (record) => record.datasetUri,
  target_column: (record) => record.targetColumn,
  test_set_size: (record) => record.testSetSize,
  test_set_digest: (record) => record.testSetDigest,
  samples: (record) => record.samples,
  predictions: (record) => record.predictions,
  user: (record) => record.user ?? null,
  host: (record) => record.host ?? null,
  source: (record) => record.source ?? null,
  git_commit: (record) => record.gitCommit ?? null,
  git_dirty: (record) => record.gitDirty ?? null,
  runtime: (record) => JSON.stringify(record.runtime),
  format: () => 2,
  // What is said afterwards: nothing, here.
  starred: () => false,
  archived: () => false,
  tags: () => null,
  note: () => null,
};

it("the rows of experiments are those that readExperiments reads from the log, to the last digit", async () => {
  const root = await temporaryFolder();
  const next = random(1);
  for (let i = 0; i < 30; i++) {
    const samples = 7 + i;
    const label = () => ["cat", "dog", "eel"][Math.floor(next() * 3)]!;
    const { parameters } = smallClassification(root);
    await logExperiment({
      ...smallClassification(root),
      name: i % 4 === 0 ? undefined : `run ${i}`,
      parameters: {
        ...parameters,
        testSet: Array.from({ length: samples }, (_, at) => at),
        model: {
          name: `M${i % 3}`,
          parameters: { rate: next() * 10 ** (i - 15), deep: { depth: i }, on: i % 2 === 0 },
        },
      },
      extraParameters: { seed: i, note: `n${i}`, tiny: 5e-324, large: 1.7976931348623157e308 },
      yTrue: Array.from({ length: samples }, label),
      yPred: Array.from({ length: samples }, label),
    });
  }
  const { address } = await startServer(root);
  const { experiments } = await readExperiments("pets", { store: root });
  const columns = (await ask(address, apiPath(["projects", "pets", "columns"]))).json.columns.map(
    ({ name }: { name: string }) => name,
  ) as string[];
  const page = (
    await ask(address, apiPath(["projects", "pets", "experiments"], { column: columns, limit: 1000 }))
  ).json;
  expect(page.total).toBe(30);
  expect(page.prediction_ids.toSorted()).toEqual(experiments.map((record) => record.predictionId).sort());
  const latestFirst = experiments.toSorted((a, b) => b.loggedAt.getTime() - a.loggedAt.getTime());
  expect(page.rows.map((row: unknown[]) => row[columns.indexOf("logged_at")])).toEqual(
    latestFirst.map((record) => record.loggedAt.toISOString()),
  );
  let compared = 0;
  for (const [at, id] of (page.prediction_ids as string[]).entries()) {
    const record = experiments.find((each) => each.predictionId === id)!;
    const parameters = record.modelParameters as { rate: number; deep: { depth: number }; on: boolean };
    for (const [i, name] of columns.entries()) {
      const expected = name.startsWith("params.")
        ? { rate: parameters.rate, "deep.depth": parameters.deep.depth, on: parameters.on }[name.slice(7)]
        : name.startsWith("extra.")
          ? record.extraParameters[name.slice(6)]
          : name in fixed
            ? fixed[name]!(record)
            : (record.scores[name] ?? null);
      expect(page.rows[at][i], `${id} ${name}`).toEqual(expected);
      compared += 1;
    }
    const one = (await ask(address, apiPath(["experiments", id]))).json;
    expect(one.scores).toEqual(record.scores);
    expect(one.model_parameters).toEqual(record.modelParameters);
    expect(one.extra_parameters).toEqual(record.extraParameters);
    expect(one.runtime).toEqual(record.runtime);
  }
  expect(compared).toBeGreaterThan(30 * 30);

  const best = experiments.toSorted((a, b) => b.scores["accuracy"]! - a.scores["accuracy"]!);
  const groups = (
    await ask(address, apiPath(["projects", "pets", "groups"], { by: "model", value: "accuracy" }))
  ).json;
  for (const { key, count, values } of groups.groups as { key: [string]; count: number; values: Json[] }[]) {
    const inGroup = best.filter((record) => record.model === key[0]);
    const numbers = inGroup.map((record) => record.scores["accuracy"]!);
    const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
    const squares = numbers.reduce((sum, each) => sum + (each - mean) ** 2, 0);
    expect(count).toBe(10);
    expect(values[0]).toMatchObject({ count: 10, min: numbers.at(-1), max: numbers[0] });
    expect(values[0].best.value).toBe(numbers[0]);
    expect(
      inGroup
        .filter((record) => record.scores["accuracy"] === numbers[0])
        .map((record) => record.predictionId),
    ).toContain(values[0].best.prediction_id);
    expect(values[0].mean).toBeCloseTo(mean, 12);
    expect(values[0].standard_deviation).toBeCloseTo(Math.sqrt(squares / 9), 12);
  }
  const half = (
    await ask(
      address,
      apiPath(["projects", "pets", "experiments"], { filter: "accuracy > 0.34 AND params.on = true" }),
    )
  ).json;
  expect(half.total).toBe(
    experiments.filter(
      (record) => record.scores["accuracy"]! > 0.34 && (record.modelParameters as { on: boolean }).on,
    ).length,
  );
  expect(half.total).toBeGreaterThan(0);
});

it("a confusion matrix, the scores of each class and the samples behind each cell are those of a plain count", async () => {
  const root = await temporaryFolder();
  const next = random(2);
  const labels = ["ant", "bee", "cat", "dog", "eel"];
  const yTrue = Array.from({ length: 800 }, () => labels[Math.floor(next() ** 2 * 5)]!);
  const yPred = yTrue.map((label) => (next() < 0.6 ? label : labels[Math.floor(next() * 5)]!));
  const ids = yTrue.map((_, i) => `sample-${i}`);
  const { predictionId } = await logExperiment({
    ...smallClassification(root),
    parameters: { ...smallClassification(root).parameters, testSet: ids },
    yTrue,
    yPred,
  });
  const { address } = await startServer(root);
  const of = async (what: string[], parameters = {}) =>
    (await ask(address, apiPath(["experiments", predictionId, ...what], parameters))).json;
  const matrix = await of(["plots", "confusion_matrix"]);
  expect(matrix.labels).toEqual(labels);
  const counts = labels.map((t) =>
    labels.map((p) => yTrue.filter((label, i) => label === t && yPred[i] === p).length),
  );
  expect(matrix.counts).toEqual(counts);
  expect(matrix.row_totals).toEqual(labels.map((t) => yTrue.filter((label) => label === t).length));
  expect(matrix.column_totals).toEqual(labels.map((p) => yPred.filter((label) => label === p).length));
  const { classes } = await of(["plots", "per_class"]);
  for (const [i, { label, precision, recall, support }] of classes.entries()) {
    expect(label).toBe(labels[i]);
    expect(support).toBe(matrix.row_totals[i]);
    expect(precision).toBeCloseTo(counts[i]![i]! / matrix.column_totals[i], 12);
    expect(recall).toBeCloseTo(counts[i]![i]! / matrix.row_totals[i], 12);
  }
  for (const [i, t] of labels.entries()) {
    for (const [j, p] of labels.entries()) {
      const rows = yTrue.flatMap((label, row) => (label === t && yPred[row] === p ? [row] : []));
      const behind = await of(["samples"], { true_label: t, predicted_label: p, limit: 1000 });
      expect(behind.total).toBe(counts[i]![j]);
      expect(behind.rows.map(({ row }: { row: number }) => row)).toEqual(rows);
      expect(behind.rows.map(({ sample_id }: { sample_id: string }) => sample_id)).toEqual(
        rows.map((row) => ids[row]),
      );
    }
  }
  const wrong = await of(["samples"], { correct: "false" });
  expect(wrong.total).toBe(yTrue.filter((label, i) => label !== yPred[i]).length);
  const pages: number[] = [];
  for (let offset = 0; offset < wrong.total; offset += 70) {
    const page = await of(["samples"], { correct: "false", limit: 70, offset });
    pages.push(...page.rows.map(({ row }: { row: number }) => row));
  }
  expect(pages).toEqual(yTrue.flatMap((label, i) => (label === yPred[i] ? [] : [i])));
});

it("the counts at any threshold, the table of thresholds and samples between scores are those of a plain count", async () => {
  const root = await temporaryFolder();
  const next = random(3);
  const yTrue = Array.from({ length: 600 }, () => Number(next() < 0.4));
  const yScore = yTrue.map((label) => Math.round((0.3 * label + 0.7 * next()) * 200) / 200);
  const { predictionId } = await logExperiment({
    ...smallClassification(root),
    parameters: { ...smallClassification(root).parameters, testSet: yTrue.map((_, i) => i) },
    yTrue,
    yPred: yScore.map((score) => Number(score >= 0.5)),
    yScore,
  });
  const { address } = await startServer(root);
  const of = async (what: string[], parameters = {}) =>
    (await ask(address, apiPath(["experiments", predictionId, ...what], parameters))).json;
  const count = (threshold: number, label: number) =>
    yScore.filter((score, i) => score >= threshold && yTrue[i] === label).length;
  const positives = yTrue.filter((label) => label === 1).length;
  const expected = (threshold: number) => ({
    true_positives: count(threshold, 1),
    false_positives: count(threshold, 0),
    false_negatives: positives - count(threshold, 1),
    true_negatives: 600 - positives - count(threshold, 0),
  });
  for (const threshold of [0, 0.005, 0.1, 0.25, 0.4999, 0.5, 0.50001, 0.75, 0.995, 1, 1.5, -1, yScore[17]!]) {
    expect(await of(["plots", "threshold_counts"], { threshold })).toMatchObject({
      threshold,
      ...expected(threshold),
    });
  }
  const table = await of(["plots", "threshold_table"]);
  expect(table.complete).toBe(true);
  for (const [i, threshold] of table.threshold.entries()) {
    if (threshold === null) continue;
    for (const [name, value] of Object.entries(expected(threshold)))
      expect(table[name][i], `${name} at ${threshold}`).toBe(value);
  }
  const between = (keep: (score: number) => boolean) => yScore.filter(keep).length;
  for (const [query, total] of [
    [{ y_score_min: 0.25, y_score_max: 0.5 }, between((score) => score >= 0.25 && score <= 0.5)],
    [
      { y_score_min: 0.25, y_score_max: 0.5, open: "y_score_max" },
      between((score) => score >= 0.25 && score < 0.5),
    ],
    [
      { y_score_min: 0.25, y_score_max: 0.5, open: ["y_score_min", "y_score_max"] },
      between((score) => score > 0.25 && score < 0.5),
    ],
    [{ y_score_min: 0.5 }, between((score) => score >= 0.5)],
  ] as const) {
    expect((await of(["samples"], query)).total, JSON.stringify(query)).toBe(total);
  }
  expect(between((score) => score === 0.25) * between((score) => score === 0.5)).toBeGreaterThan(0);
});

it("errors of a regression, the worst of them and samples between errors are those of plain arithmetic", async () => {
  const root = await temporaryFolder();
  const next = random(4);
  const yTrue = Array.from({ length: 300 }, () => Math.round(next() * 1000) / 10);
  const yPred = yTrue.map((value) => value + Math.round((next() - 0.4) * 80) / 8);
  const { predictionId } = await logExperiment({
    ...smallRegression(root),
    parameters: { ...smallRegression(root).parameters, testSet: yTrue.map((_, i) => i) },
    yTrue,
    yPred,
  });
  const { address } = await startServer(root);
  const of = async (what: string[], parameters = {}) =>
    (await ask(address, apiPath(["experiments", predictionId, ...what], parameters))).json;
  const errors = yTrue.map((value, i) => yPred[i]! - value);
  const worst = errors
    .map((error, row) => ({ row, size: Math.abs(error) }))
    .sort((a, b) => b.size - a.size || a.row - b.row);
  const shown = await of(["plots", "worst_samples"], { limit: 25 });
  expect(shown.rows.map(({ row }: { row: number }) => row)).toEqual(worst.slice(0, 25).map(({ row }) => row));
  for (const { row, error, y_true, y_pred } of shown.rows) {
    expect([error, y_true, y_pred]).toEqual([errors[row], yTrue[row], yPred[row]]);
  }
  const histogram = await of(["plots", "residual_histogram"], { bins: 7 });
  expect(histogram.counts.length).toBe(7);
  expect(histogram.counts.reduce((sum: number, each: number) => sum + each, 0)).toBe(300);
  for (const [i, count] of histogram.counts.entries()) {
    const last = i === 6;
    const query = {
      error_min: histogram.edges[i],
      error_max: histogram.edges[i + 1],
      ...(last ? {} : { open: "error_max" }),
    };
    expect((await of(["samples"], query)).total).toBe(count);
  }
});
