import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openDashboard } from "../support/open-dashboard.js";
import { type DemoStore, demoStore } from "./demo-store.js";

let demo: DemoStore;
beforeAll(async () => {
  demo = await demoStore();
});
afterAll(() => demo.remove());

describe("the filter of the tracking table", () => {
  it("searches for plain words, and takes text without quotes", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins`);
    await page.getByText("12 experiments").waitFor();
    const filter = page.getByLabel("Filter", { exact: true });
    for (const [text, count] of [
      ["forest", "2 experiments"],
      ["species: alone", "1 experiment"],
      ["model = KNN", "3 experiments"],
      ["neighbours AND f1_macro > 0.95", "1 experiment"],
    ] as const) {
      await filter.fill(text);
      await page.keyboard.press("Enter");
      await page.getByText(count, { exact: true }).waitFor();
    }
    expect(complaints).toEqual([]);
  });

  it("keeps the last table where what is typed cannot be understood, on a pasted link the whole one", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins?filter=model+%3D+KNN`);
    await page.getByText("3 experiments", { exact: true }).waitFor();
    const filter = page.getByLabel("Filter", { exact: true });
    await filter.fill("model = KNN AND (f1_macro >");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "the filter ends here" }).waitFor();
    await page.getByText("3 experiments", { exact: true }).waitFor();
    expect(await page.getByRole("grid").getByRole("row").count()).toBe(4);
    await page.reload();
    await page.getByRole("alert").filter({ hasText: "the filter ends here" }).waitFor();
    await page.getByText("12 experiments", { exact: true }).waitFor();
  });
});

describe("a change of the address", () => {
  it("leaves the page where it is scrolled to", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/experiments/${demo.logged.get("sex: logistic")!.predictionId}`);
    const slider = page.getByRole("slider", { name: "Threshold" });
    await slider.waitFor();
    await page.waitForTimeout(1500); // until the charts have their heights
    await slider.evaluate((element) => element.scrollIntoView({ block: "center" }));
    const scrolled = () => page.evaluate<number>("Math.round(window.scrollY)");
    const before = await scrolled();
    expect(before).toBeGreaterThan(300);
    await slider.focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowLeft");
    await expect.poll(() => new URL(page.url()).searchParams.get("threshold")).not.toBeNull();
    await page.waitForTimeout(300);
    expect(Math.abs((await scrolled()) - before)).toBeLessThan(50);
  });
});
