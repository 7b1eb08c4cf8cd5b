import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { scoreRegistry } from "../../src/scores/registry.js";
import { type Differences, differencesOfLog, differencesOfPredictions } from "./compare-rows.js";
import { type EngineStore, engineStore } from "./engine-store.js";
import { documented, engines, readWith } from "./engines.js";

/** Spark is half a gigabyte, and takes minutes: `npm run test:engines`. */
const whole = process.env["ML_TRACKING_TEST_ENGINES"] === "whole";

/** Whose types docs/file-format.md has: a time, a score, a column that is empty so far, a whole number. */
const typedColumns = ["logged_at", "accuracy", "run_id", "format"];

let store: EngineStore;
beforeAll(async () => {
  store = await engineStore(await mkdtemp(join(tmpdir(), "ml-tracking-test-")));
});
afterAll(() => rm(store.folder, { recursive: true, force: true }));

describe("a store read by other programs, as docs/file-format.md says", () => {
  it.for(engines.filter(({ name }) => whole || name !== "spark"))(
    "is read right by $title with the two lines, and otherwise as the table says",
    async (engine, context) => {
      const row = await documented(engine);
      const { log, predictions } = await readWith(context, engine, row, store);
      expect(differencesOfLog(store, log[0])).toEqual({});
      expect(differencesOfPredictions(store, predictions[0])).toEqual({});
      expect(store.samples.length).toBe(12);

      const plain = differencesOfLog(store, log[1]);
      expectScoresInTheirColumns(plain);
      const said = Object.keys(plain).sort();
      expect({ plain, said }).toEqual({ plain, said: wrongColumns(row.plain) });
      const types = "error" in log[1] ? {} : log[1].types;
      expect(typedColumns.flatMap((name) => types[name] ?? [])).toEqual(row.types);
      const plainPredictions = differencesOfPredictions(store, predictions[1]);
      if (/whichever is found first/.test(row.plain)) return; // right or not, as the disk has it
      expect({ plainPredictions, isRight: Object.keys(plainPredictions).length === 0 }).toEqual({
        plainPredictions,
        isRight: /; predictions right/.test(row.plain),
      });
    },
  );
});

/** No score is in another's column: a program that is not right says so. */
function expectScoresInTheirColumns(plain: Differences): void {
  expect(scoreRegistry.filter(({ name }) => name in plain)).toEqual([]);
}

/** What the docs say is wrong by the plain default: `error`, or columns as code. */
function wrongColumns(plain: string): string[] {
  const [log = ""] = plain.split("; predictions");
  return [...log.matchAll(/`([a-z0-9_]+)` (?:wrong|missing)|\b(error)\b/g)]
    .map(([, name, error]) => name ?? error!)
    .sort();
}
