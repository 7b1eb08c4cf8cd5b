import { expect, it } from "vitest";

import { openMlflow } from "../../src/mlflow/open-mlflow.js";
import { openStore } from "../../src/store/open-store.js";
import { temporaryFolder } from "../support/temporary-folder.js";

it("a metric outside of the years 1 to 9999 is refused, and nothing of its batch is kept", async () => {
  const mlflow = openMlflow(openStore(await temporaryFolder()), { notice: () => {}, author: "ada" });
  await mlflow.ready();
  const given = { name: "a", user: undefined, startTime: undefined, tags: {} };
  const run = await mlflow.runs.create(mlflow.experiments.get("0"), given);
  const metric = (timestamp: number) => ({ key: "m", value: 1, timestamp, step: 0, context: undefined });
  for (const timestamp of [8.64e15 + 1, Number.MAX_SAFE_INTEGER, 253_402_300_800_000, -62_135_596_800_001]) {
    await expect(mlflow.runs.log(run, { metrics: [metric(1), metric(timestamp)] })).rejects.toThrow(
      `Invalid value ${timestamp} for parameter 'timestamp': give milliseconds since 1970`,
    );
  }
  expect(run.metric("m")).toBeUndefined();
  await mlflow.runs.log(run, { metrics: [metric(-62_135_596_800_000), metric(253_402_300_799_999)] });
  const { values } = await mlflow.history.points(run, "m", { isFirstPage: true });
  expect([...values]).toEqual([1, 1]);
  await mlflow.close();
});
