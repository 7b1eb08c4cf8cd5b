import { join } from "node:path";
import { describe, expect, it } from "vitest";

import {
  compareExperiments,
  compareSlices,
  compareWithBaseline,
  findSlices,
  isBetterBy,
  isNotWorseBy,
  leaderboard,
  logExperiment,
  scoreIntervals,
  sliceScores,
} from "../../src/index.js";
import { compareExperiments as compareAsJson } from "../../src/jobs/compare-experiments.js";
import { projectRoot, runNode } from "../support/built-package.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Every member's name in a value, at every depth. */
function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return Object.entries(value).flatMap(([name, member]) => [name, ...namesIn(member)]);
}

function nullsIn(value: unknown): number {
  if (value === null) return 1;
  if (typeof value !== "object") return 0;
  return Object.values(value).reduce((sum: number, member) => sum + nullsIn(member), 0);
}

async function twoExperiments(): Promise<{ store: string; a: string; b: string }> {
  const store = await temporaryFolder();
  const ids = Array.from({ length: 60 }, (_, i) => i);
  const log = (wrong: number) =>
    logExperiment({
      kind: "classification",
      project: "pets",
      parameters: {
        datasetUri: "pets.csv",
        targetColumn: "species",
        testSet: ids,
        model: { name: "Made", parameters: {} },
      },
      yTrue: ids.map((i) => ["cat", "dog", "cow"][i % 3]!),
      yPred: ids.map((i) => ["cat", "dog", "cow"][(i % wrong === 0 ? i + 1 : i) % 3]!),
      sampleFeatures: { site: ids.map((i) => (i % 2 ? "x" : "y")) },
      store,
    });
  const [first, second] = [await log(4), await log(9)];
  return { store, a: first.predictionId, b: second.predictionId };
}

describe("what the library says of experiments", () => {
  it("has TypeScript's names, and undefined for what is not there", async () => {
    const { store, a, b } = await twoExperiments();
    const answers = [
      await compareExperiments(a, b, { store }),
      await compareWithBaseline(a, [b], { store }),
      await scoreIntervals(a, { store }),
      await leaderboard("pets", { store }),
      await findSlices(a, { store }),
      await sliceScores(a, { store, by: "site" }),
      await compareSlices(a, b, { store }),
    ];
    for (const answer of answers) {
      expect(namesIn(answer).filter((name) => name.includes("_"))).toEqual([]);
      expect(nullsIn(answer)).toBe(0);
    }
    const [comparison] = answers as [Awaited<ReturnType<typeof compareExperiments>>];
    expect(comparison.a.predictionId).toBe(a);
    const json = await compareAsJson(a, b, { store });
    expect(namesIn(json)).toContain("test_set_digest");
    expect(comparison.scores.map(({ p }) => p ?? null)).toEqual(json.scores.map(({ p }) => p));
    expect([isBetterBy(comparison, 0.01), isNotWorseBy(comparison, 0.5)]).toEqual([false, true]);
  });

  it("has the types that the judge's schemas say", async () => {
    expect(await runNode([join(projectRoot, "scripts/judged-types.js"), "--check"])).toMatchObject({
      status: 0,
      talk: "",
    });
  });
});
