import type { Page } from "playwright-core";
import { expect, it, onTestFinished, type TestContext } from "vitest";

import type { ExperimentInput } from "../../src/experiment/input/experiment-input.js";
import { addedScores, addScore } from "../../src/jobs/added-scores.js";
import { addedIntervals, compareExperiments } from "../../src/jobs/compare-experiments.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { serve } from "../../src/server/serve.js";
import { openStore } from "../../src/store/open-store.js";
import { showInterval } from "../../web/src/components/show-cell.js";
import { barriersOf } from "../support/axe.js";
import { smallClassification } from "../support/experiments.js";
import { openDashboard } from "../support/open-dashboard.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const definition = "sklearn:zero_one_loss";

async function pets() {
  const store = await temporaryFolder();
  await logExperiment(smallClassification(store, { name: "good" }));
  await logExperiment(smallClassification(store, { name: "bad", yPred: ["dog", "cat", "dog", "dog"] }));
  return store;
}

async function open(context: Pick<TestContext, "skip">, width = 1400) {
  const store = await pets();
  const dashboard = await openDashboard(context, store, { width });
  await dashboard.page.goto(`${dashboard.url}/projects/pets`);
  await dashboard.page.getByRole("grid").getByRole("link", { name: "good" }).waitFor();
  return { ...dashboard, store };
}

const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Scores of this project" });

it.for([1400, 400])("is found, tried, added and removed beside the table, %i px", async (width, context) => {
  const { page, store, complaints } = await open(context, width);
  await page.getByRole("button", { name: "Add a score" }).click();
  const dialog = dialogOf(page);
  await dialog.getByText("None yet.").waitFor();
  await dialog.getByRole("button", { name: "Add a score" }).click();
  await dialog.getByLabel("Definition", { exact: true }).fill("zero one scikit");
  const found = dialog.getByRole("group", { name: "Definitions" }).getByRole("button");
  await expect.poll(() => found.first().innerText(), { timeout: 30_000 }).toContain("zero_one_loss");
  await found.first().click();
  await dialog.getByText("0.7500 for the newest experiment, bad").waitFor();
  expect(await addedScores("pets", { store })).toEqual([]);
  await dialog.getByRole("textbox", { name: "Name" }).fill("accuracy");
  await dialog.getByText("accuracy is a score of every project; choose another name").waitFor();
  await dialog.getByRole("textbox", { name: "Name" }).fill("wrong");
  await dialog.getByText("0.7500 for the newest experiment, bad").waitFor();
  expect(await barriersOf(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Add for everybody" }).click();
  await dialog.getByText("wrong ↓").waitFor();
  expect(await addedScores("pets", { store })).toMatchObject([{ name: "wrong", definition }]);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Added scores: 1" }).waitFor();
  if (width > 1000) {
    const head = page.getByRole("columnheader", { name: "added.wrong" });
    await expect
      .poll(() => page.getByRole("grid").getByRole("gridcell", { name: "0.7500" }).count(), {
        timeout: 30_000,
      })
      .toBe(2); // beside the accuracy of the other one
    await head.getByRole("button").first().click();
    await expect.poll(() => head.getAttribute("aria-sort")).toBe("ascending");
    expect(await head.getByRole("button").first().getAttribute("title")).toContain(definition);
  }
  await page.getByRole("button", { name: "Added scores: 1" }).click();
  await dialog.getByRole("button", { name: "Remove the score wrong" }).click();
  const asked = dialog.getByRole("group", { name: "Remove wrong for everybody?" });
  expect(await barriersOf(page)).toEqual([]);
  await asked.getByRole("button", { name: "Keep" }).click();
  await expect.poll(() => asked.count()).toBe(0);
  expect(await addedScores("pets", { store })).toMatchObject([{ name: "wrong" }]);
  await dialog.getByRole("button", { name: "Remove the score wrong" }).click();
  await asked.getByRole("button", { name: "Remove" }).click();
  await dialog.getByText("None yet.").waitFor();
  await expect.poll(() => page.getByRole("columnheader", { name: "added.wrong" }).count()).toBe(0);
  expect(complaints.filter((text) => !text.includes("400"))).toEqual([]);
});

it("may be an expression, whose value is shown before it has a name, and which name is free", async (context) => {
  const { page, store, complaints } = await open(context);
  await addScore("pets", { name: "wrong", definition }, { store });
  await page.getByRole("button", { name: "Added scores: 1" }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("button", { name: "Add a score" }).click();
  await dialog.getByText("An expression").click();
  const expression = dialog.getByRole("textbox", { name: "Expression" });
  const add = dialog.getByRole("button", { name: "Add for everybody" });
  await expression.fill("mean(log(age), y_pred = 'dog')");
  await dialog.getByRole("note").getByText("No value for bad: ").waitFor();
  const height = async () => (await expression.boundingBox())!.height;
  const before = await height();
  await expression.fill('3 *\n  mean(if(y_true = "dog"\n    and y_pred = "cat",\n  1, 0))');
  await dialog.getByText("0.7500 for the newest experiment, bad").waitFor();
  expect(await height()).toBeGreaterThan(before);

  const name = dialog.getByRole("textbox", { name: "Name" });
  await name.fill("cost");
  expect(await add.isDisabled()).toBe(true);
  await dialog.getByLabel("Better is").selectOption("lower");
  await expect.poll(() => add.isEnabled()).toBe(true);
  await name.fill("wrong");
  await dialog
    .getByText("wrong is a score of this project already: remove it first, or choose another name")
    .waitFor();
  expect(await add.isDisabled()).toBe(true);
  await dialog.getByText("0.7500 for the newest experiment, bad").waitFor();
  expect(await barriersOf(page)).toEqual([]);
  await name.fill("cost");
  await add.click();
  await dialog.getByText("cost ↓").waitFor();
  expect(await addedScores("pets", { store })).toMatchObject([
    { name: "cost", direction: "lower", kind: "classification" },
    { name: "wrong" },
  ]);
  expect(complaints).toEqual([]);
});

/** Three animals of ten are mistaken, in another place each time. */
function manyPets(store: string, offset: number, changes: Partial<ExperimentInput> = {}) {
  const samples = Array.from({ length: 120 }, (_, i) => i);
  const yTrue = samples.map((i) => (i % 2 === 0 ? "cat" : "dog"));
  return logExperiment(
    smallClassification(store, {
      yTrue,
      yPred: yTrue.map((label, i) => ((i * 7 + offset) % 10 < 3 ? (label === "cat" ? "dog" : "cat") : label)),
      parameters: {
        datasetUri: "data/pets.csv",
        targetColumn: "species",
        testSet: samples,
        model: { name: "Forest", parameters: {} },
      },
      sampleFeatures: { region: samples.map((i) => (i % 3 === 0 ? "north" : "south")) },
      ...changes,
    }),
  );
}

const lost = 'mean(if(y_true = "dog" and y_pred = "cat", 50, 0))';
const unknown = "mean(log(age), y_pred = y_true)";

it("of two experiments stands under their scores, judged; with the reason where neither has it", async (context) => {
  const store = await temporaryFolder();
  const { predictionId: a } = await manyPets(store, 0);
  const { predictionId: b } = await manyPets(store, 5);
  const { page, url, complaints } = await openDashboard(context, store);
  await page.goto(`${url}/compare?id=${a}&id=${b}`);
  await page.getByRole("region", { name: "Scores", exact: true }).waitFor();
  expect(await page.getByRole("heading", { name: "Scores of this project" }).count()).toBe(0);

  await addScore("pets", { name: "lost", expression: lost, direction: "lower" }, { store });
  await addScore("pets", { name: "unknown", expression: unknown, direction: "higher" }, { store });
  const { added } = await compareExperiments(a, b, { store });
  await page.reload();
  const section = page.getByRole("region", { name: "Scores of this project", exact: true });
  const row = (name: string) => section.getByRole("row", { name: new RegExp(`^${name}`) });
  const [ofLost, ofUnknown] = added;
  const text = await row("lost").innerText();
  for (const value of [ofLost!.a!, ofLost!.b!, ofLost!.p!]) expect(text).toContain(value.toFixed(3));
  expect(text).toContain(ofLost!.method);
  expect(await row("lost").getByRole("img").getAttribute("aria-label")).toMatch(/^from .+ to .+/);
  expect(await row("unknown").innerText()).toContain(ofUnknown!.reason);
  expect(await row("unknown").getByText("–", { exact: true }).count()).toBe(5);
  expect(await barriersOf(page, "[aria-labelledby=added-differences]")).toEqual([]);

  await page.goto(`${url}/projects/pets/scores`);
  const whole = await page.getByRole("link", { name: "Whole page" }).getAttribute("href");
  const shown = whole!.includes(a) ? a : b;
  const interval = (await addedIntervals(shown, { store })).find(({ score }) => score === "lost");
  const scores = page.getByRole("table", { name: "Scores" }).last();
  await expect
    .poll(() => scores.getByRole("row", { name: "lost" }).innerText(), { timeout: 30_000 })
    .toContain(showInterval(interval)!);
  expect(complaints).toEqual([]);
});

it("says of weighted samples what counts them, why there is no value, and which slices there are", async (context) => {
  const store = await temporaryFolder();
  const { predictionId: id } = await manyPets(store, 0, {
    sampleWeight: Array.from({ length: 120 }, (_, i) => (i % 4 === 0 ? 3 : 1)),
  });
  await addScore("pets", { name: "lost", expression: lost, direction: "lower" }, { store });
  await addScore("pets", { name: "wrong", definition }, { store });
  const { page, url, complaints } = await openDashboard(context, store);
  const refused: string[] = [];
  page.on("response", (answer) => {
    if (answer.status() >= 400 && answer.url().includes("/slices")) refused.push(answer.url());
  });
  await page.goto(`${url}/experiments/${id}`);
  const section = page.getByRole("region", { name: "Scores of this project" });
  await section.getByText("Without weights, but for expressions that say sample_weight.").waitFor();
  await section
    .getByRole("row", { name: "wrong" })
    .getByText("computed without weights", { exact: false })
    .waitFor();

  const slices = page.getByRole("region", { name: "Slices", exact: true });
  await slices.getByText("The samples are weighted").waitFor();
  await slices.getByLabel("Look at").click();
  await page.getByRole("option", { name: "By region" }).click();
  await slices.getByRole("button", { name: "region = north" }).waitFor();
  expect(await slices.getByText("The samples are weighted").count()).toBe(0);
  expect(await barriersOf(page, "[aria-labelledby=added-scores]")).toEqual([]);
  expect(refused).toEqual([]);
  expect(complaints).toEqual([]);
});

it("stands beside the scores in the model scoring table, the pane and the experiment's page", async (context) => {
  const { page, url, store, complaints } = await open(context);
  await addScore("pets", { name: "wrong", definition }, { store });
  await page.goto(`${url}/projects/pets/scores`);
  const table = page.getByRole("table").first();
  await table.getByRole("columnheader", { name: "wrong ↓" }).waitFor();
  await expect.poll(() => table.getByText("0.7500").count(), { timeout: 30_000 }).toBeGreaterThan(0);
  const scores = page.getByRole("table", { name: "Scores" }).last();
  await expect
    .poll(() => scores.getByRole("row", { name: "wrong" }).innerText(), { timeout: 30_000 })
    .toContain("0.2500");
  const whole = await page.getByRole("link", { name: "Whole page" }).getAttribute("href");
  await page.goto(new URL(whole!, page.url()).href);
  const section = page.getByRole("region", { name: "Scores of this project" });
  await expect.poll(() => section.innerText(), { timeout: 30_000 }).toMatch(/wrong ↓\s+0\.2500/);
  expect(complaints).toEqual([]);
});

it("has a name that opens what other programs call so, without any address outside", async (context) => {
  const { page, complaints } = await open(context);
  await page.getByRole("link", { name: "Whole page" }).click();
  await page
    .getByRole("region", { name: "All scores" })
    .getByRole("button", { name: "Accuracy ↑", exact: true })
    .click();
  const dialog = page.getByRole("dialog", { name: "Accuracy: other programs' numbers of this name" });
  await dialog.getByText("The same number as ours: scikit-learn accuracy_score(y_true, y_pred)").waitFor();
  await dialog.getByText("y 0 1, p 0 1: 2.0000, ours 1.0000.").first().waitFor();
  expect(await barriersOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

it("is only read where the server only reads", async (context) => {
  const store = await pets();
  await addScore("pets", { name: "wrong", definition }, { store });
  const server = await serve({
    store: openStore(store),
    cacheFolder: await temporaryFolder(),
    readOnly: true,
  });
  onTestFinished(() => server.close());
  const { page } = await openDashboard(context, { dashboard: async () => server.url });
  await page.goto(`${server.url}projects/pets`);
  await page.getByRole("button", { name: "Added scores: 1" }).click();
  await dialogOf(page).getByText(definition).waitFor();
  expect(
    await dialogOf(page)
      .getByRole("button", { name: /Add|Remove/ })
      .count(),
  ).toBe(0);
});
