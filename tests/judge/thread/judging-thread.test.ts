import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

import { compareExperiments } from "../../../src/jobs/compare-experiments.js";
import { findExperiment } from "../../../src/jobs/find-experiments.js";
import { logExperiment } from "../../../src/jobs/log-experiment.js";
import { openJudging } from "../../../src/judge/thread/judging-thread.js";
import type { JudgedFile } from "../../../src/judge/thread/tasks.js";
import { smallClassification } from "../../support/experiments.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

async function twoExperiments() {
  const store = await temporaryFolder();
  const ids: string[] = [];
  for (const flip of [3, 5]) {
    const yTrue = Array.from({ length: 2000 }, (_, i) => i % 2);
    const yPred = yTrue.map((label, i) => (i % flip === 0 ? 1 - label : label));
    const parameters = { ...smallClassification(store).parameters, testSet: Array.from(yTrue.keys()) };
    ids.push(
      (await logExperiment(smallClassification(store, { yTrue, yPred, yScore: undefined, parameters })))
        .predictionId,
    );
  }
  const files = await Promise.all(
    ids.map(async (id): Promise<JudgedFile> => {
      const record = await findExperiment(id, { store });
      return { record, path: join(store, record.predictions), version: "1" };
    }),
  );
  const judging = openJudging();
  onTestFinished(() => judging.close());
  return { store, ids: ids as [string, string], files: files as [JudgedFile, JudgedFile], judging };
}

describe("the judging thread", () => {
  it("answers what the library does, and the caller's thread goes on meanwhile", async () => {
    const { store, ids, files, judging } = await twoExperiments();
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    const comparison = await judging.run("comparison", files, {});
    clearInterval(counting);
    expect({ ...comparison, alone_because: "it was asked for alone" }).toEqual(
      await compareExperiments(...ids, { alone: true, store }),
    );
    expect(turns).toBeGreaterThan(3);
  });

  it("takes out what is aborted, whether it waits or runs, and goes on with the rest", async () => {
    const { files, judging } = await twoExperiments();
    const controllers = Array.from({ length: 4 }, () => new AbortController());
    const asked = controllers.map(({ signal }) => judging.run("comparison", files, {}, signal));
    controllers[0]!.abort(new Error("gone"));
    controllers[2]!.abort(new Error("gone too"));
    const answers = await Promise.allSettled(asked);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "fulfilled"]);
    expect(answers[0]).toMatchObject({ reason: { message: "gone" } });
    expect(answers[2]).toMatchObject({ reason: { message: "gone too" } });
  });

  it("is busy when too many wait, and says so", async () => {
    const { files, judging } = await twoExperiments();
    const asked = Array.from({ length: 501 }, () => judging.run("comparison", files, {}).catch(() => {}));
    expect(() => judging.run("comparison", files, {})).toThrow(expect.objectContaining({ code: "BUSY" }));
    await judging.close();
    await Promise.all(asked);
  });

  it("passes on what is wrong with its code", async () => {
    const { files, judging } = await twoExperiments();
    await expect(judging.run("comparison", files, { level: 2 })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: expect.stringContaining("level is 2"),
    });
    const other = { ...files[1], record: { ...files[1].record, testSetDigest: "other" } };
    await expect(judging.run("sampleDifference", [files[0], other], {})).rejects.toMatchObject({
      code: "NOT_COMPARABLE",
    });
    expect((await judging.run("intervals", [files[0]], {})).length).toBeGreaterThan(5);
  });

  it("goes on with the next where one cannot be handed over", async () => {
    const { files, judging } = await twoExperiments();
    const asked = [
      judging.run("intervals", [files[0]], { seed: (() => 0) as unknown as number }), // no function crosses threads
      judging.run("intervals", [files[0]], {}),
    ];
    const answers = await Promise.allSettled(asked);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  });

  it("lets go of what waits when it is closed", async () => {
    const { files, judging } = await twoExperiments();
    const asked = [1, 2].map(() => judging.run("comparison", files, {}));
    const ended = Promise.allSettled(asked);
    await judging.close();
    expect((await ended).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
