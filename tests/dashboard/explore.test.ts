import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openDashboard } from "../support/open-dashboard.js";
import { type DemoStore, demoStore } from "./demo-store.js";

let demo: DemoStore;
beforeAll(async () => {
  demo = await demoStore();
});
afterAll(() => demo.remove());

describe("a project's parameters against its scores", () => {
  it("keeps to one test set, and to all without naming a best, in the address", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins`);
    await page.getByRole("link", { name: "Explore", exact: true }).click();
    await page.getByText("7 experiments; the best:").waitFor(); // species has more of them than sex
    await page
      .getByRole("region", { name: /^F1 \(macro\) against \S+$/ })
      .locator("canvas")
      .waitFor();
    await page.getByRole("combobox", { name: "Test set" }).click();
    await page.getByRole("option", { name: "all test sets" }).click();
    await page.getByText("12 experiments", { exact: true }).waitFor();
    expect(await page.getByRole("link", { name: "Compare these" }).count()).toBe(0);
    await page.getByText("choose one to see which are best").waitFor();
    await page.getByRole("combobox", { name: "Score" }).click();
    await page.getByRole("option", { name: "Log loss", exact: true }).click();
    await page.getByRole("region", { name: /^Log loss against \S+$/ }).waitFor();
    const link = page.url();
    await page.goto("about:blank");
    await page.goto(link);
    await page.getByRole("region", { name: /^Log loss against \S+$/ }).waitFor();
    await page.getByText("12 experiments", { exact: true }).waitFor();
    await page.getByLabel("Filter", { exact: true }).fill("f1_macor > 1");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "f1_macro" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("chooses experiments by a range drawn on an axis, and compares them", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/cars/explore?axis=extra.training_seconds&score=r2`);
    await page.getByText("8 experiments; the best:").waitFor();
    const canvas = page.getByRole("region", { name: "Parallel coordinates" }).locator("canvas");
    await canvas.scrollIntoViewIfNeeded();
    const box = (await canvas.boundingBox())!;
    // The last of two axes, R², stands at the right end of the plot; its upper third has the better ones.
    const x = box.x + box.width - 130;
    await page.mouse.move(x, box.y + 52);
    await page.mouse.down();
    await page.mouse.move(x, box.y + 140, { steps: 8 });
    await page.mouse.up();
    await page.getByText(/^[3-5] of 8 experiments chosen; the best:$/).waitFor();
    await page.getByRole("link", { name: /^forest of medians/ }).waitFor();
    expect(await page.getByRole("link", { name: /^weight alone/ }).count()).toBe(0);
    await page.getByRole("link", { name: "Compare these" }).click();
    await page.getByRole("heading", { name: "Is B better?" }).waitFor();
  });

  it("begins with what the score goes with most, and shows tables of values where axes do not fit", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo, { width: 400 });
    await page.goto(`${url}/projects/cars/explore`);
    await page.getByRole("region", { name: /^Root mean squared error against / }).waitFor();
    expect(await page.getByRole("region", { name: "Parallel coordinates" }).count()).toBe(0);
    const tables = page.getByRole("region", { name: /^Root mean squared error by / });
    await expect.poll(() => tables.count()).toBe(5);
    const medians = await tables.first().getByRole("row").nth(1).getByRole("cell").allInnerTexts();
    expect(medians.slice(1).every((text) => /^[\d.]+$/.test(text))).toBe(true);
    expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
    expect(complaints).toEqual([]);
  });
});
