import type { Page } from "playwright-core";
import { describe, expect, it, type TestContext } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { barriersOf } from "../support/axe.js";
import { smallClassification } from "../support/experiments.js";
import { openDashboard } from "../support/open-dashboard.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const paneOf = (page: Page) => page.getByRole("region", { name: "Experiment", exact: true });
const namesIn = (page: Page) => page.getByRole("grid").getByRole("link").allInnerTexts();
const untilNames = (page: Page, names: readonly string[]) =>
  expect.poll(async () => (await namesIn(page)).toSorted(), { timeout: 30_000 }).toEqual(names.toSorted());
/** Three experiments, the first of which is the best. */
async function openPets(context: Pick<TestContext, "skip">) {
  const store = await temporaryFolder();
  await logExperiment(smallClassification(store, { name: "good", yPred: ["cat", "dog", "cat", "cat"] }));
  await logExperiment(smallClassification(store, { name: "bad", yPred: ["cat", "cat", "cat", "cat"] }));
  await logExperiment(smallClassification(store, { name: "ugly", yPred: ["dog", "cat", "dog", "cat"] }));
  const dashboard = await openDashboard(context, store);
  await dashboard.page.goto(`${dashboard.url}/projects/pets`);
  await untilNames(dashboard.page, ["good", "bad", "ugly"]);
  return dashboard;
}

describe("what is said of an experiment in the pane", () => {
  it("is its name, star and tags, seen and found in the table at once", async (context) => {
    const { page, complaints } = await openPets(context);
    const pane = paneOf(page);
    await page.getByRole("grid").getByRole("link", { name: "bad" }).click();
    await pane.getByRole("heading", { name: "bad" }).waitFor();
    await pane.getByRole("button", { name: "Rename" }).click();
    await pane.getByRole("textbox", { name: "Name", exact: true }).fill("not so bad");
    await page.keyboard.press("Enter");
    await untilNames(page, ["good", "not so bad", "ugly"]);
    await pane.getByRole("heading", { name: "not so bad" }).waitFor();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await untilNames(page, ["good", "bad", "ugly"]);

    await pane.getByRole("button", { name: "Star", pressed: false }).click();
    await pane.getByRole("button", { name: "Star", pressed: true }).waitFor();
    await pane
      .getByRole("textbox", { name: "Tags" })
      .or(pane.getByRole("combobox", { name: "Tags" }))
      .first()
      .fill("baseline");
    await page.keyboard.press("Enter");
    await page.getByLabel("Filter", { exact: true }).fill("baseline");
    await page.keyboard.press("Enter");
    await untilNames(page, ["bad"]);
    await page.getByLabel("Filter", { exact: true }).fill("starred = true AND tags = baseline");
    await page.keyboard.press("Enter");
    await untilNames(page, ["bad"]);
    expect(await barriersOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("is a note in Markdown, which runs nothing and fetches nothing", async (context) => {
    const { page, complaints } = await openPets(context);
    const pane = paneOf(page);
    await pane.getByRole("heading", { name: "good" }).waitFor();
    await pane.getByRole("button", { name: "Write one" }).click();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const note = [
      "**Bold** and [a link](https://example.org/paper)",
      "[bad](javascript:window.hacked=1) ![picture](http://elsewhere.example/x.png)",
      '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>',
      "<iframe src='http://elsewhere.example'></iframe>",
    ].join("\n\n");
    await pane.getByRole("textbox", { name: "Note" }).fill(note);
    await pane.getByRole("button", { name: "Save the note" }).click();
    await pane.locator("strong", { hasText: "Bold" }).waitFor();
    expect(await pane.getByRole("link", { name: "a link" }).getAttribute("rel")).toContain("noopener");
    await pane.getByText("bad", { exact: true }).click();
    expect(await pane.getByRole("link", { name: "bad" }).count()).toBe(0);
    expect(await pane.locator("img, iframe, script").count()).toBe(0);
    expect(asked.filter((address) => address.includes("elsewhere"))).toEqual([]);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    await page.reload();
    await pane.locator("strong", { hasText: "Bold" }).waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("numbers and times", () => {
  it("are written in the same way whatever the reader's language is", async (context) => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store, { name: "good", yPred: ["cat", "dog", "cat", "cat"] }));
    const { page, url } = await openDashboard(context, store, { locale: "de-DE" });
    await page.goto(`${url}/projects/pets`);
    const pane = paneOf(page);
    expect(await pane.getByTestId("primary-score").innerText()).toBe("0.7333");
    await page.getByRole("gridcell", { name: "0.7500" }).first().waitFor();
    await pane.getByText("0.2423 to 0.9875").first().waitFor();
  });
});

describe("what is deleted", () => {
  it("is gone from the table and comes back by Undo, or from the trash, until that is emptied", async (context) => {
    const { page, complaints } = await openPets(context);
    const pane = paneOf(page);
    const remove = async () => {
      await pane.getByRole("heading", { name: "good" }).waitFor();
      await pane.getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await untilNames(page, ["bad", "ugly"]);
      await pane.getByRole("heading", { name: "bad" }).waitFor(); // now the best
    };
    await remove();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await untilNames(page, ["good", "bad", "ugly"]);
    // One that was chosen is shown again, also where it is not the best.
    await page.getByRole("grid").getByRole("link", { name: "ugly" }).click();
    await pane.getByRole("heading", { name: "ugly" }).waitFor();
    await pane.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await pane.getByRole("heading", { name: "good" }).waitFor();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await pane.getByRole("heading", { name: "ugly" }).waitFor();
    await page.getByRole("grid").getByRole("link", { name: "good" }).click();
    await remove();
    await page.getByRole("link", { name: "Trash" }).click();
    await page.getByRole("button", { name: "Restore good" }).click();
    await page.getByText("The trash is empty").waitFor();
    await page.goBack();
    await untilNames(page, ["good", "bad", "ugly"]);
    await remove();
    await page.getByRole("link", { name: "Trash" }).click();
    await page.getByRole("button", { name: "Empty the trash" }).click();
    await page.getByText(/1 experiment with .* of predictions will be removed/).waitFor();
    await page.getByRole("button", { name: "Remove for good" }).click();
    await page.getByText("The trash is empty").waitFor();
    await page.goBack();
    await untilNames(page, ["bad", "ugly"]);
    expect(complaints).toEqual([]);
  });

  it("is tagged, archived and deleted in numbers, by the boxes of the table", async (context) => {
    const { page, url } = await openPets(context);
    const select = async (...names: string[]) => {
      for (const name of names) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
    };
    await select("bad", "ugly");
    await page.getByRole("main").getByRole("button", { name: "Tag", exact: true }).click();
    await page.getByLabel("Tag for all that are selected").fill("poor");
    await page.keyboard.press("Enter");
    await page.getByText("Tagged poor").waitFor();
    await page.getByRole("main").getByRole("button", { name: "Archive" }).click();
    await untilNames(page, ["good"]);
    await page.goto(`${url}/projects/pets?filter=archived+%3D+true+AND+poor`);
    await untilNames(page, ["bad", "ugly"]);
    await select("ugly");
    await page.getByRole("main").getByRole("button", { name: "Delete" }).click();
    await untilNames(page, ["bad"]);
  });
});

describe("a view", () => {
  it("keeps a table's state for everybody, opens the project where it is the default, and is removed", async (context) => {
    const { page, url, complaints } = await openPets(context);
    await page.getByLabel("Filter", { exact: true }).fill("name != ugly");
    await page.keyboard.press("Enter");
    await untilNames(page, ["good", "bad"]);
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByLabel("Name of the view").fill("the pretty ones");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Make default" }).click();
    await page.getByText("default", { exact: true }).waitFor();
    await page.keyboard.press("Escape");

    const other = await page.context().browser()!.newContext();
    const colleague = await other.newPage();
    await colleague.goto(`${url}/projects/pets`);
    await untilNames(colleague, ["good", "bad"]);
    expect(new URL(colleague.url()).searchParams.get("view")).toBe("the pretty ones");
    await colleague.goto(`${url}/projects/pets?sort=name:asc`);
    await untilNames(colleague, ["good", "bad", "ugly"]);
    await colleague.keyboard.press("Control+k");
    await colleague.keyboard.type("pretty");
    await colleague.getByRole("option", { name: /^the pretty ones/ }).click();
    await untilNames(colleague, ["good", "bad"]);
    await colleague.getByRole("button", { name: "View: the pretty ones" }).click();
    await colleague.getByRole("button", { name: "Remove the view the pretty ones" }).click();
    await colleague.getByText("None yet.").waitFor();
    await page.goto(`${url}/projects/pets`);
    await untilNames(page, ["good", "bad", "ugly"]);
    expect(complaints).toEqual([]);
  });
});

describe("the primary score of a project", () => {
  it("is set for everybody from the scoring table", async (context) => {
    const { page, url } = await openPets(context);
    await page.goto(`${url}/projects/pets/scores?rank=accuracy`);
    await page.getByRole("button", { name: "Make it the primary score" }).click();
    await page.getByText("pets is ranked by Accuracy from now on").waitFor();
    await page.getByText("the primary score", { exact: true }).waitFor();
    await paneOf(page).getByText("Accuracy, the primary score").waitFor();
    await page.goto(`${url}/projects/pets`);
    await page
      .getByRole("columnheader", { name: /^accuracy/ })
      .and(page.locator("[aria-colindex='2']"))
      .waitFor();
  });
});
