import { expect, it } from "vitest";

import type { ScoreDifference } from "../../src/judge/judge-schema.js";
import { verdictInWords } from "../../src/judge/verdict-in-words.js";

it.each([
  [0.0004, "less than once in 1000 times"],
  [0.0014, "about once in 1000 times"],
  [0.0016, "about 2 times in 1000"],
  [0.04, "about 40 times in 1000"],
  [0.2, "about 20 times in 100"],
])("a verdict says of a p of %d that luck does it %s", (p, words) => {
  const difference: ScoreDifference = {
    score: "accuracy",
    a: 0.8,
    b: 0.9,
    difference: 0.1,
    low: null,
    high: null,
    level: 0.95,
    p,
    method: null,
    n: 100,
    seed: null,
    direction: "higher",
    verdict: p < 0.05 ? "better" : "no evidence",
    detectable: null,
    reason: null,
  };
  expect(verdictInWords(difference)).toContain(` by luck ${words}.`);
});
