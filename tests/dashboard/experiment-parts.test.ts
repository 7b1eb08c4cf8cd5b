import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { barriersOf } from "../support/axe.js";
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

/** Whether a person sees the whole of it: in the window, and nothing lies over its middle. */
async function isSeen(page: Page, locator: Locator): Promise<boolean> {
  const box = await locator.boundingBox();
  const window = page.viewportSize();
  if (!box || !window) return false;
  if (box.y < 0 || box.y + box.height > window.height) return false;
  return locator.evaluate(isOnTop, [box.x + box.width / 2, box.y + box.height / 2] as const);
}

interface PageElement {
  contains: (other: unknown) => boolean;
}

/** Runs in the page: whether an element, or what is inside of it, is what lies at a place of the window. */
function isOnTop(element: PageElement, [x, y]: readonly [number, number]): boolean {
  const page = globalThis as unknown as {
    document: { elementFromPoint: (x: number, y: number) => PageElement | null };
  };
  const above = page.document.elementFromPoint(x, y);
  return above !== null && (element.contains(above) || above.contains(element));
}

describe("the experiment page", () => {
  it("says which definition a number from elsewhere is, and what is wrong with a name", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/experiments/${idOf("sex: logistic")}`);
    const box = page.locator("section", { has: page.getByRole("heading", { name: /^Another number/ }) });
    await box.getByRole("textbox", { name: /^Number/ }).fill("92.81%");
    await box.getByRole("textbox", { name: /^Its name there/ }).fill("accuracy");
    await box.getByRole("button", { name: "Explain" }).click();
    await box.getByText(/^92\.81% is scikit-learn's accuracy_score/).waitFor();
    await box.getByRole("cell", { name: "accuracy_score(y_true, y_pred)", exact: true }).waitFor();
    await box.getByRole("textbox", { name: /^Its name there/ }).fill("acuracy");
    await box.getByRole("button", { name: "Explain" }).click();
    await box.getByText(/did you mean accuracy\?/).waitFor();
  });

  it("opens at the part that its address names, and stays there while it grows, until the reader moves", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    const top = () => page.locator("#samples").evaluate((part) => part.getBoundingClientRect().top);
    const isThere = async () => (await top()) >= 0 && (await top()) < 200;
    /** As a plot that arrives; none is held where it is by the browser. */
    const grow = () =>
      page.evaluate(`
        document.documentElement.style.overflowAnchor = "none";
        document.querySelector("main").prepend(Object.assign(document.createElement("div"), { style: "height: 900px" }));
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      `);
    const byTheWheel = () => page.mouse.wheel(0, -300);
    const byTheScrollbar = () => page.evaluate("scrollBy({ top: -300, behavior: 'instant' })");
    for (const move of [byTheWheel, byTheScrollbar]) {
      await page.goto("about:blank");
      await page.goto(`${url}/experiments/${idOf("species: shallow tree")}#samples`);
      await page.getByRole("heading", { name: /^ROC curve/ }).waitFor();
      await expect.poll(isThere, { timeout: 60_000 }).toBe(true);
      await grow();
      await expect.poll(isThere, { timeout: 60_000 }).toBe(true);
      // A plot may arrive in the same moment as a move that has no event but the scrolling itself.
      await expect
        .poll(() => move().then(grow).then(isThere), { timeout: 60_000, interval: 500 })
        .toBe(false);
      await grow();
      expect(await isThere()).toBe(false);
    }
  });

  it("scrolls by the wheel over a plot", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/experiments/${idOf("species: shallow tree")}`);
    const plot = page.getByRole("region", { name: /^ROC curve/ }).locator("canvas");
    const top = async () => Math.round((await plot.boundingBox())!.y);
    const resting = async () => {
      for (let before = await top(); ; ) {
        await page.waitForTimeout(300);
        const now = await top();
        if (now === before) return now;
        before = now;
      }
    };
    const scrolled = async () => {
      await plot.hover();
      const before = await resting();
      await page.mouse.wheel(0, -200);
      return (await resting()) - before;
    };
    // Again where a plot above it has just got its height.
    await expect.poll(scrolled, { timeout: 120_000 }).toBe(200);
  });

  for (const [width, height] of [
    [1440, 900],
    [400, 800],
  ] as const) {
    it(`shows a cell and its samples together at ${width} px, and leaves the page where it was`, async (context) => {
      const { page, url, complaints } = await openDashboard(context, demo, { width, height });
      await page.goto(`${url}/experiments/${idOf("species: shallow tree")}`);
      const cell = page.getByRole("button", { name: /^true Chinstrap, predicted Adelie/ });
      await cell.waitFor();
      await page.getByRole("heading", { name: /^ROC curve/ }).waitFor();
      await page.waitForTimeout(1000); // until the charts have their heights
      await cell.evaluate((element) => element.scrollIntoView({ block: "center" }));
      const before = await page.evaluate<number>("window.scrollY");
      await cell.click();
      const row = page.locator("#samples-section").getByRole("row").nth(1);
      await row.waitFor();
      await expect.poll(() => isSeen(page, row)).toBe(true);
      expect(await isSeen(page, cell)).toBe(true);
      const moved = Math.abs((await page.evaluate<number>("window.scrollY")) - before);
      expect(moved).toBeLessThan(height / 2);
      await page.getByRole("button", { name: "Show all samples" }).click();
      await expect.poll(() => new URL(page.url()).searchParams.get("true_label")).toBeNull();
      expect(await isSeen(page, cell)).toBe(true);
      expect(complaints).toEqual([]);
    });
  }

  it("leads to its parts, and says which one is read", async (context) => {
    const { page, url } = await openDashboard(context, demo, { width: 1440, height: 900 });
    await page.goto(`${url}/experiments/${idOf("sex: forest")}`);
    const contents = page.getByRole("navigation", { name: "On this page" });
    await page.getByRole("heading", { name: /^ROC curve/ }).waitFor();
    await page.waitForTimeout(1000);
    for (const part of ["Where it fails", "Parameters", "Overview"]) {
      await contents.getByRole("link", { name: part }).click();
      await expect.poll(() => contents.locator("[data-current]").innerText()).toBe(part);
      expect(await isSeen(page, contents)).toBe(true);
    }
  });

  it("shows the score that ranks the project first, with its interval, and every score on one scale", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/experiments/${idOf("species: logistic")}`);
    const primary = page.locator("[data-primary]");
    await primary.getByText(/^\d\.\d{4} to \d\.\d{4}$/).waitFor();
    expect(await primary.innerText()).toMatch(/F1 \(macro\)[\s\S]*primary[\s\S]*0\.98/);
    const all = page.getByRole("region", { name: "All scores" });
    await all.getByText("0.95", { exact: true }).waitFor(); // a round number of the scale
    expect(await barriersOf(page, "main")).toEqual([]);
  });

  it("marks the threshold on the chart at the place of the slider", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/experiments/${idOf("sex: logistic")}?threshold=0.25`);
    const frame = page.getByRole("region", { name: /^Threshold/ });
    const slider = frame.getByRole("slider", { name: "Threshold" });
    await slider.waitFor();
    const [chart, thumb] = [await frame.locator("canvas").boundingBox(), await slider.boundingBox()];
    const [left, right] = [chart!.x + 56, chart!.x + chart!.width - 20]; // the plot's own margins
    expect(Math.abs(thumb!.x + thumb!.width / 2 - (left + 0.25 * (right - left)))).toBeLessThan(3);
  });

  it("puts parameters that differ in the project first, and folds the others", async (context) => {
    const store = await temporaryFolder();
    for (const k of [1, 2]) {
      const model = { name: "KNN", parameters: { k, metric: "euclidean", weights: "uniform" } };
      const { parameters } = smallClassification(store);
      await logExperiment(
        smallClassification(store, { parameters: { ...parameters, model }, name: `k ${k}` }),
      );
    }
    const { page, url } = await openDashboard(context, store);
    await page.goto(`${url}/projects/pets`);
    await page.getByText("k 1").first().click();
    await page.getByRole("link", { name: "Whole page" }).click();
    const parameters = page.getByRole("region", { name: "Parameters and data" });
    await parameters.getByRole("heading", { name: "Differ between the project's experiments" }).waitFor();
    expect(await parameters.getByText("euclidean").isVisible()).toBe(false);
    await parameters.getByText("2 that no experiment of the project has otherwise").click();
    await parameters.getByText("euclidean").waitFor();
  });

  it("keeps a matrix of many long names readable", async (context) => {
    const store = await temporaryFolder();
    const name = (i: number) => `class number ${i} `.padEnd(60, "abcdefghij");
    const classes = Array.from({ length: 120 }, (_, i) => name(i));
    const yTrue = [...classes, ...classes];
    const yPred = [...classes, ...classes.map((_, i) => name((i * 7) % 120))];
    const { parameters } = smallClassification(store);
    const testSet = yTrue.map((_, i) => i);
    const many = await logExperiment(
      smallClassification(store, { parameters: { ...parameters, testSet }, yTrue, yPred }),
    );
    const long = await logExperiment(
      smallClassification(store, { yTrue: ["x".repeat(400), "b", "b", "b"], yPred: ["b", "b", "b", "b"] }),
    );
    const { page, url, complaints } = await openDashboard(context, store, { width: 1440 });
    for (const { predictionId } of [many, long]) {
      await page.goto(`${url}/experiments/${predictionId}`);
      await page.getByRole("heading", { name: "Confusion matrix" }).waitFor();
      await page.waitForTimeout(500);
      expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
      const matrix = page.getByRole("region", { name: "Confusion matrix" }).first();
      expect((await matrix.boundingBox())!.height).toBeLessThan(1400);
    }
    expect(complaints).toEqual([]);
  });
});
