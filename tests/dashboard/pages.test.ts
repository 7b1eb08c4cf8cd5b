import { spawn } from "node:child_process";
import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { leaderboard } from "../../src/jobs/leaderboard.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { barriersOf } from "../support/axe.js";
import { projectRoot } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { openDashboard } from "../support/open-dashboard.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { type DemoStore, demoStore } from "./demo-store.js";

let demo: DemoStore;
beforeAll(async () => {
  demo = await demoStore();
});
afterAll(() => demo.remove());

const idOf = (name: string) => demo.logged.get(name)!.predictionId;
/** The first column of the rows that the grid shows, from top to bottom. */
const shownNames = (page: Page) =>
  page
    .locator('[role="grid"] [role="row"][aria-rowindex] [role="gridcell"][aria-colindex="1"]')
    .allInnerTexts();
const untilNames = (page: Page, test: (names: string[]) => boolean) =>
  expect
    .poll(async () => test((await shownNames(page)).map((name) => name.trim())), { timeout: 60_000 })
    .toBe(true);

describe("the tracking table", () => {
  it("is reached from the project picker, sorts, filters by language and by click, groups, and goes back", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(url);
    await page.getByLabel("Search projects").fill("peng");
    await expect.poll(() => page.getByRole("link", { name: "cars" }).count()).toBe(0);
    await page.getByRole("link", { name: "penguins" }).click();
    await page.getByText("12 experiments").waitFor();

    await page
      .getByRole("columnheader", { name: /^f1_macro/ })
      .getByRole("button")
      .first()
      .click();
    await untilNames(page, (names) => names[0] === "species: neighbours");
    await page
      .getByRole("columnheader", { name: /^f1_macro/ })
      .getByRole("button")
      .first()
      .click();
    await untilNames(page, (names) => names[0] === "species: beak length alone");

    await page.getByLabel("Filter", { exact: true }).fill("target_column = 'species' AND f1_macro > 0.9");
    await page.keyboard.press("Enter");
    await page.getByText("5 experiments").waitFor();
    await page.goBack();
    await page.getByText("12 experiments").waitFor();
    await page.goForward();
    await page.getByText("5 experiments").waitFor();

    await page.getByRole("grid").evaluate((grid) => Object.assign(grid, { scrollLeft: 0 }).scrollLeft);
    await page.getByRole("gridcell", { name: "KNN" }).first().click();
    await page.getByRole("button", { name: "Only model = KNN" }).click();
    await page.getByText("1 experiment", { exact: true }).waitFor();
    expect(decodeURIComponent(page.url()).replaceAll("+", " ")).toContain("AND model = 'KNN'");

    // A pasted link shows the same.
    const link = page.url();
    await page.goto("about:blank");
    await page.goto(link);
    await untilNames(page, (names) => names.length === 1 && names[0] === "species: neighbours");

    await page.goto(`${url}/projects/penguins?group=model`);
    const rows = page.getByRole("region", { name: "Groups" }).getByRole("row");
    await expect.poll(() => rows.count()).toBe(6);
    await rows.filter({ hasText: "KNN" }).getByRole("button").click();
    await page.getByText("3 experiments").waitFor();
    expect(complaints).toEqual([]);
  });

  it("says where a filter is wrong, and completes what is typed", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins`);
    await page.getByText("12 experiments").waitFor();
    const filter = page.getByLabel("Filter", { exact: true });
    await filter.fill("f1_macor > 0.9");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "f1_macro" }).waitFor();
    expect(await page.locator("mark").innerText()).toBe("f1_macor");
    await filter.fill("");
    await filter.pressSequentially("f1_ma");
    await page.getByRole("option", { name: /^f1_macro/ }).click();
    expect(await filter.inputValue()).toBe("f1_macro ");
  });

  it("chooses, hides, pins, moves and resizes columns, and keeps them in the address", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    const chosen = ["name", "model", "r2", "dataset_uri"].map((name) => `column=${name}`);
    await page.goto(`${url}/projects/cars?pane=closed&${chosen.join("&")}`);
    const header = (name: string) => page.getByRole("columnheader", { name: new RegExp(`^${name}`) });
    await header("model").waitFor();
    await page.getByLabel("Menu of model").click();
    await page.getByRole("menuitem", { name: "Hide" }).click();
    await expect.poll(() => header("model").count()).toBe(0);
    await page.getByLabel("Menu of r2").click();
    await page.getByRole("menuitem", { name: "Pin to the left" }).click();
    await expect.poll(() => header("r2").getAttribute("aria-colindex")).toBe("2");
    const before = (await header("r2").boundingBox())!.width;
    const edge = (await header("r2").boundingBox())!;
    await page.mouse.move(edge.x + edge.width - 3, edge.y + 10);
    await page.mouse.down();
    await page.mouse.move(edge.x + edge.width + 77, edge.y + 10, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await header("r2").boundingBox())!.width - before).toBeGreaterThan(60);
    await page.reload();
    await expect.poll(() => header("r2").getAttribute("aria-colindex")).toBe("2");
    expect((await header("r2").boundingBox())!.width - before).toBeGreaterThan(60);
    await page.getByRole("switch", { name: "Only columns that differ" }).click({ force: true });
    await expect.poll(() => header("dataset_uri").count()).toBe(0);
  });

  it("is used by keyboard alone", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins?sort=name:asc`);
    await untilNames(page, (names) => names.length === 12);
    await page.waitForTimeout(1500); // news that came meanwhile has been asked for
    await page.getByRole("grid").focus();
    for (const key of ["ArrowDown", "ArrowDown", " ", "ArrowDown", " "]) await page.keyboard.press(key);
    await page.getByText("2 selected").waitFor();
    await page.getByRole("main").getByRole("link", { name: "Compare" }).click();
    await page.getByRole("heading", { name: "Is B better?" }).waitFor();
    await page.goBack();
    await page.getByText("2 selected").waitFor();
    await page.getByRole("grid").focus();
    await page.keyboard.press("Enter"); // shows it beside the table
    const pane = page.getByRole("region", { name: "Experiment", exact: true });
    await pane.getByRole("heading", { name: "sex: forest" }).waitFor();
    await page.getByRole("grid").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/experiments\//);
    await page.getByRole("heading", { name: "sex: forest", level: 1 }).waitFor();
  });

  it("shows a new experiment of another process within two seconds, without a reload", async (context) => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store, { name: "the first" }));
    const { page, url } = await openDashboard(context, store);
    await page.goto(`${url}/projects/pets`);
    await untilNames(page, (names) => names.includes("the first"));
    await page.waitForTimeout(1500);
    const csv = join(store, "new.csv");
    await writeFile(csv, "sample_id,y_true,y_pred\n1,cat,cat\n2,dog,cat\n");
    const what = [
      "log",
      csv,
      "--kind",
      "classification",
      "--project",
      "pets",
      "--dataset-uri",
      "d",
      "--target-column",
      "t",
    ];
    const args = [
      join(projectRoot, "dist/cli.js"),
      ...what,
      "--model",
      "M",
      "--name",
      "the second",
      "--store",
      store,
    ];
    await new Promise((resolve) => spawn(process.execPath, args).on("close", resolve));
    const logged = Date.now();
    await untilNames(page, (names) => names.includes("the second"));
    expect(Date.now() - logged).toBeLessThan(2000);
  });
});

describe("the scoring table", () => {
  it("keeps test sets apart, marks the best by direction, and leads to the experiment", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins/scores`);
    await page.getByText("scores are comparable within a table, not between tables").waitFor();
    const species = page
      .getByRole("region", { name: /^Test set/ })
      .filter({ hasText: "species" })
      .first();
    const best = species.getByRole("row").filter({ has: page.getByRole("img", { name: "best" }) });
    expect(await best.first().getByRole("link").first().innerText()).toBe("species: neighbours");
    const row = (name: string) => species.getByRole("row").filter({ hasText: name });
    await row("species: logistic").getByText("tied with the best").waitFor();
    expect(await row("species: logistic").innerText()).toMatch(/^\s*1 =/);
    await row("species: beak length alone").getByText("worse than the best").waitFor();
    await species.getByText("By F1 (macro): 4 of 6 are not distinguishable from the best.").waitFor();
    await species.getByText("7 experiments were tried on the same samples").waitFor();
    const board = await leaderboard("penguins", { store: demo.folder, score: "f1_macro" });
    const { low, high } = board.rows.find(({ name }) => name === "species: logistic")!.interval!;
    await row("species: logistic")
      .getByRole("img", { name: `from ${low!.toFixed(4)} to ${high!.toFixed(4)}` })
      .first()
      .waitFor();
    await species.getByRole("button", { name: "Samples that other test sets share" }).click();
    await species.getByText(/samples are in both/).waitFor();
    await species.getByRole("link", { name: "species: logistic" }).click();
    const pane = page.getByRole("region", { name: "Experiment", exact: true });
    await pane.getByRole("heading", { name: "species: logistic" }).waitFor();
    await pane.getByRole("link", { name: "Whole page" }).click();
    await page.waitForURL(new RegExp(`/experiments/${idOf("species: logistic")}`));
    const scores = page.getByRole("region", { name: "Scores" });
    await scores
      .getByRole("row")
      .filter({ hasText: "F1 (macro)" })
      .getByText(`${low!.toFixed(4)} to ${high!.toFixed(4)}`)
      .waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("the experiment page", () => {
  it("goes to another experiment by its prediction id", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(`${url}/experiments/${idOf("sex: tree")}`);
    await page.getByRole("heading", { name: "sex: tree" }).waitFor();
    await page
      .getByRole("textbox", { name: "Prediction id" })
      .or(page.getByRole("combobox", { name: "Prediction id" }))
      .first()
      .click();
    await page.getByRole("option", { name: new RegExp(idOf("sex: forest")) }).click();
    await page.getByRole("heading", { name: "sex: forest" }).waitFor();
  });

  it("opens the samples behind a cell of the confusion matrix", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    const id = idOf("species: shallow tree");
    await page.goto(`${url}/experiments/${id}`);
    const cell = page.getByRole("button", { name: /^true Chinstrap, predicted Adelie/ });
    const count = Number((await cell.innerText()).trim());
    expect(count).toBeGreaterThan(0);
    await cell.click();
    await page.getByText("Only samples with true label Chinstrap, predicted as Adelie").waitFor();
    const rows = page.getByRole("region", { name: /^Samples/ }).getByRole("row");
    await expect.poll(() => rows.count()).toBe(count + 1);
    expect(complaints).toEqual([]);
  });

  it("recomputes the confusion matrix exactly for another threshold", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    const id = idOf("sex: logistic");
    const { predictions } = await readExperiment(id, { store: demo.folder });
    const values = (name: string) => {
      const column = predictions.columns.find((one) => one.name === name)!;
      return "codes" in column
        ? Array.from(column.codes, (code) => column.dictionary[code])
        : Array.from(column.values as ArrayLike<unknown>);
    };
    const [truth, scores] = [values("y_true"), values("y_score") as number[]];
    const positive = demo.logged.get("sex: logistic")!.positiveLabel;
    for (const threshold of [0.2, 0.5, 0.83]) {
      await page.goto(`${url}/experiments/${id}?threshold=${threshold}`);
      const truePositives = truth.filter((label, i) => label === positive && scores[i]! >= threshold).length;
      const falsePositives = truth.filter((label, i) => label !== positive && scores[i]! >= threshold).length;
      await expect.poll(() => page.getByTestId("true-positives").innerText()).toBe(String(truePositives));
      expect(await page.getByTestId("false-positives").innerText()).toBe(String(falsePositives));
    }
    const before = await page.getByTestId("true-positives").innerText();
    await page.getByRole("slider", { name: "Threshold" }).focus();
    for (let i = 0; i < 40; i++) await page.keyboard.press("ArrowLeft");
    await expect.poll(() => page.getByTestId("true-positives").innerText()).not.toBe(before);
    await expect.poll(() => Number(new URL(page.url()).searchParams.get("threshold"))).toBeLessThan(0.83);
  });

  it("says on which slices the model is worse, and shows their samples with their features", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(`${url}/experiments/${idOf("species: beak length alone")}`);
    const section = page.getByRole("region", { name: "Slices", exact: true }).first();
    await section
      .getByText(
        "On the 22 samples with flipper_length_mm > 215 and sex = MALE the model is wrong 64 % of the time, elsewhere 22 %.",
      )
      .waitFor();
    await section.getByRole("button", { name: "Show these samples" }).click();
    const samples = page.locator("#samples-section");
    await samples.getByText("Only samples with flipper_length_mm > 215 and sex = MALE").waitFor();
    await expect.poll(() => samples.getByRole("row").count()).toBe(23);
    await samples.getByRole("columnheader", { name: "body_mass_g" }).waitFor();
    expect(await barriersOf(page, "#samples-section")).toEqual([]);
    await samples.getByRole("button", { name: "Show all samples" }).click();
    await samples.getByText("167", { exact: true }).waitFor();

    await section.getByLabel("Look at").click();
    await page.getByRole("option", { name: "By sex" }).click();
    const rows = section.getByRole("row");
    await expect.poll(() => rows.count()).toBe(3);
    expect(page.url()).toContain("by=sex");
    await section.getByRole("button", { name: "sex = FEMALE" }).click();
    await samples.getByText("Only samples with sex = FEMALE").waitFor();
    // A pasted link shows the same.
    await page.reload();
    await samples.getByText("Only samples with sex = FEMALE").waitFor();
    await expect.poll(() => rows.count()).toBe(3);
    expect(await barriersOf(page, "[aria-labelledby=slices]")).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("says how to log features where there are none, and slices by true label nonetheless", async (context) => {
    const store = await temporaryFolder();
    const { predictionId } = await logExperiment(smallClassification(store));
    const { page, url } = await openDashboard(context, store);
    await page.goto(`${url}/experiments/${predictionId}`);
    await page.getByText("No features were logged with this experiment").waitFor();
    await page.getByRole("button", { name: "y_true = dog" }).click();
    await page.getByText("Only samples with y_true = dog").waitFor();
  });

  it("draws every plot, says it in words, and gives it away as PNG, SVG and CSV", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(`${url}/experiments/${idOf("species: neighbours")}`);
    const classification = [
      "Confusion matrix",
      "By class",
      "Threshold",
      "ROC curve",
      "Precision-recall curve",
      "Calibration",
      "Scores by class",
      "Gain curve",
    ];
    for (const title of classification)
      await page.getByRole("heading", { name: new RegExp(`^${title}`) }).waitFor();
    await page.getByText(/The area under the curve for Adelie is/).waitFor({ state: "attached" });
    await expect.poll(() => page.locator("canvas").count()).toBeGreaterThanOrEqual(6);

    await page.goto(`${url}/experiments/${idOf("small forest")}`);
    const regression = [
      "Predicted against actual",
      "Errors against predicted",
      "Histogram of errors",
      "Normal Q-Q of errors",
      "Error by actual value",
      "Worst samples",
    ];
    for (const title of regression) await page.getByRole("heading", { name: title }).waitFor();
    await expect.poll(() => page.locator("canvas").count()).toBe(5);

    const take = async (item: string) => {
      await page.getByRole("button", { name: "Save Histogram of errors" }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name: item }).click(),
      ]);
      return readFile(await download.path());
    };
    expect((await take("Picture (PNG)")).subarray(1, 4).toString()).toBe("PNG");
    expect((await take("Picture (SVG)")).toString()).toMatch(/^<svg/);
    const lines = (await take("Data (CSV)")).toString().trim().split("\n");
    expect(lines[0]).toBe("from,to,samples");
    const counted = lines.slice(1).reduce((sum, line) => sum + Number(line.split(",")[2]), 0);
    expect(counted).toBe(196);
    expect(complaints).toEqual([]);
  });
});

describe("what is not there, or broken", () => {
  it("has a page or a banner that says what to do", async (context) => {
    const store = await temporaryFolder();
    const { page, url } = await openDashboard(context, store);
    await page.goto(url);
    await page.getByText("Nothing has been logged into").waitFor();
    await page.getByText(`store="${store}"`).waitFor();
    await page.getByRole("tab", { name: "To look around" }).click();
    await page.getByText(`ml-tracking demo --store ${store}`).waitFor();

    const logged = await logExperiment(smallRegression(store));
    await page.getByRole("link", { name: "houses" }).waitFor(); // by itself
    await page.goto(`${url}/projects/nowhere`);
    await page.getByRole("alert").filter({ hasText: "unknown project" }).first().waitFor();
    await page.goto(`${url}/experiments/000000000000`);
    await page.getByRole("alert").filter({ hasText: "unknown experiment" }).waitFor();
    await page.goto(`${url}/no/such/page`);
    await page.getByText("Page not found").waitFor();

    await appendFile(join(store, logged.paths.trackingLog!), "torn in the mid");
    await page.goto(url);
    await page.getByText("1 line of the tracking logs is not an experiment").waitFor();
    await truncate(join(store, logged.paths.predictions), 300);
    await page.goto(`${url}/experiments/${logged.predictionId}`);
    await page.getByText("This plot cannot be drawn").first().waitFor();
    await page.getByRole("heading", { name: "Scores" }).waitFor();
  });
});
