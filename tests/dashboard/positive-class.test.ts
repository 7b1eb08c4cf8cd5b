import { expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { smallClassification } from "../support/experiments.js";
import { openDashboard } from "../support/open-dashboard.js";
import { temporaryFolder } from "../support/temporary-folder.js";

it("names the positive class on every page that shows precision, recall or F1", async (context) => {
  const store = await temporaryFolder();
  const log = (name: string, changes: object) =>
    logExperiment(smallClassification(store, { name, positiveLabel: "dog", ...changes }));
  const first = await log("first", {});
  const second = await log("second", { yPred: ["cat", "dog", "dog", "dog"] });
  const { page, url, complaints } = await openDashboard(context, store);

  await page.goto(`${url}/experiments/${first.predictionId}`);
  await page.getByRole("region", { name: "All scores" }).getByText("Precision of dog").waitFor();
  await page.getByText("Precision, recall and F1 are about the positive class, dog.").waitFor();

  await page.goto(`${url}/projects/pets?column=name&column=f1&column=positive_label`);
  const note = "Precision, recall and F1 are about the positive class, dog.";
  await page.getByText(note).waitFor();
  await page.getByRole("gridcell", { name: "dog", exact: true }).first().waitFor();

  await page.goto(`${url}/projects/pets?group=model&value=f1`);
  await page.getByText(note).waitFor();

  await page.goto(`${url}/projects/pets/scores`);
  await page.getByText("F1 of dog").first().waitFor();

  await page.goto(`${url}/compare?id=${first.predictionId}&id=${second.predictionId}`);
  await page.getByRole("region", { name: "Scores", exact: true }).getByText("Recall of dog").waitFor();
  await page.getByRole("region", { name: "Side by side" }).getByText("F1 of dog").waitFor();

  // Of other classes they cannot be compared, and every page says so.
  await log("third", { positiveLabel: "cat" });
  await page.goto(`${url}/projects/pets/scores`);
  await page.getByText("about different positive classes here").waitFor();
  await page.getByText("positive class cat").waitFor();
  expect(complaints).toEqual([]);
});
