import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { AddedScore } from "../../../src/added-scores/added-score.js";
import { checkedAddedScore, type GivenScore } from "../../../src/added-scores/check-added-score.js";
import type { ExperimentInput } from "../../../src/experiment/input/experiment-input.js";
import { findExperiment } from "../../../src/jobs/find-experiments.js";
import { logExperiment } from "../../../src/jobs/log-experiment.js";
import { readEvaluation } from "../../../src/jobs/read-evaluation.js";
import { addedDifferences, addedIntervals } from "../../../src/judge/added/judge-added.js";
import { compareEvaluations, evaluationAddedIntervals } from "../../../src/judge/compare-evaluations.js";
import type { CompareSettings } from "../../../src/judge/compare-settings.js";
import type { JudgedNumbers } from "../../../src/judge/pairing/judged-sample.js";
import { seededRandom } from "../../../src/statistics/seeded-random.js";
import { oraclePython, runPython } from "../../python/python.js";
import { smallClassification } from "../../support/experiments.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const options = { level: 0.95, seed: 0, scores: undefined };
const none: ReadonlyMap<string, Float64Array> = new Map();

function added(...given: readonly Partial<GivenScore>[]): AddedScore[] {
  return given.map((each, i) =>
    checkedAddedScore({
      name: `own${i}`,
      ...(each.definition === undefined ? { direction: "lower" as const } : {}),
      ...each,
    }),
  );
}

/** Errors of models, half of which both make. */
function numbers(n: number, seed: number, sizes: readonly number[]): JudgedNumbers[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const yTrue = Float64Array.from({ length: n }, () => Math.exp(2 + normal() / 2));
  const common = yTrue.map(normal);
  return sizes.map((size) => ({
    kind: "regression",
    yTrue,
    yPred: yTrue.map((truth, i) => truth * Math.exp(size * (common[i]! + normal()))),
  }));
}

function judgedPair([a, b]: readonly JudgedNumbers[], scores: readonly AddedScore[]) {
  const [first, second] = [a!, b!].map((sample) => ({ sample, features: none })) as [
    { sample: JudgedNumbers; features: typeof none },
    { sample: JudgedNumbers; features: typeof none },
  ];
  return addedDifferences(first, second, scores, options);
}

describe("the bootstrap of an added score", () => {
  it("comes within draws of scipy's BCa intervals, for one and for the difference of two", async (context) => {
    const python = oraclePython(context);
    const pair = numbers(150, 3, [0.2, 0.25]);
    const scores = added(
      { definition: "sklearn:root_mean_squared_log_error" },
      { kind: "regression", expression: "median(abs(y_true - y_pred))" },
      { kind: "regression", expression: "sum(abs(y_true - y_pred)) / sum(y_true)" },
    );
    const columns = { t: [...pair[0]!.yTrue], a: [...pair[0]!.yPred], b: [...pair[1]!.yPred] };
    const script = fileURLToPath(new URL("oracle.py", import.meta.url));
    const expected = JSON.parse(await runPython(python, [script], JSON.stringify(columns))) as {
      one: [number, number];
      two: [number, number];
    }[];
    const one = addedIntervals({ sample: pair[0]!, features: none }, scores, options);
    const two = judgedPair(pair, scores);
    expect(one).toHaveLength(3);
    for (const [i, { one: oracleOne, two: oracleTwo }] of expected.entries()) {
      for (const [{ low, high }, limits] of [
        [one[i]!, oracleOne],
        [two[i]!, oracleTwo],
      ] as const) {
        const width = limits[1] - limits[0];
        expect(Math.abs(low! - limits[0]) / width, `${i}: ${low} and ${limits[0]}`).toBeLessThan(0.12);
        expect(Math.abs(high! - limits[1]) / width, `${i}: ${high} and ${limits[1]}`).toBeLessThan(0.12);
      }
    }
  });

  it("has p below 1 - level where the interval leaves out 0, and only there", () => {
    const scores = added({ kind: "regression", expression: "mean(abs(y_true - y_pred))" });
    const verdicts = new Set<string>();
    for (let seed = 0; seed < 8; seed++) {
      const [{ low, high, p, verdict }] = judgedPair(numbers(80, seed, [0.2, 0.2 + seed / 50]), scores) as [
        ReturnType<typeof judgedPair>[0],
      ];
      expect(p! < 0.05).toBe(low! > 0 || high! < 0);
      expect(verdict).toBe(p! < 0.05 ? (low! > 0 ? "worse" : "better") : "no evidence");
      verdicts.add(verdict);
    }
    expect([...verdicts].sort()).toEqual(["no evidence", "worse"]);
  });

  it("takes the same rows for both, so that what both share is no noise", () => {
    const [a] = numbers(200, 5, [0.2]) as [JudgedNumbers];
    const b = { ...a, yPred: a.yPred.map((x, i) => x + (i % 2 === 0 ? 1e-3 : 2e-3)) };
    const [found] = judgedPair([a, b], added({ kind: "regression", expression: "mean(y_pred)" }));
    expect(found!.low).toBeGreaterThan(1.4e-3);
    expect(found!.high).toBeLessThan(1.6e-3);
  });

  it("takes seconds for an expression over 100,000 samples", () => {
    const pair = numbers(100_000, 1, [0.2, 0.21]);
    const start = process.cpuUsage();
    const [found] = judgedPair(
      pair,
      added({
        kind: "regression",
        expression: "mean(abs(y_true - y_pred)) / mean(abs(y_true - mean(y_true)))",
      }),
    );
    expect(found!.verdict).toBe("worse");
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(20); // seconds
  });
});

const n = 240;
const patients = Array.from({ length: n }, (_, i) => i % 40);

function input(store: string, seed: number, changes: Partial<ExperimentInput> = {}): ExperimentInput {
  const random = seededRandom(seed);
  const truths = seededRandom(77);
  const yTrue = patients.map(() => (truths() < 0.4 ? "ill" : "well"));
  const yScore = yTrue.map((label) =>
    Math.min(1, Math.max(0, (label === "ill" ? 0.6 : 0.4) + random() - 0.5)),
  );
  const { parameters } = smallClassification(store);
  return {
    ...smallClassification(store),
    parameters: { ...parameters, testSet: patients.map((_, i) => i) },
    yTrue,
    yScore,
    yPred: yScore.map((score) => (score > 0.5 ? "ill" : "well")),
    positiveLabel: "ill",
    sampleFeatures: { patient: patients, "odd name": patients.map((i) => (i === 7 ? null : i * 3)) },
    ...changes,
  };
}

const cost = {
  expression: 'mean(if(y_true = "ill" and y_pred = "well", 50, 5 * if(y_pred != y_true, 1, 0)))',
};

async function evaluations(of: readonly ((store: string) => ExperimentInput)[], settings: CompareSettings) {
  const store = await temporaryFolder();
  const found = [];
  for (const inputOf of of) {
    const { predictionId } = await logExperiment(inputOf(store));
    const record = await findExperiment(predictionId, { store });
    found.push(await readEvaluation(record, { ...settings, store }));
  }
  return found as [(typeof found)[0], (typeof found)[0]];
}

async function compared(
  given: readonly Partial<GivenScore>[],
  settings: CompareSettings = {},
  change: Partial<ExperimentInput> = {},
) {
  const scores = added(...given);
  const asked = { ...settings, added: scores };
  const [a, b] = await evaluations([(store) => input(store, 1), (store) => input(store, 2, change)], asked);
  return {
    forth: compareEvaluations(a, b, asked).added,
    back: compareEvaluations(b, a, asked).added,
    alone: evaluationAddedIntervals(b, asked),
  };
}

describe("a comparison's added scores", () => {
  it("are those of its kind, with values, interval, p and verdict, and b against a is a against b", async () => {
    const { forth, back, alone } = await compared([
      cost,
      { definition: "sklearn:ks" },
      { kind: "regression", expression: "mean(y_pred)" },
      { expression: "mean(y_score - y_score[y_true])", direction: "zero" },
    ]);
    expect(forth.map(({ score }) => score)).toEqual(["own0", "own1", "own3"]);
    for (const [i, each] of forth.entries()) {
      const { a, b, difference, low, high, p, method, seed, direction } = each;
      const far = (x: number | null) => (direction === "zero" ? Math.abs(x!) : x!);
      expect(difference).toBeCloseTo(far(b) - far(a), 12);
      expect([low! <= difference!, difference! <= high!, p! > 0, method, seed]).toEqual([
        true,
        true,
        true,
        "paired bootstrap",
        0,
      ]);
      expect(back[i]).toMatchObject({
        a: b,
        b: a,
        difference: 0 - difference!,
        low: 0 - high!,
        high: 0 - low!,
        p,
      });
      expect(alone[i]!.value).toBe(b);
      if (i < 2) expect([alone[i]!.low! < b!, b! < alone[i]!.high!]).toEqual([true, true]);
    }
    expect(forth[0]).toMatchObject({ definition: null, expression: cost.expression });
    expect(forth[1]).toMatchObject({ definition: "sklearn:ks", expression: null });
  });

  it("read the features that they name, of whichever experiment has them", async () => {
    const { forth, alone } = await compared(
      [
        { expression: 'sum(patient, y_pred = "ill") / count()' },
        { expression: 'mean(feature["odd name"], y_pred = "ill")' },
      ],
      {},
      { sampleFeatures: undefined },
    );
    expect(forth.map(({ a, b }) => [a === null, b === null])).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(forth[0]!.p).not.toBeNull();
    expect(forth[1]!.reason).toMatch(/^feature\["odd name"\] has no value for [1-9] samples?$/);
    expect(alone.map(({ reason }) => reason)).toEqual([
      'the samples have no feature "patient"',
      'the samples have no feature "odd name"',
    ]);
  });

  it("are drawn by whole groups, which makes them less sure where groups are alike", async () => {
    const group = { group: "patient" };
    const { forth } = await compared([cost], group);
    expect(forth[0]).toMatchObject({ method: "paired bootstrap of whole groups" });
    const { forth: inTime, alone } = await compared([cost], { order: "patient" });
    for (const { reason, low } of [inTime[0]!, alone[0]!]) {
      expect(reason).toContain("follow each other in time");
      expect(low).toBeNull();
    }
    expect(inTime[0]!.difference).not.toBeNull();
  });

  it("are not tested where few samples differ, and equal where none does", async () => {
    const few = input("", 1);
    const flipped = (few.yPred as string[]).map((label, i) => (i < 7 ? "ill" : label));
    const scores = [cost, { definition: "sklearn:ks" }];
    const { forth } = await compared(scores, {}, { yPred: flipped, yScore: few.yScore });
    expect(forth[0]!.reason).toMatch(/^the two predicted [1-7] samples differently, fewer than 20$/);
    expect(forth[0]).toMatchObject({ verdict: "cannot be tested", p: null });
    const { forth: same } = await compared(scores, {}, { yPred: few.yPred, yScore: few.yScore });
    for (const each of same)
      expect(each).toMatchObject({ difference: 0, low: 0, high: 0, p: 1, verdict: "no evidence" });
  });

  it("have the reason where single samples decide, and where the positive class is another one", async () => {
    const { forth, alone } = await compared(
      [
        { expression: "greatest(y_score, y_true = 'well')" },
        { expression: "quantile(y_score, 1)" },
        cost,
        { definition: "sklearn:ks" },
      ],
      {},
      { positiveLabel: "well" },
    );
    expect(alone[0]!.reason).toBe(
      'greatest(y_score, y_true = "well") hangs on single samples, which say too little of others',
    );
    expect(alone[1]!.reason).toContain("quantile(y_score, 1) hangs on single samples");
    expect(forth.map(({ a, reason }) => a === null && reason)).toEqual([
      "the positive class is another in the one than in the other",
      "the positive class is another in the one than in the other",
      false,
      "the positive class is another in the one than in the other",
    ]);
    const [largest] = judgedPair(numbers(60, 1, [0.2, 0.3]), added({ definition: "mlflow:max_error" }));
    expect(largest).toMatchObject({
      p: null,
      reason: "the largest of some errors says too little of others",
    });
  });

  it("have no interval where draws do not do as new samples would", () => {
    const random = seededRandom(4);
    const score = Float64Array.from({ length: 200 }, random);
    const yTrue = Int32Array.from(score, (share) => Number(random() < share));
    const sample = {
      kind: "classification",
      labels: [0, 1],
      yTrue,
      yPred: yTrue,
      positive: 1,
      scores: [score],
      scored: [1],
    } as const;
    const scores = added({ definition: "torchmetrics:BinaryCalibrationError(l1)" });
    const [found] = addedIntervals({ sample, features: none }, scores, options);
    expect(found!.value).toBeGreaterThan(0);
    expect(found!.reason).toMatch(
      /of 100 draws from these samples give more: it hangs on how many there are$/,
    );
  });

  it("say what this version does not know, and judge the others", async () => {
    const later = [
      { name: "later", kind: "classification", direction: "lower", expression: "mean(sin(y_score))" },
      { name: "gone", kind: "classification", direction: "lower", definition: "xyz:score" },
    ] as const;
    const scores = [...later, ...added(cost)];
    const [a, b] = await evaluations([(store) => input(store, 1), (store) => input(store, 2)], {
      added: scores,
    });
    const found = compareEvaluations(a, b, { added: scores }).added;
    expect(found.map(({ reason }) => reason)).toEqual([
      expect.stringContaining(
        "this version cannot read it: expression, character 6: there is no function sin",
      ),
      'this version knows no definition "xyz:score"',
      null,
    ]);
  });
});
