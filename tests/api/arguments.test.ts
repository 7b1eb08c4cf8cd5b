import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

import * as library from "../../src/index.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const id = "0123456789ab";
const runId = "qd3k9q2m5x1a7v0w";
type Call = (...args: unknown[]) => Promise<unknown>;
const calls = library as unknown as Record<string, Call>;

async function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "it was answered",
    (error: unknown) => {
      expect(error).toBeInstanceOf(library.TrackingError);
      const { code, message } = error as library.TrackingError;
      return `${code}: ${message}`;
    },
  );
}

/** Every function that reads or changes a store, with arguments that are right but for options. */
const rightArguments: Record<string, readonly unknown[]> = {
  listProjects: [],
  readExperiments: ["pets"],
  readExperiment: [id],
  compareExperiments: [id, id],
  compareWithBaseline: [id, [id]],
  compareRuns: [
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  scoreIntervals: [id],
  addedIntervals: [id],
  leaderboard: ["pets"],
  primaryScores: ["pets"],
  addedScores: ["pets"],
  addedScoreValues: ["pets"],
  addScore: ["pets", { name: "wrong", definition: "sklearn:zero_one_loss" }],
  removeScore: ["pets", "wrong"],
  annotate: [id, { starred: true }],
  listTrash: [],
  purgeTrash: [],
  setPrimaryScore: ["pets", "accuracy"],
  explainScore: [id, 0.5],
  findSlices: [id],
  sliceScores: [id],
  compareSlices: [id, id],
  report: [id, id],
  verifyStore: [],
  compactStore: [],
  copyStore: [],
  syncSpool: [],
  readRuns: ["pets"],
  readRun: [runId],
  readHistory: [runId],
  resumeRun: [runId],
};

describe("the arguments of a public function", () => {
  it("are listed here for every one that takes options", () => {
    const functions = Object.entries(library).filter(([, value]) => typeof value === "function");
    const without = ["logExperiment", "TrackingError", "isBetterBy", "isNotWorseBy", "projectName"];
    without.push("column", "createTracker", "experiments"); // in reading.test.ts
    without.push("startRun", "withRun"); // in runs.test.ts
    expect(functions.map(([name]) => name).toSorted()).toEqual(
      [...Object.keys(rightArguments), ...without].toSorted(),
    );
  });

  it.each(Object.entries(rightArguments))("name no unknown option: %s", async (name, args) => {
    const mistyped = name === "copyStore" ? { fron: "x" } : { stores: "x" };
    expect(await refusal(calls[name]!(...args, mistyped))).toBe(
      `INVALID_ARGUMENT: unknown option: ${name === "copyStore" ? "fron; did you mean from?" : "stores; did you mean store?"}`,
    );
  });

  it.each(Object.entries(rightArguments))("have an object for options: %s", async (name, args) => {
    for (const wrong of ["./ml-tracking", 3, null, ["store"]]) {
      expect(await refusal(calls[name]!(...args, wrong))).toMatch(
        /^INVALID_ARGUMENT: options is .*; give an object, such as \{ store: "\.\/ml-tracking" \}$/,
      );
    }
  });

  it.each(Object.entries(rightArguments).filter(([, args]) => args.length > 0))(
    "are not missing: %s",
    async (name, args) => {
      for (const i of args.keys()) {
        for (const nothing of [undefined, null]) {
          const given = args.map((value, j) => (j === i ? nothing : value));
          expect(await refusal(calls[name]!(...given))).toMatch(
            nothing === undefined
              ? /^MISSING_ARGUMENT: missing argument: \w+; give /
              : /^\w+_ARGUMENT: .*; give /,
          );
        }
        const wrong = typeof args[i] === "number" ? true : 7;
        const odd = args.map((value, j) => (j === i ? wrong : value));
        expect(await refusal(calls[name]!(...odd))).toMatch(/^INVALID_ARGUMENT: \w+ is (?:7|true); give /);
      }
    },
  );

  it("have values of the options' types", async () => {
    const wrong: [Promise<unknown>, string][] = [
      [calls["leaderboard"]!("pets", { limit: "3" }), 'limit is "3"; give a number'],
      [calls["compareExperiments"]!(id, id, { level: "0.9" }), 'level is "0.9"; give a number'],
      [calls["compareExperiments"]!(id, id, { scores: "f1" }), 'scores is "f1"; give an array of texts'],
      [calls["verifyStore"]!({ repair: "yes" }), 'repair is "yes"; give true or false'],
      [calls["report"]!(id, id, { format: 1 }), "format is 1; give a text"],
      [calls["leaderboard"]!("pets", { filter: 1 }), "filter is 1; give a text"],
      [calls["leaderboard"]!("pets", { onProgress: 1 }), "onProgress is 1; give a function"],
      [calls["compactStore"]!({ signal: 1 }), "signal is 1; give an AbortSignal"],
      [calls["readExperiment"]!(id, { project: 5 }), "project is 5; give a text"],
    ];
    for (const [promise, message] of wrong)
      expect(await refusal(promise)).toBe(`INVALID_ARGUMENT: ${message}`);
    expect(await refusal(calls["sliceScores"]!(id, {}))).toMatch(/^MISSING_ARGUMENT: missing argument: by; /);
    expect(await refusal(calls["copyStore"]!())).toMatch(/^MISSING_ARGUMENT: missing argument: from; /);
    expect(() => library.isBetterBy(undefined as never, 0.1)).toThrow(/^comparison is undefined; give what /);
  });
});

describe("a message to TypeScript callers", () => {
  it("names arguments as TypeScript does, and leaves what is quoted as it is", async () => {
    const store = await temporaryFolder();
    const { yTrue: _, ...untrue } = smallClassification(store);
    expect(await refusal(calls["logExperiment"]!(untrue))).toBe(
      "MISSING_ARGUMENT: missing argument: yTrue; give an array with one value a sample",
    );
    const snake = { ...smallClassification(store), y_true: [] };
    expect(await refusal(calls["logExperiment"]!(snake))).toMatch(
      /^INVALID_ARGUMENT: unknown argument: "y_true"; did you mean yTrue\?$/,
    );
    const labels = { ...smallRegression(store), positiveLabel: "y_true" };
    expect(await refusal(calls["logExperiment"]!(labels))).toMatch(
      /^INVALID_ARGUMENT: positiveLabel is given, /,
    );
    const texts = { ...smallRegression(store), yPred: ["y_true", ...smallRegression(store).yPred.slice(1)] };
    expect(await refusal(calls["logExperiment"]!(texts))).toMatch(/yPred.*"y_true"/);
  });

  it("warns by these names too", async () => {
    const store = await temporaryFolder();
    const { warnings } = (await calls["logExperiment"]!({
      ...smallClassification(store),
      yTrue: ["a", "b", "a", "b"],
      yPred: ["a", "b", "b", "b"],
      yScore: undefined,
      labels: undefined,
      positiveLabel: undefined,
    })) as library.LoggedExperiment;
    expect(warnings.join("\n")).toContain("positiveLabel is not given");
    expect(warnings.join("\n")).not.toMatch(/positive_label|y_true/);
  });
});

describe("a URL", () => {
  it("is a store's address and where the data came from", async () => {
    const store = await temporaryFolder();
    const address = pathToFileURL(store);
    const small = smallRegression(store);
    const { predictionId } = (await calls["logExperiment"]!({
      ...small,
      store: address,
      parameters: { ...small.parameters, datasetUri: new URL("https://example.org/a b.csv") },
    })) as library.LoggedExperiment;
    const { experiment } = await library.readExperiment(predictionId, { store: address });
    expect(experiment.datasetUri).toBe("https://example.org/a%20b.csv");
    expect((await library.readExperiments(small.project, { store })).experiments).toHaveLength(1);
  });

  it("of logExperiment are one, so that a store beside it is not lost", async () => {
    const store = await temporaryFolder();
    const call = calls["logExperiment"]!(smallClassification(store), { store });
    expect(await refusal(call)).toMatch(/^INVALID_ARGUMENT: logExperiment takes one argument/);
  });
});
