import { expect, it } from "vitest";

import { startRun } from "../../src/jobs/start-run.js";
import { openDashboard } from "../support/open-dashboard.js";
import { temporaryFolder } from "../support/temporary-folder.js";

it("the address that MLflow's client prints of a run leads to its page", async (context) => {
  const store = await temporaryFolder();
  const live = await startRun({
    project: "pets",
    name: "a run of MLflow",
    parameters: {},
    store,
    systemMetrics: false,
  });
  await live.finish({ status: "finished", endedAt: new Date() });
  const { page, url, complaints } = await openDashboard(context, store);
  await page.goto(`${url}/#/experiments/568946895992610322/runs/${live.run.runId}`);
  await page.getByRole("heading", { name: "a run of MLflow" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/runs/${live.run.runId}`);
  expect(complaints).toEqual([]);
});
