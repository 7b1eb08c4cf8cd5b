import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { smallClassification } from "../support/experiments.js";
import { openDashboard } from "../support/open-dashboard.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const untilNamed = (page: Page, name: string) => page.getByRole("grid").getByText(name).first().waitFor();

describe("what is logged appears by itself", () => {
  it("in each of eight tabs of one browser", async (context) => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store, { name: "the first" }));
    const { page, url, complaints } = await openDashboard(context, store);
    const tabs = [page];
    while (tabs.length < 8) tabs.push(await page.context().newPage());
    for (const tab of tabs) await tab.goto(`${url}/projects/pets`);
    for (const tab of tabs) await untilNamed(tab, "the first");
    await page.waitForTimeout(1500);
    await logExperiment(smallClassification(store, { name: "the second" }));
    for (const tab of tabs) await untilNamed(tab, "the second");
    expect(complaints).toEqual([]);
  });

  it("in a browser that cannot share a connection between tabs", async (context) => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store, { name: "the first" }));
    const { page, url } = await openDashboard(context, store);
    await page.addInitScript("delete window.SharedWorker; delete window.EventSource");
    await page.goto(`${url}/projects/pets`);
    await untilNamed(page, "the first");
    await page.waitForTimeout(6000);
    await logExperiment(smallClassification(store, { name: "the second" }));
    await untilNamed(page, "the second");
  });
});
