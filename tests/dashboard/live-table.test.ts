import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { smallClassification } from "../support/experiments.js";
import { openDashboard } from "../support/open-dashboard.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const paneOf = (page: Page) => page.getByRole("region", { name: "Experiment", exact: true });
const linkTo = (page: Page, name: string) => page.getByRole("grid").getByRole("link", { name, exact: true });

/** Logs an experiment, right in 0 to 4 of its samples, and says its prediction id. */
async function log(store: string, name: string, right: number): Promise<string> {
  const yTrue = ["cat", "dog", "cat", "dog"];
  const yPred = yTrue.map((label, i) => (i < right ? label : label === "cat" ? "dog" : "cat"));
  return (await logExperiment(smallClassification(store, { name, yTrue, yPred }))).predictionId;
}

describe("a table while experiments come and go", () => {
  it("shows the experiment that was pressed, though its row moves before the button is released", async (context) => {
    const store = await temporaryFolder();
    await log(store, "best", 4);
    await log(store, "first", 3);
    await log(store, "second", 2);
    const { page, url } = await openDashboard(context, store);
    await page.goto(`${url}/projects/pets`);
    await paneOf(page).getByRole("heading", { name: "best" }).waitFor();
    await linkTo(page, "first").hover();
    const at = (await linkTo(page, "first").boundingBox())!.y;
    await page.mouse.down();
    await log(store, "third", 1); // the latest is first: all others go down by a row
    await linkTo(page, "third").waitFor();
    expect((await linkTo(page, "first").boundingBox())!.y).toBeGreaterThan(at);
    await page.mouse.up();
    await paneOf(page).getByRole("heading", { name: "first" }).waitFor();
    expect(await page.getByRole("row", { name: /first/ }).getAttribute("aria-current")).toBe("true");
  });

  it("keeps showing what is chosen while the server deletes or restores another", async (context) => {
    const store = await temporaryFolder();
    await log(store, "best", 4);
    const deleted = await log(store, "deleted", 3);
    await log(store, "chosen", 2);
    const { page, url } = await openDashboard(context, store);
    const pane = paneOf(page);
    const shown = () => new URL(page.url()).searchParams.get("show");
    // Each answer is held back until the test lets it go.
    let letGo = () => {};
    await page.route("**/api/annotations", async (route) => {
      const response = await route.fetch();
      await new Promise<void>((resolve) => (letGo = resolve));
      await route.fulfill({ response });
    });
    const answered = () => page.waitForResponse("**/api/annotations");

    await page.goto(`${url}/projects/pets?show=${deleted}`);
    await pane.getByRole("heading", { name: "deleted" }).waitFor();
    const deletion = answered();
    await pane.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await linkTo(page, "deleted").waitFor({ state: "detached" });
    await linkTo(page, "chosen").click();
    await pane.getByRole("heading", { name: "chosen" }).waitFor();
    const chosen = shown();
    letGo();
    await deletion;
    const undo = page.getByRole("status").getByRole("button", { name: "Undo" });
    await undo.waitFor();
    expect(shown()).toBe(chosen);

    const restoring = answered();
    await undo.click();
    await linkTo(page, "deleted").waitFor();
    letGo();
    await restoring;
    await linkTo(page, "best").click();
    await pane.getByRole("heading", { name: "best" }).waitFor();
    await page.goBack();
    await pane.getByRole("heading", { name: "chosen" }).waitFor();
    expect(shown()).toBe(chosen);
  });
});
