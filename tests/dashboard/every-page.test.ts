import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { barriersInAllColours } from "../support/axe.js";
import { smallClassification } from "../support/experiments.js";
import { openDashboard } from "../support/open-dashboard.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { type DemoStore, demoStore } from "./demo-store.js";

let demo: DemoStore;
beforeAll(async () => {
  demo = await demoStore();
});
afterAll(() => demo.remove());

const idOf = (name: string) => demo.logged.get(name)!.predictionId;

describe("every page", () => {
  const addresses = () => [
    "/",
    "/projects/penguins",
    "/projects/penguins?group=model",
    "/projects/penguins/scores",
    `/experiments/${idOf("sex: forest")}`,
    `/experiments/${idOf("forest of medians")}`,
    `/compare?id=${idOf("species: shallow tree")}&id=${idOf("species: forest")}&id=${idOf("species: logistic")}`,
    `/compare?id=${idOf("shallow tree")}&id=${idOf("small forest")}`,
    "/projects/penguins/explore",
    "/trash",
  ];

  it("has no barrier that axe finds, in light colours and in dark ones", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    for (const address of addresses()) {
      await page.goto(`${url}${address}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(700); // what comes after the heading has begun to load
      await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
      await page.waitForTimeout(700);
      const found = await barriersInAllColours(page);
      expect(found.map((barrier) => `${address}: ${barrier}`)).toEqual([]);
    }
  });

  it("fits on a screen of 400 pixels", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo, { width: 400, height: 800 });
    for (const address of addresses()) {
      await page.goto(`${url}${address}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(500);
      const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
      expect(`${address} ${String(overflow)}`).toBe(`${address} 0`);
    }
    expect(complaints).toEqual([]);
  });

  it("shows hostile names as text and runs nothing of them", async (context) => {
    const store = await temporaryFolder();
    const script = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;
    const input = smallClassification(store, {
      project: "x'y & z",
      name: script,
      yTrue: [script, "b", script, "b"],
      yPred: [script, script, "b", "b"],
      extraParameters: { [script]: script, ["__proto__"]: "p", constructor: "c" },
    });
    const hostile = { ...input, sampleFeatures: { [script]: [script, "b", script, "b"] } };
    input.parameters.model = { name: script, parameters: { [script]: script } };
    const { predictionId } = await logExperiment(hostile);
    const { page, url, complaints } = await openDashboard(context, store);
    await page.goto(url);
    await page.getByRole("link", { name: "x'y & z" }).click();
    await page.getByText("1 experiment", { exact: true }).waitFor();
    await page.getByRole("link", { name: script }).first().waitFor();
    await page.goto(`${url}/experiments/${predictionId}`);
    await page.getByRole("heading", { name: script }).waitFor();
    await page.getByRole("heading", { name: "Slices" }).waitFor();
    await page.waitForTimeout(800);
    input.parameters.model = { name: `${script}2`, parameters: { [script]: "other" } };
    const other = await logExperiment({ ...hostile, yPred: ["b", "b", script, script] });
    await page.goto(`${url}/compare?id=${predictionId}&id=${other.predictionId}`);
    await page.getByRole("heading", { name: "Is B better?" }).waitFor();
    await page.getByRole("rowheader", { name: script }).first().waitFor();
    await page.waitForTimeout(800);
    for (const tab of ["scores", "explore"]) {
      await page.goto(`${url}/projects/${encodeURIComponent("x'y & z")}/${tab}`);
      await page.getByRole("heading", { name: "x'y & z" }).waitFor();
      await page.getByRole("link", { name: script }).first().waitFor();
      await page.waitForTimeout(500);
    }
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect(complaints).toEqual([]);
  });
});
