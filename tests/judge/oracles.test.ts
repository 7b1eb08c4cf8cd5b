import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

import { demoExperiments } from "../../src/demo/demo-experiments.js";
import type { ExperimentInput } from "../../src/experiment/input/experiment-input.js";
import { compareExperiments, scoreIntervals } from "../../src/jobs/compare-experiments.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";
import { oraclePython, runPython } from "../python/python.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const script = fileURLToPath(new URL("oracle.py", import.meta.url));

/** Two experiments on the same samples, in the same order. */
interface Case {
  kind: "classification" | "regression";
  y: number[];
  a: number[];
  b: number[];
  labels: number;
  /** Rows of probabilities of both; null without. */
  scores: [number[][], number[][]] | null;
}

async function readCase(a: string, b: string, store: string): Promise<Case> {
  const read = await Promise.all([a, b].map((id) => readExperiment(id, { store })));
  const columnOf = (which: number, name: string) => {
    const column = read[which]!.predictions.columns.find((each) => each.name === name);
    if (!column) return undefined;
    const raw: ArrayLike<string | number | bigint> =
      "codes" in column ? Array.from(column.codes, (code) => column.dictionary[code]!) : column.values;
    return Array.from(raw, (each) => (typeof each === "bigint" ? Number(each) : each));
  };
  const { kind } = read[0]!.experiment;
  const values = [columnOf(0, "y_true")!, columnOf(0, "y_pred")!, columnOf(1, "y_pred")!] as const;
  const labels = [...new Set(values.flat())].sort((x, y) => (x < y ? -1 : 1));
  const coded = values.map((of) =>
    kind === "regression" ? (of as number[]) : of.map((label) => labels.indexOf(label)),
  );
  const scoresOf = (which: number) => {
    const names = labels.length > 2 ? labels.map((_, i) => `y_score_${i}`) : ["y_score"];
    const columns = names.flatMap((name) => {
      const column = columnOf(which, name) as number[] | undefined;
      return column ? [column] : [];
    });
    return columns.length > 0 ? values[0].map((_, row) => columns.map((each) => each[row]!)) : undefined;
  };
  const [ofA, ofB] = kind === "regression" ? [] : [scoresOf(0), scoresOf(1)];
  const [y, predictedA, predictedB] = coded as [number[], number[], number[]];
  return {
    kind,
    y,
    a: predictedA,
    b: predictedB,
    labels: labels.length,
    scores: ofA && ofB ? [ofA, ofB] : null,
  };
}

/** Of the same samples for the same kind. */
function madeUp(store: string, kind: string, skill: number, seed: number): ExperimentInput {
  const count = kind === "two classes" ? 600 : 250;
  const small = kind === "numbers" ? smallRegression(store) : smallClassification(store);
  const [truths, random] = [seededRandom(17), seededRandom(seed)];
  const yTrue = Array.from({ length: count }, () => truths());
  const parameters = { ...(small.parameters as object), testSet: [...yTrue.keys()] };
  const input = { ...small, parameters, yScore: undefined } as unknown as ExperimentInput;
  if (kind === "numbers") {
    const numbers = yTrue.map((y) => 5 + 10 * y);
    return { ...input, yTrue: numbers, yPred: numbers.map((y) => y + (random() - 0.5) / skill) };
  }
  if (kind === "four classes") {
    const codes = yTrue.map((y) => Math.floor(4 * y));
    return { ...input, yTrue: codes, yPred: codes.map((y) => (random() < skill ? y : 3 - y)) };
  }
  const codes = yTrue.map((y) => Number(y < 0.3));
  const yScore = codes.map((y) => (skill * y + random()) / (1 + skill));
  return { ...input, yTrue: codes, yPred: yScore.map((score) => Number(score > 0.5)), yScore };
}

/** The demo's real models on real data, and made-up ones, two of each kind: prediction ids. */
async function pairs(store: string): Promise<[string, string][]> {
  const wanted = [
    ["species: logistic", "species: forest"],
    ["sex: forest", "sex: tree"],
    ["small forest", "deep tree"],
  ];
  const ids = new Map<string, string>();
  for (const experiment of demoExperiments()) {
    if (!wanted.flat().includes(experiment.name)) continue;
    ids.set(experiment.name, (await logExperiment({ ...experiment, store, source: "" })).predictionId);
  }
  const made: [string, string][] = [];
  for (const kind of ["four classes", "two classes", "numbers"]) {
    const pair: string[] = [];
    for (const [seed, skill] of [0.6, 0.7].entries()) {
      pair.push((await logExperiment(madeUp(store, kind, skill, seed))).predictionId);
    }
    made.push(pair as [string, string]);
  }
  return [...wanted.map((pair) => pair.map((name) => ids.get(name)!) as [string, string]), ...made];
}

/** Drawn on both sides: within Monte Carlo's error of each other, and of one sample. */
const drawn = new Set(["median_absolute_error"]);

it("gives the intervals and p-values of scipy, statsmodels and scikit-learn, on real and made-up predictions", async (context) => {
  const python = oraclePython(context);
  const store = await temporaryFolder();
  const compared = await pairs(store);
  const cases = await Promise.all(compared.map(([a, b]) => readCase(a, b, store)));
  const oracles = JSON.parse(await runPython(python, [script], JSON.stringify(cases))) as Record<
    string,
    number | [number, number]
  >[];
  let checked = 0;
  for (const [i, [a, b]] of compared.entries()) {
    const intervals = await scoreIntervals(a, { store });
    const { scores } = await compareExperiments(a, b, { store });
    for (const [key, wanted] of Object.entries(oracles[i]!)) {
      const [, score = "", what] = /^(.*?)(_p|_difference)?$/.exec(key)!;
      const difference = scores.find((each) => each.score === score)!;
      const isOfTwo = what === "_p" || what === "_difference";
      const found = isOfTwo ? difference : intervals.find((each) => each.score === score)!;
      // With a rare class it is Newcombe's, whose oracle is beside the statistics.
      if (score === "roc_auc" && !found.method?.includes("DeLong")) continue;
      const where = `case ${i}, ${key}, ${found.method}`;
      checked += 1;
      if (typeof wanted === "number") {
        if (difference.p === null) {
          expect(difference.reason, where).toContain("0 for a class"); // of a forest
          continue;
        }
        expect(Math.abs(difference.p - wanted), where).toBeLessThan(1e-9);
        continue;
      }
      if (found.low === null) {
        expect(found.reason!.length, where).toBeGreaterThan(20); // no spread, or too few samples that differ
        continue;
      }
      const tolerance = drawn.has(score) ? 0.1 * (wanted[1] - wanted[0]) : 1e-9;
      expect(Math.abs(found.low - wanted[0]), `${where}: ${found.low} ${wanted[0]}`).toBeLessThan(tolerance);
      const high = score === "roc_auc" ? Math.min(wanted[1], 1) : wanted[1];
      expect(Math.abs(found.high! - high), `${where}: ${found.high} ${high}`).toBeLessThan(tolerance);
    }
  }
  expect(checked).toBeGreaterThan(40);
}, 180_000);
