import { userInfo } from "node:os";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { annotate } from "../../src/jobs/annotate.js";
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
const paneOf = (page: Page) => page.getByRole("region", { name: "Experiment", exact: true });
const untilShown = (page: Page, name: string) =>
  paneOf(page).getByRole("heading", { name, exact: true }).waitFor();
const shownId = (page: Page) => new URL(page.url()).searchParams.get("show");

describe("the pane beside a table", () => {
  it("shows the best experiment's plot as soon as the project is chosen", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(url);
    await page.getByRole("main").getByRole("link", { name: "penguins" }).click();
    const pane = paneOf(page);
    await pane.getByText("Best of the project by F1 (macro)").waitFor();
    await untilShown(page, "species: neighbours");
    await pane.getByRole("button", { name: /^true Chinstrap, predicted Adelie/ }).waitFor();
    expect(await pane.getByTestId("primary-score").innerText()).toBe("0.9927");
    await pane.getByText("rank 1 of 7").waitFor();
    await pane.getByText("0.9558 to 1.0000").first().waitFor();

    await page.getByRole("navigation").getByRole("combobox", { name: "Project" }).click();
    await page.getByRole("option", { name: "cars" }).click();
    await untilShown(page, "forest of medians");
    await pane.getByRole("heading", { name: "Predicted against actual" }).waitFor();
    await pane.locator("canvas").waitFor();
    expect(complaints).toEqual([]);
  });

  it("is filled by a row of either table and by the prediction id alike, and kept in the address", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins`);
    await page.getByRole("gridcell", { name: "GaussianNB" }).first().click();
    await untilShown(page, "sex: naive Bayes");
    expect(shownId(page)).toBe(idOf("sex: naive Bayes"));
    await page.getByRole("grid").getByRole("link", { name: "sex: tree" }).click();
    await untilShown(page, "sex: tree");
    expect(page.url()).toContain("/projects/penguins?");

    await page.getByRole("link", { name: "Model scoring table" }).click();
    await untilShown(page, "sex: tree");
    await page.getByRole("row").filter({ hasText: "sex: forest" }).getByText("0.9099").click();
    await untilShown(page, "sex: forest");
    await paneOf(page).getByRole("combobox", { name: "Prediction id" }).click();
    await page.keyboard.type("beak alone");
    await page.getByRole("option", { name: new RegExp(idOf("species: beak length alone")) }).click();
    await untilShown(page, "species: beak length alone");
    expect(shownId(page)).toBe(idOf("species: beak length alone"));
    await page.goBack();
    await untilShown(page, "sex: forest");
    await page.reload();
    await untilShown(page, "sex: forest");
    expect(complaints).toEqual([]);
  });

  it("leads from a cell of the confusion matrix to its samples on the experiment's page", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins?show=${idOf("species: shallow tree")}`);
    await paneOf(page)
      .getByRole("button", { name: /^true Chinstrap, predicted Adelie/ })
      .click();
    await page.waitForURL(new RegExp(`/experiments/${idOf("species: shallow tree")}`));
    await page.getByText("Only samples with true label Chinstrap, predicted as Adelie").waitFor();
    await page.getByRole("link", { name: "Tracking table" }).click();
    await untilShown(page, "species: shallow tree");
    await paneOf(page).getByText("Share of true label").click();
    await expect.poll(() => new URL(page.url()).searchParams.get("cells")).toBe("true");
    expect(page.url()).toContain("/projects/penguins");
  });

  it("is made wider by mouse and keyboard, closed, and opened again by a click in the table", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins`);
    await untilShown(page, "species: neighbours");
    const width = async () => (await paneOf(page).boundingBox())!.width;
    const first = await width();
    const border = page.getByRole("separator", { name: "Width of the pane" });
    const { x, y } = (await border.boundingBox())!;
    await page.mouse.move(x + 4, y + 200);
    await page.mouse.down();
    await page.mouse.move(x - 96, y + 200, { steps: 5 });
    await page.mouse.up();
    await expect.poll(width).toBeCloseTo(first + 100, -1);
    await border.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(width).toBeCloseTo(first + 60, -1);
    await page.reload();
    await untilShown(page, "species: neighbours");
    expect(await width()).toBeCloseTo(first + 60, -1);
    await page.getByRole("button", { name: "Close the pane" }).click();
    await expect.poll(() => paneOf(page).count()).toBe(0);
    await page.getByRole("gridcell", { name: "KNN" }).first().click();
    await untilShown(page, "sex: neighbours");
  });

  it("stands below the table on a narrow screen, and comes into view when a row is touched", async (context) => {
    const { page, url } = await openDashboard(context, demo, { width: 400, height: 800 });
    await page.goto(`${url}/projects/penguins`);
    await untilShown(page, "species: neighbours");
    const top = async () => (await paneOf(page).boundingBox())!.y;
    expect(await top()).toBeGreaterThan(400);
    await page.getByRole("grid").getByRole("link", { name: "sex: tree" }).click();
    await untilShown(page, "sex: tree");
    await expect.poll(top).toBeLessThan(200);
  });
});

describe("the start page", () => {
  it("says of each project what is best, how that came about, when and by whom, and leads there", async (context) => {
    const store = await temporaryFolder();
    const first = await logExperiment(
      smallClassification(store, { name: "the first", yPred: ["cat", "cat", "cat", "cat"] }),
    );
    await logExperiment(smallClassification(store, { name: "the better one" }));
    await annotate([first.predictionId], { starred: true }, { store });
    const { page, url, complaints } = await openDashboard(context, store);
    await page.goto(url);
    const pets = page.getByRole("listitem").filter({ hasText: "pets" });
    await pets.getByText("2 experiments · ★ 1").waitFor();
    await pets.getByText(new RegExp(`(now|seconds? ago|minutes? ago) · ${userInfo().username}`)).waitFor();
    await pets.getByText("classification").waitFor();
    await pets
      .getByRole("img", { name: /^Best F1 \(macro\) over time: from 0\.3333 .* to 0\.7333$/ })
      .waitFor();
    await pets.getByRole("link", { name: "the better one" }).click();
    await untilShown(page, "the better one");
    expect(complaints).toEqual([]);
  });
});

describe("the side bar", () => {
  it("goes between the pages of a project, keeps the filter, and is folded away", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins?filter=model+%3D+KNN`);
    await page.getByText("3 experiments", { exact: true }).waitFor();
    const bar = page.getByRole("navigation", { name: "Pages" });
    await bar.getByText(demo.folder).waitFor();
    await bar.getByRole("link", { name: "Model scoring table" }).click();
    await page.getByText("2 experiments").first().waitFor();
    expect(await bar.locator("[aria-current=page]").innerText()).toBe("Model scoring table");
    await page.getByRole("button", { name: "Hide the side bar" }).click();
    await bar.waitFor({ state: "hidden" });
    await page.reload();
    await page.getByRole("button", { name: "Show the side bar" }).waitFor();
    expect(await bar.isVisible()).toBe(false);
    // The project can be chosen all the same.
    await page.getByRole("banner").getByRole("combobox", { name: "Project" }).click();
    await page.getByRole("option", { name: "cars" }).click();
    await page.getByRole("heading", { name: "cars" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("is a drawer on a narrow screen, closed by going to a page", async (context) => {
    const { page, url } = await openDashboard(context, demo, { width: 400, height: 800 });
    await page.goto(`${url}/projects/penguins`);
    const bar = page.getByRole("navigation", { name: "Pages" });
    await page.getByRole("button", { name: "Open the side bar" }).click();
    await bar.getByRole("link", { name: "Explore" }).click();
    await page.waitForURL(/explore/);
    await bar.waitFor({ state: "hidden" });
  });
});

describe("the command palette", () => {
  it("goes to an experiment by name or id, to a project and to a page, by keyboard alone", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins`);
    await untilShown(page, "species: neighbours");
    const go = async (words: string, first: RegExp) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: /^Go to/ }).waitFor();
      await page.keyboard.type(words);
      await page.getByRole("option", { name: first }).and(page.locator("[aria-selected=true]")).waitFor();
      await page.keyboard.press("Enter");
    };
    await go("small for", /^small forest/);
    await page.waitForURL(new RegExp(`/experiments/${idOf("small forest")}`));
    await go(idOf("sex: tree"), /^sex: tree/);
    await page.waitForURL(new RegExp(`/experiments/${idOf("sex: tree")}`));
    await go("cars", /^cars/);
    await page.waitForURL(/\/projects\/cars/);
    await go("scoring", /^Model scoring table/);
    await page.waitForURL(/\/projects\/cars\/scores/);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("nothing of this name");
    await page.getByText("Nothing is called").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).getByText("selects the experiment").waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("what lies over a page", () => {
  it("has no barrier that axe finds, in light colours and in dark ones", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins`);
    await untilShown(page, "species: neighbours");
    /** What is behind a dialog is out of reach, and dimmed. */
    const check = async (what: string, part = "body") => {
      await page.waitForTimeout(300);
      const found = await barriersInAllColours(page, part);
      expect(found.map((barrier) => `${what}: ${barrier}`)).toEqual([]);
      await page.keyboard.press("Escape");
    };
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: /^Go to/ }).fill("forest");
    await page.getByRole("option", { name: /^species: forest/ }).waitFor();
    await check("palette", "[role=dialog]");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await check("keyboard help", "[role=dialog]");
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByLabel("Name of the view").waitFor();
    await check("views");
    await paneOf(page).getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).waitFor();
    await check("menu");
    await paneOf(page).getByRole("button", { name: "Rename" }).click();
    await check("renaming", "[aria-label=Experiment]");
    await paneOf(page).getByRole("button", { name: "Write one" }).click();
    await check("writing a note", "[aria-label=Experiment]");
  });
});

describe("an experiment without a name", () => {
  it("is called by the same words in the table, in the pane and on the command line's page", async (context) => {
    const store = await temporaryFolder();
    const { predictionId } = await logExperiment(smallClassification(store));
    const { page, url } = await openDashboard(context, store);
    await page.goto(`${url}/projects/pets`);
    const title = await page.getByRole("grid").getByRole("link").innerText();
    expect(title).toMatch(new RegExp(`^[a-z]+-[a-z]+-${predictionId.slice(-3)}$`));
    await untilShown(page, title);
  });
});
