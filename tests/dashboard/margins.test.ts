import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { compareExperiments } from "../../src/jobs/compare-experiments.js";
import { leaderboard } from "../../src/jobs/leaderboard.js";
import { barriersOf } from "../support/axe.js";
import { mlTracking } from "../support/built-package.js";
import { openDashboard } from "../support/open-dashboard.js";
import { type DemoStore, demoStore } from "./demo-store.js";

let demo: DemoStore;
beforeAll(async () => {
  demo = await demoStore();
});
afterAll(() => demo.remove());

const idOf = (name: string) => demo.logged.get(name)!.predictionId;

/** What is asked of two experiments, and what the answer has to be. */
const cases = [
  ["weight alone", "small forest", "mean_absolute_error", 0.1, "better", "superior"],
  ["small forest", "weight alone", "mean_absolute_error", 0.1, "worse", "inferior"],
  ["species: neighbours", "species: logistic", "accuracy", 0.1, "no evidence", "equivalent"],
  [
    "species: beak length alone",
    "species: neighbours, not scaled",
    "accuracy",
    0.005,
    "no evidence",
    "inconclusive",
  ],
  ["small forest", "deep tree", "max_error", 2, "cannot be tested", "cannot be tested"],
  ["species: neighbours", "species: logistic", "accuracy", undefined, "no evidence", undefined],
] as const;

describe("a verdict and its margin", () => {
  it("are in the same words on the page, in the API, in the command and in code", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    for (const [nameA, nameB, score, margin, verdict, conclusion] of cases) {
      const [a, b] = [idOf(nameA), idOf(nameB)];
      const asked = { score, ...(margin === undefined ? {} : { margin }) };
      const comparison = await compareExperiments(a, b, { store: demo.folder, ...asked });
      expect([comparison.verdict, comparison.margin?.conclusion], nameA).toEqual([verdict, conclusion]);
      const said = [comparison.summary, ...(comparison.margin ? [comparison.margin.summary] : [])];
      said.push(`${comparison.effect}.`);
      const flags = Object.entries(asked).flatMap(([name, value]) => [`--${name}`, String(value)]);
      const command = await mlTracking(["compare", a, b, "--store", demo.folder, ...flags]);
      expect(command.out.split("\n")).toEqual(expect.arrayContaining(said));
      const query = new URLSearchParams({
        score,
        ...(margin === undefined ? {} : { margin: String(margin) }),
      }).toString();
      const answer = await page.request.get(`${url}/api/comparison?a=${a}&b=${b}&${query}`);
      expect(await answer.json()).toEqual(comparison);
      await page.goto(`${url}/compare?id=${a}&id=${b}&${query}`);
      const region = page.getByRole("region", { name: "Verdict" });
      for (const sentence of said) await region.getByText(sentence, { exact: true }).waitFor();
    }
    expect(complaints).toEqual([]);
  });

  it("follow the margin that is typed, which the address keeps until another score is chosen", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    const [a, b] = ["species: neighbours", "species: logistic"].map(idOf) as [string, string];
    await page.goto(`${url}/compare?id=${a}&id=${b}`);
    const field = page.getByRole("textbox", { name: "Margin" });
    await field.fill("a lot");
    await field.press("Enter");
    await page.getByText("A number from 0, in the score's unit").waitFor();
    expect(page.url()).not.toContain("margin");
    await field.fill("0.1");
    await field.press("Enter");
    await page.getByText(/^B is equivalent to A within 0\.1: at worst /).waitFor();
    expect(page.url()).toContain("margin=0.1");
    expect(await barriersOf(page, "[aria-label=Verdict]")).toEqual([]);
    await page.getByRole("combobox", { name: "Judged by" }).click();
    await page.getByRole("option", { name: "Log loss", exact: true }).click();
    await page.getByText(/log_loss is .* for A and/).waitFor();
    await expect.poll(() => page.url()).not.toContain("margin");
    expect(await field.inputValue()).toBe("");
    expect(complaints).toEqual([]);
  });
});

describe("the scoring table", () => {
  it("says of each experiment what the library does of the margin, and leads to that comparison", async (context) => {
    const { page, url, complaints } = await openDashboard(context, demo);
    await page.goto(`${url}/projects/penguins/scores?rank=accuracy`);
    const field = page.getByRole("textbox", { name: "Margin" });
    await field.fill("0.1");
    await field.press("Enter");
    const { rows } = await leaderboard("penguins", { store: demo.folder, score: "accuracy", margin: 0.1 });
    const words = { equivalent: "equivalent within 0.1", inferior: "inferior by 0.1" } as const;
    const conclusions = rows.flatMap(({ margin }) => margin?.conclusion ?? []);
    expect(new Set(conclusions)).toEqual(new Set(["equivalent", "inconclusive", "inferior"]));
    for (const [conclusion, text] of Object.entries(words)) {
      const { name, margin } = rows.find((each) => each.margin?.conclusion === conclusion)!;
      const row = page.getByRole("row").filter({ hasText: name! });
      await row.getByText(text, { exact: true }).hover();
      await page.getByRole("tooltip").getByText(margin!.summary).waitFor();
    }
    const { name } = rows.find(({ margin }) => margin?.conclusion === "inferior")!;
    await page
      .getByRole("row")
      .filter({ hasText: name! })
      .getByRole("link", { name: /^compare/ })
      .click();
    await page.getByText(/^B is worse than A by more than 0\.1: at best /).waitFor();
    expect(complaints).toEqual([]);
  });
});
