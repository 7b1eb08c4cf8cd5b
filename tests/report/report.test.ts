import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { compareExperiments } from "../../src/jobs/compare-experiments.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { report } from "../../src/jobs/report.js";
import { type DemoStore, demoStore } from "../dashboard/demo-store.js";
import { openChromium } from "../support/chromium.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { hostileNames, hostilePair } from "./report-pair.js";

let demo: DemoStore;
beforeAll(async () => {
  demo = await demoStore();
});
afterAll(() => demo.remove());

const idOf = (name: string) => demo.logged.get(name)!.predictionId;
const pairs = [
  ["species: neighbours, not scaled", "species: neighbours"],
  ["sex: logistic", "sex: forest"],
  ["forest of medians", "small forest"],
] as const;

/** The cells of the table that follows a heading of a Markdown report. */
function tableAfter(markdown: string, heading: string): string[][] {
  const section = markdown.split(`## ${heading}\n`)[1]!.split("\n## ")[0]!;
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  return lines.map((line) => line.slice(2, -2).split(" | "));
}

describe.each(pairs)("the report of %s and %s", (nameA, nameB) => {
  const store = () => ({ store: demo.folder });

  it("says what the comparison says, in both formats", async () => {
    const comparison = await compareExperiments(idOf(nameA), idOf(nameB), store());
    const html = await report(idOf(nameA), idOf(nameB), store());
    const markdown = await report(idOf(nameA), idOf(nameB), { ...store(), format: "markdown" });
    expect(html.verdict).toBe(comparison.verdict);
    expect(html.text).toContain(`<p>${comparison.summary}</p>`);
    expect(markdown.text).toContain(`\n${comparison.summary}\n`);
    const [heads, , ...rows] = tableAfter(markdown.text, "Scores");
    expect(heads).toContain("B is");
    expect(rows).toHaveLength(comparison.scores.length + (comparison.nearer ? 1 : 0));
    expect(rows[0]![0]).toBe(comparison.score);
    for (const [i, { score, verdict }] of comparison.scores.entries()) {
      const row = rows.find(([title]) => title!.split(" of ")[0] === score);
      expect([i, row?.at(-1)]).toEqual([i, verdict]);
      expect(html.text).toContain(`<td>${row![0]}</td>`);
    }
  });

  it("has pictures that hold every sample", async () => {
    const { text } = await report(idOf(nameA), idOf(nameB), store());
    const { n, kind } = await compareExperiments(idOf(nameA), idOf(nameB), store());
    const svgs = [...text.matchAll(/<svg .*?<\/svg>/gs)].map(([svg]) => svg);
    expect(svgs.length).toBeGreaterThanOrEqual(2);
    for (const svg of svgs.slice(0, 2)) {
      const counts = [...svg.matchAll(/: (\d+)<\/title><\/rect>/g)].map(([, count]) => Number(count));
      const samples =
        kind === "regression" ? svg.split("<circle").length - 1 : counts.reduce((a, b) => a + b, 0);
      expect(samples).toBe(n);
    }
  });
});

describe("a report", () => {
  it("says which slices and parameters differ, and where both came from", async () => {
    const [a, b] = ["species: neighbours, not scaled", "species: neighbours"].map(idOf) as [string, string];
    const { text } = await report(a, b, { store: demo.folder, format: "markdown" });
    expect(tableAfter(text, "Parameters that differ").slice(2)).toContainEqual([
      "extra.scaler",
      "none",
      "StandardScaler",
    ]);
    expect(text).toMatch(/The two are shown to differ on [1-9]\d* of \d+ slices by \d features/);
    expect(
      tableAfter(text, "Where they differ")
        .slice(2)
        .map((row) => row.at(-1)),
    ).toContain("better");
    expect(tableAfter(text, "Provenance").map(([title]) => title)).toContain("Logged at");
    expect(text).toMatch(/Judged by ml-tracking \S+ at the level 0.95, seed 0; slices corrected by Holm\./);
  });

  it("folds the rarer ones of very many classes into one row, and without features slices by the true values", async () => {
    const store = await temporaryFolder();
    const yTrue = Array.from({ length: 900 }, (_, i) => `class ${(i * i) % 59}`);
    const log = (every: number) =>
      logExperiment({
        kind: "classification",
        project: "many",
        parameters: {
          datasetUri: "x",
          targetColumn: "y",
          testSet: yTrue.map((_, i) => i),
          model: { name: "M", parameters: {} },
        },
        yTrue,
        yPred: yTrue.map((label, i) => (i % every === 0 ? "class 1" : label)),
        store,
      });
    const [a, b] = [await log(3), await log(7)];
    const { text } = await report(a.predictionId, b.predictionId, { store });
    expect(text).toContain(" others</text>");
    expect(text).toContain("the slices are those of the true values");
    const [svg] = /<svg .*?<\/svg>/s.exec(text)!;
    const counts = [...svg.matchAll(/: (\d+)<\/title><\/rect>/g)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(900);
  });

  it("is refused with a reason before anything is read or written", async () => {
    const [a, b] = [idOf("species: forest"), idOf("forest of medians")];
    await expect(report(a, b, { store: demo.folder })).rejects.toMatchObject({ code: "NOT_COMPARABLE" });
    await expect(report("nothing", b, { store: demo.folder, format: "pdf" as "html" })).rejects.toThrow(
      'format is "pdf"; give "html" or "markdown"',
    );
  });
});

interface Shown {
  title: string;
  names: string[];
  elements: string[];
  attributes: string[];
  svgs: number;
  overflow: number;
  background: string;
}

/** For the page, which knows its own types. */
const whatIsShown = `({
  title: document.title,
  names: [...document.querySelector("table").rows].map((row) => row.cells[1].textContent),
  elements: [...new Set([...document.querySelectorAll("*")].map(({ localName }) => localName))],
  attributes: [...document.querySelectorAll("*")].flatMap((each) => each.getAttributeNames()),
  svgs: document.querySelectorAll("svg").length,
  overflow: document.documentElement.scrollWidth - innerWidth,
  background: getComputedStyle(document.body).backgroundColor,
})`;

describe("a report of hostile experiments", () => {
  async function bothFormats() {
    const store = await temporaryFolder();
    const [a, b] = await hostilePair(store);
    const { text: html } = await report(a.predictionId, b.predictionId, { store });
    const { text: markdown } = await report(a.predictionId, b.predictionId, { store, format: "markdown" });
    return { html, markdown };
  }

  it("opens in a browser without a network, runs and loads nothing, and shows the names as they are", async (context) => {
    const file = join(await temporaryFolder(), "report.html");
    await writeFile(file, (await bothFormats()).html);
    const browser = await openChromium(context);
    try {
      for (const [colorScheme, width] of [
        ["light", 1100],
        ["dark", 400],
      ] as const) {
        const page = await browser.newPage({ offline: true, colorScheme, viewport: { width, height: 900 } });
        const asked: string[] = [];
        const complaints: string[] = [];
        page.on("request", (request) => asked.push(request.url()));
        page.on("console", (message) => complaints.push(message.text()));
        await page.goto(`file://${file}`);
        expect(asked).toEqual([`file://${file}`]);
        expect(complaints).toEqual([]);
        const found = await page.evaluate<Shown>(whatIsShown);
        expect(found.names).toEqual(["Name", ...hostileNames]);
        expect(found.title).toBe(`Is ${hostileNames[1]} better than ${hostileNames[0]}?`);
        for (const name of ["script", "img", "a", "u", "i", "b", "s", "link", "iframe", "image", "use"]) {
          expect(found.elements).not.toContain(name);
        }
        const loading = /^(on|src|href|style$|xlink)/;
        expect(found.attributes.filter((name) => loading.test(name))).toEqual([]);
        expect([found.svgs, found.overflow]).toEqual([4, 0]);
        expect(found.background).toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(22, 25, 29)");
        await page.close();
      }
    } finally {
      await browser.close();
    }
  });

  it("is Markdown in which nothing of theirs is markup, a link, a mention or another column", async () => {
    const { markdown } = await bothFormats();
    expect(markdown).not.toMatch(/<|!\[|\*\*bold|@octocat|www\.evil|:\/\//);
    for (const heading of [
      "What is compared",
      "Scores",
      "Where they differ",
      "Parameters that differ",
      "Provenance",
    ]) {
      const table = tableAfter(markdown, heading);
      expect(new Set(table.map((row) => row.length)).size).toBe(1);
    }
    const unescaped = markdown.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    expect(unescaped.replaceAll("\u200b", "")).toContain(hostileNames[0]);
    expect(unescaped.replaceAll("\u200b", "")).toContain(hostileNames[1]);
  });
});

describe("ml-tracking report", () => {
  it("writes the file that its name asks for, and says the verdict", async () => {
    const { mlTracking } = await import("../support/built-package.js");
    const folder = await temporaryFolder();
    const ids = ["sex: logistic", "sex: forest"].map(idOf);
    const place = ["--store", demo.folder];
    const written = await mlTracking(["report", ...ids, ...place], { cwd: folder });
    const { text, summary } = await report(ids[0]!, ids[1]!, { store: demo.folder });
    expect(written).toMatchObject({
      status: 0,
      out: `${summary}\nwritten to report-${ids.join("-")}.html\n`,
    });
    expect(await readFile(join(folder, `report-${ids.join("-")}.html`), "utf8")).toBe(text);
    const asked = [...place, "--output", "r.md", "--margin", "0.05", "--json"];
    const said = JSON.parse((await mlTracking(["report", ...ids, ...asked], { cwd: folder })).out) as object;
    expect(said).toMatchObject({ file: "r.md", format: "markdown", verdict: "no evidence" });
    expect(await readFile(join(folder, "r.md"), "utf8")).toContain("0.05");
    for (const [output, why] of [
      ["r.pdf", 'error: --output is "r.pdf"; give a file that ends in .html, or in .md for Markdown'],
      ["no/r.md", 'error: --output is "no/r.md", which cannot be written: ENOENT'],
    ] as const) {
      const refused = await mlTracking(["report", ...ids, ...place, "--output", output], { cwd: folder });
      expect(refused.status).toBe(2);
      expect(refused.talk).toContain(why);
    }
  });
});
