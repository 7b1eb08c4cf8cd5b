import { readFile } from "node:fs/promises";

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { compareExperiments } from "../../src/jobs/compare-experiments.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { report } from "../../src/jobs/report.js";
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
const address = (...names: string[]) => `/compare?${names.map((name) => `id=${idOf(name)}`).join("&")}`;
const samples = (page: Page) => page.getByRole("region", { name: /^Samples/ }).getByRole("row");

describe("the comparison of two classifications", () => {
  it("says the verdict in the words of the library, and leads from who is right to the samples and back", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(url + address("species: neighbours, not scaled", "species: neighbours"));
    const [a, b] = ["species: neighbours, not scaled", "species: neighbours"].map(idOf) as [string, string];
    const comparison = await compareExperiments(a, b, { store: demo.folder });
    const verdict = page.getByRole("region", { name: "Verdict" });
    await verdict.getByText("Is B better? Yes.").waitFor();
    await verdict.getByText(comparison.summary).waitFor();
    await verdict.getByText(comparison.effect).waitFor();
    const onlyB = comparison.agreement.only_b_right!;
    await page.getByRole("button", { name: `only B right ${onlyB}` }).click();
    await page.getByText("Only samples with only B right").waitFor();
    await expect.poll(() => samples(page).count()).toBe(Math.min(25, onlyB) + 1);
    expect(page.url()).toContain("agreement=only_b_right");

    // A cell of the difference matrix: its samples, as many as the experiment that has more of them.
    const cell = page.getByRole("button", { name: /^true Adelie, predicted Chinstrap: (\d+) samples by A/ });
    const [, inCell] = /: (\d+) samples by A/.exec((await cell.getAttribute("aria-label"))!)!;
    await cell.click();
    await page.getByText("Only samples with true label Adelie, A predicts Chinstrap").waitFor();
    await page.getByRole("region", { name: `Samples ${inCell}` }).waitFor();
    await page.goBack();
    await page.getByText("Only samples with only B right").waitFor();
    await page.getByRole("button", { name: "Show all samples" }).click();
    await page.getByRole("region", { name: `Samples ${comparison.n}` }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("is given away as one file, judged as it is shown", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    const names = ["species: neighbours, not scaled", "species: neighbours"] as const;
    await page.goto(`${url}${address(...names)}&score=accuracy&margin=0.01`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Report" }).click(),
    ]);
    const [a, b] = names.map(idOf) as [string, string];
    expect(download.suggestedFilename()).toBe(`report-${a}-${b}.html`);
    const options = { store: demo.folder, score: "accuracy", margin: 0.01 } as const;
    expect(await readFile(await download.path(), "utf8")).toBe((await report(a, b, options)).text);
  });

  it("is turned round by swapping, judged by another score, and the link shows the same", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(
      url + address("species: neighbours, not scaled", "species: neighbours", "species: forest"),
    );
    await page.getByRole("button", { name: "Swap A and B" }).click();
    await page.getByText("Is B better? No, it is worse.").waitFor();
    await page.getByRole("combobox", { name: "Judged by" }).click();
    await page.getByRole("option", { name: "Log loss", exact: true }).click();
    await page.getByText(/log_loss is .* for A and/).waitFor();
    const link = page.url();
    await page.goto("about:blank");
    await page.goto(link);
    await page.getByText(/log_loss is .* for A and/).waitFor();
    // Three experiments side by side, each with its intervals, and their curves.
    const table = page.getByRole("region", { name: "Side by side" });
    const row = table.getByRole("row").filter({ hasText: "F1 (macro)" });
    await expect.poll(async () => (await row.innerText()).match(/ to /g)?.length).toBe(3);
    await table.getByRole("rowheader", { name: "extra.scaler" }).waitFor();
    await page.getByRole("region", { name: "ROC curves" }).locator("canvas").waitFor();
    await page.getByRole("region", { name: "Calibration" }).locator("canvas").waitFor();
  });

  it("compares both slice by slice, by the column that is chosen", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(url + address("species: beak length alone", "species: neighbours"));
    const slices = page.getByRole("region", { name: "Slices", exact: true });
    const sentence = "On the 90 samples with sex = MALE, A is wrong 31 % of the time, B 0 %";
    await slices.getByText(sentence).waitFor();
    await slices.getByLabel("Look at").click();
    await page.getByRole("option", { name: "By true label or value" }).click();
    await slices.getByRole("rowheader", { name: "y_true = Gentoo" }).waitFor();
    expect(page.url()).toContain("by=y_true");
    await page.goBack();
    await slices.getByText(sentence).waitFor();
    expect(await barriersOf(page, "[aria-labelledby=pair-slices]")).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("refuses other test sets with the reason, and says where nothing was chosen", async (context) => {
    const { page, url } = await openDashboard(context, demo);
    await page.goto(url + address("species: forest", "sex: forest"));
    await page.getByRole("alert").getByText("different test sets").waitFor();
    await page.getByRole("button", { name: /^Compare on the \d+ samples they share$/ }).click();
    await page.getByRole("alert").getByText("true value").waitFor(); // species against sex: the ids mean something else
    await page.goto(`${url}/compare?id=${idOf("species: forest")}`);
    await page.getByText("Choose two experiments or more").waitFor();
    await page.goto(`${url}/compare?id=000000000000&id=${idOf("species: forest")}`);
    await page.getByRole("alert").getByText("unknown experiment").waitFor();
  });
});

describe("the comparison over different test sets", () => {
  it("offers the samples that both have, says how many, and compares on them; or says that there are none", async (context) => {
    const store = await temporaryFolder();
    const log = async (from: number) => {
      const testSet = Array.from({ length: 100 }, (_, i) => from + i);
      const parameters = { ...smallClassification(store).parameters, testSet };
      const yTrue = testSet.map((id) => (id % 2 ? "cat" : "dog"));
      const yPred = yTrue.map((label, i) => (i % 5 ? label : "cat"));
      return (await logExperiment(smallClassification(store, { yTrue, yPred, parameters }))).predictionId;
    };
    const [first, overlapping, apart] = [await log(0), await log(60), await log(500)];
    const { page, url } = await openDashboard(context, store);
    await page.goto(`${url}/compare?id=${first}&id=${overlapping}`);
    await page.getByRole("button", { name: "Compare on the 40 samples they share" }).click();
    await page.getByText("40 samples that both have, of 100 (A) and 100 (B).").waitFor();
    expect(page.url()).toContain("shared=true");
    await page.goto(`${url}/compare?id=${first}&id=${apart}`);
    await page.getByText("They have no sample in common.").waitFor();
  });
});

describe("the comparison of two regressions", () => {
  it("shows whose predictions are nearer, and leads to the samples", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(url + address("weight alone", "small forest"));
    await page.getByText("Is B better? Yes.").waitFor();
    const [a, b] = ["weight alone", "small forest"].map(idOf) as [string, string];
    const { agreement, n } = await compareExperiments(a, b, { store: demo.folder });
    await page.getByRole("region", { name: "Absolute errors of both" }).locator("canvas").waitFor();
    await page.getByRole("region", { name: "Error distributions" }).locator("canvas").waitFor();
    await page.getByRole("region", { name: `Samples ${n}` }).waitFor();
    await page.getByRole("button", { name: `A nearer ${agreement.a_nearer}` }).click();
    await page.getByRole("region", { name: `Samples ${agreement.a_nearer}` }).waitFor();
    expect(complaints).toEqual([]);
  });
});
