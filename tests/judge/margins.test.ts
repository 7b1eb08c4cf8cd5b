import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runGate } from "../../simulate/gates.js";
import {
  compareExperiments,
  compareWithBaseline,
  isBetterBy,
  isNotWorseBy,
} from "../../src/jobs/compare-experiments.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { setPrimaryScore } from "../../src/jobs/primary-score.js";
import { judgeMargin } from "../../src/judge/judge-margin.js";
import type { ScoreDifference } from "../../src/judge/judge-schema.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const found: ScoreDifference = {
  score: "accuracy",
  a: 0.8,
  b: 0.81,
  difference: 0.01,
  low: -0.015,
  high: 0.035,
  level: 0.95,
  p: 0.4,
  method: "McNemar mid-p; interval: Newcombe",
  n: 1000,
  seed: null,
  direction: "higher",
  verdict: "no evidence",
  detectable: { difference: 0.04, low: 0.03, high: 0.05 },
  reason: null,
};

describe("a margin", () => {
  it.each([
    [0.021, 0.06, "superior", "B is better than A by more than 0.02: at worst 0.021 better (95 % interval)."],
    [
      0.02,
      0.06,
      "non-inferior",
      "B is not worse than A by 0.02 or more: at worst 0.02 better (95 % interval).",
    ],
    [
      -0.01,
      0.02,
      "non-inferior",
      "B is not worse than A by 0.02 or more: at worst 0.01 worse (95 % interval).",
    ],
    [
      -0.019,
      0.019,
      "equivalent",
      "B is equivalent to A within 0.02: at worst 0.019 worse, at best 0.019 better (95 % interval).",
    ],
    [-0.06, -0.021, "inferior", "B is worse than A by more than 0.02: at best 0.021 worse (95 % interval)."],
    [
      -0.02,
      0.01,
      "inconclusive",
      "A margin of 0.02 is not decided: B is at worst 0.02 worse, at best 0.01 better (95 % interval). To find a true difference of 0.02 four times out of five takes about 2300 to 6300 samples; there are 1000.",
    ],
  ])("of 0.02 is decided by the limits %d and %d alone: %s", (low, high, conclusion, summary) => {
    for (const difference of [-1, 0, 0.02, 1]) {
      expect(judgeMargin({ ...found, difference, low, high }, 0.02)).toMatchObject({
        conclusion,
        summary,
        low,
        high,
      });
      // Of an error, less is better.
      const ofError = { ...found, difference, low: -high, high: -low, direction: "lower" } as const;
      expect(judgeMargin(ofError, 0.02)).toMatchObject({ conclusion, summary, low, high });
    }
  });

  it("cannot be tested without an interval, and the reason is said", () => {
    const none = { ...found, low: null, high: null, detectable: null, reason: "nothing varies" };
    expect(judgeMargin(none, 0.02)).toEqual({
      margin: 0.02,
      conclusion: "cannot be tested",
      low: null,
      high: null,
      level: 0.95,
      samples_needed: null,
      summary: "A margin of 0.02 cannot be tested: nothing varies.",
      reason: "nothing varies",
    });
  });

  it("names a range of samples for the difference that matters, never for the one observed", () => {
    for (const difference of [0.001, 0.01, 0.03]) {
      expect(judgeMargin({ ...found, difference }, 0.02).samples_needed).toEqual({ low: 2250, high: 6250 });
    }
    expect(judgeMargin(found, 0).samples_needed).toBeNull();
  });

  it.each([-0.01, Number.NaN, Number.POSITIVE_INFINITY])("of %d is refused", (margin) => {
    expect(() => judgeMargin(found, margin)).toThrow(/margin is .*; give a number from 0/);
  });
});

it.each([
  { flag: "--min-improvement", margin: 0.02, gain: 0.02, samples: 200 },
  { flag: "--max-loss", margin: 0.02, gain: -0.02, samples: 200 },
] as const)("at the boundary a gate passes in at most 2.5 of 100 test sets: %o", (gate) => {
  const { passed } = runGate(gate, { runs: 1000, seed: 7 });
  expect(passed).toBeLessThan(0.035); // 2.5 % and two standard errors of a thousand runs
  expect(passed).toBeGreaterThan(0);
});

/** Of 1000 samples, right but for those from `from` to `to`. */
async function logged(store: string, from: number, to: number): Promise<string> {
  const small = smallClassification(store);
  const ids = Array.from({ length: 1000 }, (_, i) => i);
  const yTrue = ids.map((i) => (i % 2 ? "cat" : "dog"));
  const isWrong = (i: number) => i >= from && i < to;
  const { predictionId } = await logExperiment({
    ...small,
    yTrue,
    yPred: yTrue.map((label, i) => (isWrong(i) ? (label === "cat" ? "dog" : "cat") : label)),
    yScore: undefined,
    parameters: { ...(small.parameters as object), testSet: ids },
  } as unknown as typeof small);
  return predictionId;
}

describe("gates of ml-tracking compare", () => {
  it("pass by the interval's limit and not by the difference, and say which limit missed", async () => {
    const store = await temporaryFolder();
    // 62 for b and 38 for a: a difference of 0.024 whose interval begins at 0.0044.
    const [a, b] = [await logged(store, 0, 62), await logged(store, 62, 100)];
    await setPrimaryScore("pets", "accuracy", { store });
    const comparison = await compareExperiments(a, b, { store, margin: 0.02 });
    expect(comparison.verdict).toBe("better");
    expect(comparison.scores[0]!.difference).toBeCloseTo(0.024, 12);
    expect(comparison.margin).toMatchObject({ conclusion: "non-inferior", low: comparison.scores[0]!.low });
    expect([isBetterBy(comparison, 0.02), isBetterBy(comparison, 0.004)]).toEqual([false, true]);
    expect([isNotWorseBy(comparison, 0), isNotWorseBy(comparison, 0.02)]).toEqual([true, true]);
    const gate = (first: string, second: string, ...flags: string[]) =>
      mlTracking(["compare", first, second, "--store", store, ...flags]);
    const output = join(store, "verdict.json");
    const missed = await gate(a, b, "--min-improvement", "0.02", "--output", output);
    expect([missed.status, missed.talk]).toEqual([
      1,
      "error: B is not shown to be better by more than 0.02 in accuracy: the difference is 0.0240, the lower limit of the gain 0.0044, and --min-improvement takes one above 0.02\n",
    ]);
    expect(missed.out).toContain(`\n${comparison.margin!.summary}\n`);
    expect(JSON.parse(await readFile(output, "utf8"))).toEqual(comparison);
    expect(await gate(a, b, "--min-improvement", "0.004")).toMatchObject({ status: 0, talk: "" });
    const loss = await gate(b, a, "--max-loss", "0.02");
    expect([loss.status, loss.talk]).toEqual([
      1,
      "error: B may be worse by 0.02 or more in accuracy: the difference is -0.0240, the lower limit of the gain -0.0440, and --max-loss takes one above -0.02\n",
    ]);
    expect((await gate(b, a, "--max-loss", "0.05")).status).toBe(0);
    expect((await gate(b, a, "--margin", "0.02")).status).toBe(0);
    expect((await gate(b, a, "--fail-if-worse")).status).toBe(1);
    expect(await gate(a, b, "--max-loss", "0.1", "--margin", "0.1")).toMatchObject({
      status: 2,
      talk: expect.stringContaining("--margin and --max-loss are given, and a comparison has one margin"),
    });
    expect((await gate(a, b, "--max-loss", "-1")).status).toBe(2);
  });

  it("judge several by intervals that hold together, and name each that misses", async () => {
    const store = await temporaryFolder();
    const [a, b, c] = [
      await logged(store, 0, 62),
      await logged(store, 62, 100),
      await logged(store, 100, 110),
    ];
    const several = await compareWithBaseline(a, [b, c], { store, margin: 0.004 });
    // Alone b is better by more than 0.004; beside another it is not.
    expect(several.comparisons.map(({ level, margin }) => [level, margin?.conclusion])).toEqual([
      [0.975, "non-inferior"],
      [0.975, "superior"],
    ]);
    const command = ["compare", a, b, c, "--store", store, "--min-improvement", "0.004"];
    const shown = await mlTracking(command);
    expect(shown.status).toBe(1);
    expect(shown.talk).toMatch(new RegExp(`^error: ${b} is not shown to be better by more than 0.004 .*\n$`));
    expect(shown.out).toMatch(/between \(97.5 %\) .*within 0.0040\n/);
    expect(shown.out).toMatch(new RegExp(`${b} .* better +non-inferior`));
    expect(JSON.parse((await mlTracking([...command, "--json"])).out)).toEqual(several);
    expect((await mlTracking([...command.slice(0, -2), "--max-loss", "0.004"])).status).toBe(0);
  });
});
