import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import type { ExperimentInput } from "../../../src/experiment/input/experiment-input.js";
import { compareExperiments, scoreIntervals } from "../../../src/jobs/compare-experiments.js";
import { leaderboard } from "../../../src/jobs/leaderboard.js";
import { logExperiment } from "../../../src/jobs/log-experiment.js";
import { readExperiment } from "../../../src/jobs/read-experiments.js";
import { judgeDifference } from "../../../src/judge/difference/judge-difference.js";
import type { JudgedClasses, JudgedNumbers } from "../../../src/judge/pairing/judged-sample.js";
import { seededRandom } from "../../../src/statistics/seeded-random.js";
import { oraclePython, runPython } from "../../python/python.js";
import { mlTracking } from "../../support/built-package.js";
import { smallClassification, smallRegression } from "../../support/experiments.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const options = { level: 0.95, seed: 0, scores: undefined };

function patients(count: number, each: number): { codes: Int32Array; count: number } {
  return { codes: Int32Array.from({ length: count * each }, (_, i) => Math.floor(i / each)), count };
}

function classes(yTrue: Int32Array, yPred: Int32Array, groups: { codes: Int32Array; count: number }) {
  return {
    kind: "classification",
    labels: [0, 1],
    yTrue,
    yPred,
    positive: 1,
    scores: [],
    scored: [],
    dependence: { by: "group", feature: "patient", ...groups },
  } as const satisfies JudgedClasses;
}

describe("samples that depend on each other", () => {
  it("are judged as scipy's cosine transform and leaving one group out say", async (context) => {
    const python = oraclePython(context);
    const random = seededRandom(3);
    const groups = patients(150, 4);
    const yTrue = Int32Array.from(groups.codes, () => Number(random() < 0.4));
    const model = (share: number) => yTrue.map((truth) => (random() < share ? 1 - truth : truth));
    const [ofA, ofB] = [model(0.25), model(0.2)];
    const rows = Int32Array.from({ length: 300 }, (_, i) => i);
    const numbers = (): JudgedNumbers => ({
      kind: "regression",
      yTrue: new Float64Array(300),
      yPred: Float64Array.from(rows, () => random()),
      dependence: { by: "order", feature: "day", rows },
    });
    const [first, second] = [numbers(), numbers()];
    const losses = Array.from(second.yPred, (value, i) => value - first.yPred[i]!);
    const asked = { groups: [...groups.codes], y: [...yTrue], a: [...ofA], b: [...ofB], losses };
    const script = fileURLToPath(new URL("oracle.py", import.meta.url));
    const oracle = JSON.parse(await runPython(python, [script], JSON.stringify(asked))) as {
      in_time: [number, number, number];
      accuracy: number;
      f1: number;
    };

    const inTime = judgeDifference(first, second, options).scores.find(
      ({ score }) => score === "mean_absolute_error",
    )!;
    expect(inTime.difference).toBeCloseTo(oracle.in_time[0], 12);
    expect(inTime.p).toBeCloseTo(oracle.in_time[2], 10);
    const { scores } = judgeDifference(classes(yTrue, ofA, groups), classes(yTrue, ofB, groups), options);
    const t = 1.9760131; // the 97.5 % quantile of Student's t with 149 degrees of freedom
    const errorOf = (score: string) => {
      const { low, high } = scores.find((each) => each.score === score)!;
      return (high! - low!) / 2 / t;
    };
    expect(errorOf("accuracy")).toBeCloseTo(oracle.accuracy, 8);
    expect(errorOf("f1") / oracle.f1).toBeCloseTo(1, 1.5); // by the delta method
  });

  it("count as one where each is there ten times", () => {
    const random = seededRandom(8);
    const yTrue = Int32Array.from({ length: 200 }, () => Number(random() < 0.5));
    const [ofA, ofB] = [0.3, 0.2].map((share) => yTrue.map((y) => (random() < share ? 1 - y : y)));
    const tenTimes = (values: Int32Array) =>
      Int32Array.from({ length: 2000 }, (_, i) => values[Math.floor(i / 10)]!);
    const alone = classes(yTrue, ofA!, patients(200, 1));
    const once = judgeDifference(alone, { ...alone, yPred: ofB! }, options);
    const copies = classes(tenTimes(yTrue), tenTimes(ofA!), patients(200, 10));
    const often = judgeDifference(copies, { ...copies, yPred: tenTimes(ofB!) }, options);
    for (const score of ["accuracy", "f1", "matthews_corrcoef"]) {
      const [p, same] = [once, often].map((each) => each.scores.find((found) => found.score === score)!.p!);
      expect(same).toBeCloseTo(p!, 3);
    }
  });

  it("are not judged where there are too few groups, or one has nearly all: the reason says so", () => {
    const yTrue = Int32Array.from({ length: 100 }, (_, i) => i % 2);
    const yPred = yTrue.map((y, i) => (i % 3 === 0 ? 1 - y : y));
    const reasonOf = (groups: { codes: Int32Array; count: number }) => {
      const { scores } = judgeDifference(
        classes(
          yTrue,
          yTrue.map((y, i) => (i % 5 === 0 ? 1 - y : y)),
          groups,
        ),
        classes(yTrue, yPred, groups),
        options,
      );
      const { p, low, reason } = scores.find(({ score }) => score === "accuracy")!;
      expect([p, low]).toEqual([null, null]);
      return reason;
    };
    expect(reasonOf(patients(5, 20))).toBe("there are 5 groups by patient; it takes 12");
    const codes = Int32Array.from({ length: 100 }, (_, i) => Math.max(0, i - 60));
    expect(reasonOf({ codes, count: 40 })).toMatch(
      /^there are 40 groups by patient, which tell as little as 2\.\d of equal size; it takes 12$/,
    );
  });
});

const spread = Array.from({ length: 120 }, (_, i) => i);

function grouped(store: string, changes: Partial<ExperimentInput>, seed = 1): ExperimentInput {
  const random = seededRandom(seed);
  const small = smallClassification(store);
  const truths = seededRandom(77);
  const yTrue = spread.map(() => (truths() < 0.5 ? "cat" : "dog"));
  return {
    ...small,
    parameters: { ...small.parameters, testSet: spread },
    yTrue,
    yPred: yTrue.map((label) => (random() < 0.25 ? "dog" : label)),
    ...changes,
  };
}

describe("group and order", () => {
  const patient = spread.map((i) => `p${i % 20}`);

  it("name a feature, or are a column; a comparison takes them from what was logged", async () => {
    const store = await temporaryFolder();
    const named = await logExperiment(grouped(store, { sampleFeatures: { patient }, group: "patient" }));
    const column = await logExperiment(grouped(store, { group: patient }, 2));
    const { predictions } = await readExperiment(column.predictionId, { store });
    expect(predictions.columns.map(({ name }) => name)).toContain("feature_group");
    const found = await compareExperiments(named.predictionId, column.predictionId, { store });
    expect(found.scores[0]?.method).toMatch(/^paired delta method by groups of (patient|group), t$/);
    const other = await logExperiment(grouped(store, { group: spread.map((i) => i % 12) }, 5));
    await expect(compareExperiments(named.predictionId, other.predictionId, { store })).rejects.toThrow(
      "which is not the same; say which one holds: --group or --order",
    );
    const chosen = { store, group: "patient" };
    const decided = await compareExperiments(named.predictionId, other.predictionId, chosen);
    expect(decided.scores[0]?.method).toBe("paired delta method by groups of patient, t");
    const inTime = await logExperiment(
      grouped(store, { order: spread.map((i) => new Date(86_400_000 * i)) }, 3),
    );
    const intervals = await scoreIntervals(inTime.predictionId, { store });
    expect(intervals[0]?.method).toBe("delta method by order of order, long-run variance, t");
    const asked = await compareExperiments(inTime.predictionId, named.predictionId, {
      store,
      order: "day",
    }).catch((error: Error) => error.message);
    expect(asked).toContain('order is "day", which is no feature of the samples of either experiment');
  });

  it("are asked of a leaderboard and of intervals, in code and by flag", async () => {
    const store = await temporaryFolder();
    const sampleFeatures = { patient, day: spread };
    const [a] = await Promise.all(
      [1, 2].map((seed) => logExperiment(grouped(store, { sampleFeatures }, seed))),
    );
    const without = await logExperiment(grouped(store, {}, 3));
    const { project } = smallClassification(store);
    for (const asked of [{ group: "patient" }, { order: "day" }]) {
      const { rows } = await leaderboard(project, { store, score: "accuracy", ...asked });
      const [best, other] = rows.filter(({ verdict }) => verdict !== "not judged");
      const compared = { store, score: "accuracy", scores: ["accuracy"], ...asked };
      const { scores } = await compareExperiments(best!.prediction_id, other!.prediction_id, compared);
      expect(other!.difference).toEqual(scores[0]);
      expect(best!.interval).toEqual((await scoreIntervals(best!.prediction_id, compared))[0]);
      expect(rows.find(({ prediction_id: id }) => id === without.predictionId)).toMatchObject({
        verdict: "not judged",
        reason: expect.stringMatching(/have no feature "(patient|day)"; log it in sample_features/),
      });
    }
    await expect(leaderboard(project, { store, group: "patients" })).rejects.toThrow(
      'group is "patients", and no experiment can be judged by it: the samples of experiment',
    );
    const board = await mlTracking([
      "leaderboard",
      project,
      "--store",
      store,
      "--group",
      "patient",
      "--json",
    ]);
    expect(JSON.parse(board.out)).toEqual(await leaderboard(project, { store, group: "patient" }));
    const show = (...flags: string[]) => mlTracking(["show", a!.predictionId, "--store", store, ...flags]);
    expect((await show("--intervals", "--group", "patient")).out).toContain(
      "delta method by groups of patient, t",
    );
    expect((await show("--intervals", "--order", "day")).out).toContain("delta method by order of day");
    expect((await show("--intervals", "--group", "patients")).talk).toContain(
      'group is "patients", which is no feature',
    );
    expect((await show("--group", "patient")).talk).toContain("--group and --order are for the intervals");
  });

  it("are refused where they say nothing, before anything is written", async () => {
    const store = await temporaryFolder();
    const refused = async (changes: Partial<ExperimentInput>) =>
      logExperiment(grouped(store, changes)).then(String, (error: Error) => error.message);
    expect(await refused({ group: "patients", sampleFeatures: { patient } })).toBe(
      'group is "patients", which is no feature of the samples; there are "patient"',
    );
    expect(await refused({ group: "patient" })).toContain(
      "give it in sample_features, or give group as a column",
    );
    expect(await refused({ group: patient, order: spread })).toContain("group and order are both given");
    expect(await refused({ group: patient.slice(1) })).toContain("group has 119 values but y_true has 120");
    expect(await refused({ order: spread.map((i) => `day ${i}`) })).toContain(
      'order[0] is "day 0", which is no time; give numbers, dates, or ISO texts',
    );
    expect(await refused({ group: [null, ...patient.slice(1)] })).toContain("group[0] is missing");
    expect(await refused({ group: patient, sampleFeatures: { Group: patient } })).toContain(
      'sample_features has one called "group" too',
    );
  });
});

describe("logging says where samples look dependent", () => {
  it("names the feature whose samples are wrong together, and the group that mends it", async () => {
    const store = await temporaryFolder();
    const patientId = spread.map((i) => i % 20);
    const input = grouped(store, {});
    const yTrue = input.yTrue as string[];
    const yPred = yTrue.map((label, i) => (i % 20 < 5 ? (label === "cat" ? "dog" : "cat") : label));
    const warningsOf = async (changes: Partial<ExperimentInput>) =>
      (await logExperiment({ ...input, yPred, ...changes })).warnings.join("\n");
    const warned = await warningsOf({ sampleFeatures: { patientId } });
    const ids = await Promise.all(
      [1, 2].map(async (k) => {
        const features = { ...input, yPred, sampleFeatures: { patientId }, name: `${k}` };
        return (await logExperiment(features)).predictionId;
      }),
    );
    const { warnings } = await compareExperiments(ids[0]!, ids[1]!, { store });
    expect(warnings).toEqual([expect.stringContaining('give group: "patientId"')]);
    const byPatient = await compareExperiments(ids[0]!, ids[1]!, { store, group: "patientId" });
    expect(byPatient.warnings).toEqual([]);
    expect(warned).toMatch(/samples of the same patientId are wrong together.*give group: "patientId"/);
    expect(await warningsOf({ sampleFeatures: { patientId }, group: "patientId" })).not.toContain("together");
    expect(await warningsOf({ sampleFeatures: { weight: patientId } })).not.toContain("together");
    expect(await warningsOf({ yPred: input.yPred, sampleFeatures: { patientId } })).not.toContain("together");
  });

  it("names samples that are there several times", async () => {
    const store = await temporaryFolder();
    const random = seededRandom(4);
    const once = Array.from({ length: 40 }, () => [random(), random()] as const);
    const small = smallRegression(store);
    const rows = spread.map((i) => once[i % 40]!);
    const repeated = {
      ...small,
      parameters: { ...small.parameters, testSet: spread },
      yTrue: rows.map(([truth]) => truth),
      yPred: rows.map(([, prediction]) => prediction),
    };
    const { warnings } = await logExperiment(repeated);
    expect(warnings.join()).toContain("samples repeat: each is there 3 times or a multiple of that");
    const whole = {
      ...repeated,
      yTrue: spread.map(() => Math.floor(3 * random())),
      yPred: spread.map(() => 1),
    };
    expect((await logExperiment(whole)).warnings.join()).not.toContain("repeat");
  });
});
