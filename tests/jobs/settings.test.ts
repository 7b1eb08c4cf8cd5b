import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** What is recorded of extra parameters, and the warnings of the call. */
async function recorded(extraParameters: object): Promise<{ extra: unknown; warnings: string[] }> {
  const store = await temporaryFolder();
  const { predictionId, warnings } = await logExperiment(
    smallClassification(store, { extraParameters, positiveLabel: "dog" }),
  );
  const { experiment } = await readExperiment(predictionId, { store });
  return { extra: experiment.extraParameters, warnings };
}

class Scaler {
  kind = "standard";
  #secret = 1;
  get size(): number {
    return this.#secret;
  }
}
class Closed {
  #inside = 1;
  get size(): number {
    return this.#inside;
  }
}

describe("extra parameters", () => {
  it("are converted where they say what they are: collections, times, addresses, members of a class", async () => {
    const { extra, warnings } = await recorded({
      features: new Set(["a", "b"]),
      costs: new Map<unknown, unknown>([
        ["cat", 2],
        [3, new Map([["deep", true]])],
      ]),
      at: new Date(0),
      page: new URL("https://example.org/a"),
      pattern: /a+/u,
      seeds: Uint16Array.of(1, 2),
      big: 7n,
      scaler: new Scaler(),
      cause: new RangeError("too small"),
      boxed: Object(true) as unknown,
    });
    expect(extra).toEqual({
      features: ["a", "b"],
      costs: { cat: 2, "3": { deep: true } },
      at: "1970-01-01T00:00:00.000Z",
      page: "https://example.org/a",
      pattern: "/a+/u",
      seeds: [1, 2],
      big: 7,
      scaler: { kind: "standard" },
      cause: "RangeError: too small",
      boxed: true,
    });
    expect(warnings).toEqual([]);
  });

  it("cost no evaluation whatever they are: text stands for what JSON cannot hold, with a warning for each", async () => {
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    const locked = Proxy.revocable({}, {});
    locked.revoke();
    let deep: unknown = 1;
    for (let i = 0; i < 6_000; i++) deep = { d: deep };
    const awkward: Record<string, unknown> = {
      loss: { fn: function crossEntropy() {} },
      tag: Symbol("s"),
      cyclic,
      closed: new Closed(),
      locked: locked.proxy,
      later: Promise.resolve(1),
      never: new Date(Number.NaN),
      shut: {
        open: 1,
        toJSON() {
          throw new Error("no JSON");
        },
      },
      getter: Object.defineProperty({ fine: 1 }, "bad", {
        enumerable: true,
        get() {
          throw new Error("shut");
        },
      }),
      deep,
    };
    const { extra, warnings } = await recorded(awkward);
    expect(extra).toMatchObject({
      loss: { fn: "crossEntropy" },
      tag: "Symbol(s)",
      cyclic: { self: "an object of the class Object" },
      closed: "an object of the class Closed",
      locked: "an object",
      later: "an object of the class Promise",
      never: "Invalid Date",
      shut: "an object of the class Object",
      getter: { fine: 1, bad: "not readable" },
    });
    for (const name of Object.keys(awkward)) {
      expect(warnings.filter((text) => text.startsWith(`extra_parameters.${name}`))).toHaveLength(1);
    }
  });

  it("keep both of two keys that are the same as text", async () => {
    const { extra, warnings } = await recorded(
      new Map<unknown, unknown>([
        [1, "number"],
        ["1", "text"],
      ]),
    );
    expect(extra).toEqual({ "1": "text", "1 (number)": "number" });
    expect(warnings).toEqual([
      'extra_parameters has two keys that are "1" as text; the number is recorded as "1 (number)"',
    ]);
  });

  it("are kept as the member of a mapping where they are none", async () => {
    for (const given of [[1, 2], new Date(0), "scaler" as unknown as object]) {
      const { extra, warnings } = await recorded(given);
      expect(Object.keys(extra as object)).toEqual(["value"]);
      expect(warnings).toHaveLength(1);
    }
  });

  it("lose their largest members first where all take over 1 MB", async () => {
    const { extra, warnings } = await recorded({ seed: 1, log: "x".repeat(2_000_000), note: "y" });
    expect(extra).toMatchObject({
      seed: 1,
      note: "y",
      log: expect.stringMatching(/^"x{199}\.\.\.$/) as unknown,
    });
    expect(warnings).toEqual([
      expect.stringContaining("extra_parameters.log is a value, which takes 2000002"),
    ]);
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, i]));
    const kept = await recorded(many);
    expect(Object.keys(kept.extra as object).length).toBeGreaterThan(10_000);
    expect(kept.warnings).toEqual([expect.stringContaining("of the 100000 members of extra_parameters")]);
  });
});

describe("times", () => {
  const days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"].map((day) => new Date(day));

  it("are ISO text as sample ids and as features, where one may be missing", async () => {
    const store = await temporaryFolder();
    const input = smallClassification(store);
    const { predictionId } = await logExperiment({
      ...input,
      parameters: { ...input.parameters, testSet: days },
      sampleFeatures: { seen: [days[0], null, new Date(Number.NaN), days[3]] },
    });
    const { predictions } = await readExperiment(predictionId, { store });
    const texts = days.map((day) => day.toISOString().replace(".000Z", "+00:00"));
    const column = (name: string) => predictions.columns.find((each) => each.name === name);
    expect(column("sample_id")).toMatchObject({ values: texts });
    expect(column("feature_seen")).toMatchObject({ dictionary: [texts[0], texts[3]] });
  });
});

describe("a test set of booleans", () => {
  it("is a mask over a data set where it is true as often as there are samples", async () => {
    const store = await temporaryFolder();
    const input = smallClassification(store);
    const testSet = [false, true, true, false, true, true, false];
    const { predictionId, warnings } = await logExperiment({
      ...input,
      parameters: { ...input.parameters, testSet },
    });
    const { predictions } = await readExperiment(predictionId, { store });
    expect(predictions.columns[0]).toMatchObject({ name: "sample_id", values: Int32Array.of(1, 2, 4, 5) });
    expect(warnings.join()).toContain("parameters.test_set is a mask: 4 of its 7 values are true");
  });

  it("is taken as the ids 1 and 0 where it stands beside the samples", async () => {
    const store = await temporaryFolder();
    const input = smallClassification(store);
    const testSet = [true, false, false, false];
    const { predictionId } = await logExperiment({ ...input, parameters: { ...input.parameters, testSet } });
    const { experiment } = await readExperiment(predictionId, { store });
    expect(experiment.testSetSize).toBe(4);
  });
});

it("names the argument whose getter throws", async () => {
  const input = Object.defineProperty({ ...smallClassification(await temporaryFolder()) }, "yTrue", {
    enumerable: true,
    get() {
      throw new Error("shut");
    },
  });
  await expect(logExperiment(input)).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    message: expect.stringContaining("y_true cannot be read: shut") as unknown,
  });
});
