import type { Page } from "playwright-core";
import { expect, it, onTestFinished, type TestContext } from "vitest";

import { addedScores, addScore } from "../../src/jobs/added-scores.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { serve } from "../../src/server/serve.js";
import { openStore } from "../../src/store/open-store.js";
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
  await dialog.getByText("None yet.").waitFor();
  await expect.poll(() => page.getByRole("columnheader", { name: "added.wrong" }).count()).toBe(0);
  expect(complaints.filter((text) => !text.includes("400"))).toEqual([]);
});

it("stands beside the scores in the model scoring table, the pane and the experiment's page", async (context) => {
  const { page, url, store, complaints } = await open(context);
  await addScore("pets", { name: "wrong", definition }, { store });
  await page.goto(`${url}/projects/pets/scores`);
  const table = page.getByRole("table").first();
  await table.getByRole("columnheader", { name: "wrong ↓" }).waitFor();
  await expect.poll(() => table.getByText("0.7500").count(), { timeout: 30_000 }).toBeGreaterThan(0);
  const scores = page.getByRole("table", { name: "Scores" }).last();
  await expect.poll(() => scores.getByRole("row", { name: "wrong" }).innerText()).toContain("0.2500");
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
