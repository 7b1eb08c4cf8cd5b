import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

import type { Judging } from "../../../src/judge/thread/judging-thread.js";
import { keptJudging } from "../../../src/judge/thread/kept-judging.js";
import type { JudgedFile } from "../../../src/judge/thread/tasks.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

/** Answers how often it was asked. */
function counting(): Judging {
  let asked = 0;
  return { run: () => Promise.resolve((asked += 1) as never), close: () => Promise.resolve() };
}

const file = { record: { predictionId: "a" }, path: "/p", version: "1" } as unknown as JudgedFile;

it("reads what was judged before, whoever asks, until predictions or settings change", async () => {
  const folder = join(await temporaryFolder(), "not", "there yet");
  const judging = keptJudging(counting(), folder, "1");
  const settings = { level: 0.95, seed: 1 };
  expect(await judging.run("intervals", [file], settings)).toBe(1);
  expect(await judging.run("intervals", [file], { seed: 1, level: 0.95 })).toBe(1);
  expect(await judging.run("comparison", [file, file], settings)).toBe(2);
  for (const [i, changed] of [{ ...settings, level: 0.9 }, { ...settings, seed: 2 }, {}].entries()) {
    expect(await judging.run("intervals", [file], changed)).toBe(3 + i);
  }
  expect(await judging.run("intervals", [{ ...file, version: "2" }], settings)).toBe(6);
  const other = { ...file, record: { ...file.record, predictionId: "b" } };
  expect(await judging.run("intervals", [other], settings)).toBe(7);
  const unaware = counting();
  await unaware.run("intervals", [file], settings);
  expect(await keptJudging(unaware, folder, "1").run("intervals", [file], settings)).toBe(1); // kept
  expect(await keptJudging(unaware, folder, "2").run("intervals", [file], settings)).toBe(2); // by another program
  const later = keptJudging(counting(), folder, "1");
  expect(await later.run("intervals", [file], settings)).toBe(1);
  expect(await later.run("differingSamples", [file, file], {})).toBe(1); // not kept: it is a page of samples
  expect(await later.run("differingSamples", [file, file], {})).toBe(2);
});

it("judges anew where other scores were added", async () => {
  const judging = keptJudging(counting(), await temporaryFolder(), "1");
  const facts = { name: "cost", kind: "classification", direction: "lower" } as const;
  const ask = (...expressions: readonly string[]) =>
    judging.run("comparison", [file, file], {
      added: expressions.map((expression) => ({ ...facts, expression })),
    });
  const asked = [
    await ask(),
    await ask("mean(y_score)"),
    await ask("sum(y_score)"),
    await ask("mean(y_score)"),
  ];
  expect(asked).toEqual([1, 2, 3, 2]);
});

it("judges anew where the folder was removed, is damaged or cannot be written", async () => {
  const folder = await temporaryFolder();
  const judging = keptJudging(counting(), folder, "1");
  const ask = () => judging.run("intervals", [file], {});
  expect([await ask(), await ask()]).toEqual([1, 1]);
  const path = (await readdir(folder, { recursive: true })).find((name) => name.endsWith(".json"));
  await writeFile(join(folder, path!), "{");
  expect([await ask(), await ask()]).toEqual([2, 2]);
  expect(JSON.parse(await readFile(join(folder, path!), "utf8"))).toEqual({ result: 2 });
  await rm(folder, { recursive: true });
  expect([await ask(), await ask()]).toEqual([3, 3]);
  const inTheWay = join(await temporaryFolder(), "file");
  await writeFile(inTheWay, "");
  const unkept = keptJudging(counting(), inTheWay, "1");
  expect([await unkept.run("intervals", [file], {}), await unkept.run("intervals", [file], {})]).toEqual([
    1, 2,
  ]);
});
