import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { historyFolder } from "../../src/history/history-folder.js";
import { logArtifact } from "../../src/jobs/log-artifact.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { startRun } from "../../src/jobs/start-run.js";
import { barriersInAllColours } from "../support/axe.js";
import { smallClassification } from "../support/experiments.js";
import { openDashboard } from "../support/open-dashboard.js";
import { temporaryFolder } from "../support/temporary-folder.js";

interface Canvas {
  toDataURL: () => string;
}

const end = () => ({ status: "finished", endedAt: new Date() }) as const;

const cpu = { "system/cpu_utilization_percentage": 50 };

/** A store with a sweep of four runs: two learning rates, two seeds each. */
async function sweep(): Promise<string> {
  const store = await mkdtemp(join(tmpdir(), "ml-tracking-runs-"));
  for (const rate of [0.1, 0.5]) {
    for (const seed of [1, 2]) {
      const live = await startRun({
        project: "pets",
        name: `rate ${rate}, seed ${seed}`,
        parameters: { rate, seed },
        store,
        systemMetrics: false,
      });
      for (let step = 0; step < 20; step++) {
        live.add([
          { kind: "metric", time: Date.now(), step, values: { loss: rate * seed + 1 / (step + 1), ...cpu } },
        ]);
      }
      await live.finish(end());
    }
  }
  return store;
}

describe("the page of a run", () => {
  it("follows a run that goes on, shows what it kept, and runs nothing of it", async (context) => {
    const store = await temporaryFolder();
    const live = await startRun({
      project: "pets",
      name: "live",
      parameters: { lr: 0.1 },
      store,
      systemMetrics: 1,
    });
    const log = (step: number, loss: number) =>
      live.add([{ kind: "metric", time: Date.now(), step, values: { loss, "train/only once": 3 } }]);
    log(0, 1);
    live.add([{ kind: "console", time: Date.now(), key: "stdout", value: "epoch <b>0</b>\n" }]);
    await logArtifact(live, Buffer.from('a,b\n1,"x\ny"\n'), "tables/t.csv");
    const evil = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>top.location = "about:blank"</script></svg>`;
    await logArtifact(live, Buffer.from(evil), "evil.svg");
    const { predictionId } = await logExperiment({ ...smallClassification(store), runId: live.run.runId });
    await live.flush();

    const { page, url, complaints } = await openDashboard(context, store);
    await page.goto(`${url}/runs/${live.run.runId}`);
    await page.getByRole("heading", { name: "live", level: 1 }).waitFor();
    await page.getByText("running", { exact: true }).waitFor();
    await expect
      .poll(() => page.getByLabel("last value of loss").textContent(), { timeout: 60_000 })
      .toBe("1");
    for (const value of [0.75, 0.5, Number.NaN, 0.25]) log(Math.round(4 * (1 - (value || 0.4))), value);
    await expect
      .poll(() => page.getByLabel("last value of loss").textContent(), { timeout: 60_000 })
      .toBe("0.25");
    await page.getByText("not drawn: 1 × NaN").waitFor();

    await page.getByText("epoch <b>0</b>").waitFor();
    await page.getByRole("button", { name: "tables/t.csv" }).click();
    await page.getByRole("cell", { name: "x y" }).waitFor();
    await page.getByRole("button", { name: "evil.svg" }).click();
    await page.getByRole("img", { name: "Content of evil.svg" }).waitFor();
    expect(page.url()).toContain(`/runs/${live.run.runId}`);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    await live.finish({ status: "failed", error: "it broke", endedAt: new Date() });
    await page.getByText("it broke").waitFor();
    await page.getByText("failed", { exact: true }).waitFor();
    await page.getByRole("link", { name: predictionId }).click();
    await page.getByRole("link", { name: "its run" }).click();
    await page.getByRole("heading", { name: "live", level: 1 }).waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("the pages of a run with little to show", () => {
  it("has curves first, then single values, folds long texts, and leaves out what the run has none of", async (context) => {
    const store = await temporaryFolder();
    const parameters = { lr: "1e-05", template: "word ".repeat(100).trim() };
    const live = await startRun({
      project: "pets",
      name: "tuned",
      parameters,
      store,
      systemMetrics: false,
    });
    for (let step = 0; step < 5; step++) {
      live.add([{ kind: "metric", time: Date.now(), step, values: { loss: 1 / (step + 1) } }]);
    }
    live.add([{ kind: "metric", time: Date.now(), step: 0, values: { accuracy: 0.9 } }]);
    await live.flush();
    const { page, url, complaints } = await openDashboard(context, store);
    await page.goto(`${url}/projects/pets/runs`);
    await page
      .getByRole("region", { name: "Single values" })
      .getByRole("row", { name: "tuned 0.9" })
      .waitFor();
    await page.getByRole("heading", { name: "loss" }).waitFor();
    expect(await page.getByRole("heading", { name: "accuracy" }).count()).toBe(0);
    expect(await barriersInAllColours(page)).toEqual([]);

    await page.goto(`${url}/runs/${live.run.runId}`);
    await page.getByLabel("last value of accuracy").getByText("0.9").waitFor();
    await expect.poll(() => page.locator("canvas").count()).toBe(1);
    expect(await page.getByRole("heading", { name: /^(Console|System)$/ }).count()).toBe(0);
    expect(await page.getByRole("navigation", { name: "On this page" }).textContent()).not.toMatch(
      /Console|System/,
    );
    const text = page.getByRole("row", { name: /^template/ });
    expect(await text.textContent()).toMatch(/^templateword .{150,160}… Show all 499 characters$/);
    await text.getByRole("button").click();
    expect(await text.textContent()).toBe(`template${parameters.template} Show less`);
    await page.getByRole("cell", { name: "1e-05" }).waitFor();
    const heading = page.getByText(/ · \d+(\.\d)? s/);
    const before = await heading.textContent();
    await expect.poll(() => heading.textContent()).not.toBe(before);
    expect(await barriersInAllColours(page)).toEqual([]);
    await live.finish(end());
    expect(complaints).toEqual([]);
  });
});

describe("what a run left behind", () => {
  it("is said where it cannot be read, and a wide table scrolls in its own frame", async (context) => {
    const store = await temporaryFolder();
    const live = await startRun({ project: "pets", name: "wide", store, systemMetrics: false });
    for (let step = 0; step < 5; step++) {
      live.add([{ kind: "metric", time: Date.now(), step, values: { loss: step - 1 } }]);
    }
    const long = "a long cell that goes on and on further than anybody reads in a preview";
    const row = (cell: (i: number) => string) => Array.from({ length: 50 }, (_, i) => cell(i)).join(",");
    const csv = [row((i) => `column number ${i}`), row((i) => (i % 7 === 3 ? long : String(i)))].join("\n");
    await logArtifact(live, Buffer.from(csv), "wide.csv");
    await live.finish(end());
    const { page, url, complaints } = await openDashboard(context, store, { width: 400, height: 800 });
    await page.goto(`${url}/runs/${live.run.runId}`);
    await page.getByRole("button", { name: "wide.csv" }).click();
    const cell = page.getByRole("cell", { name: long }).last();
    await cell.waitFor();
    const { width, height } = (await cell.boundingBox())!;
    expect(width).toBeGreaterThan(200);
    expect(width).toBeLessThan(300);
    expect(height).toBeLessThan(40);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(400);

    await page.getByRole("switch", { name: "log y" }).first().press("Space");
    await page.getByText("log y leaves out 2 of 5 points, at 0 or below").waitFor();

    const folder = join(store, historyFolder(live.run));
    const folded = (await readdir(folder)).find((name) => name.endsWith(".parquet"));
    await writeFile(join(folder, folded!), "nonsense");
    const again = await openDashboard(context, store);
    for (const place of [`runs/${live.run.runId}`, "projects/pets/runs"]) {
      await again.page.goto(`${again.url}/${place}`);
      await again.page
        .getByText(/its folded history cannot be read/)
        .first()
        .waitFor();
      await again.page
        .getByText(/^The metrics of .* cannot be read$/)
        .first()
        .waitFor();
      expect(await again.page.getByText("The server does not answer").count()).toBe(0);
    }
    expect(complaints).toEqual([]);
  });
});

describe("charts of a run", () => {
  it("zoom together, keep what is seen while the run goes on, and show all again by a double click", async (context) => {
    const store = await temporaryFolder();
    const live = await startRun({ project: "pets", name: "live", store, systemMetrics: false });
    const log = (step: number) =>
      live.add([
        { kind: "metric", time: Date.now(), step, values: { loss: (step * 7) % 20, acc: step % 9 } },
      ]);
    for (let step = 0; step < 40; step++) log(step);
    await live.flush();
    const { page, url, complaints } = await openDashboard(context, store);
    await page.goto(`${url}/runs/${live.run.runId}`);
    const canvas = page.locator("canvas");
    await expect.poll(() => canvas.count(), { timeout: 60_000 }).toBe(2);
    const drawn = async () => {
      await page.mouse.move(5, 5); // away, so that no tooltip is drawn
      await page.waitForTimeout(400);
      return canvas.evaluateAll((all) => all.map((each) => (each as unknown as Canvas).toDataURL()));
    };
    const whole = await drawn();
    await canvas.first().hover();
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -100);
    await page.waitForTimeout(400); // the wheel is heard now and then
    await page.keyboard.up("Control");
    const zoomed = await drawn();
    expect(zoomed.map((picture, i) => picture === whole[i])).toEqual([false, false]);

    log(40);
    await expect
      .poll(() => page.getByLabel("last value of acc").textContent(), { timeout: 60_000 })
      .toBe("4");
    expect((await drawn()).map((picture, i) => picture === zoomed[i])).toEqual([true, true]);
    await canvas.first().dblclick();
    expect((await drawn()).map((picture, i) => picture === zoomed[i])).toEqual([false, false]);
    await live.finish(end());
    expect(complaints).toEqual([]);
  });
});

describe("the page of a project's runs", () => {
  let store: string;
  beforeAll(async () => {
    store = await sweep();
  });
  afterAll(() => rm(store, { recursive: true, force: true }));

  it("draws the runs that are ticked, filters them, and puts them together by a parameter", async (context) => {
    const { page, url, complaints } = await openDashboard(context, store);
    await page.goto(`${url}/projects/pets/runs`);
    const table = page.getByRole("region", { name: "Runs" });
    await table.getByRole("link", { name: "rate 0.5, seed 2" }).waitFor();
    expect(await table.getByRole("checkbox", { name: /^Draw rate/ }).count()).toBe(4);
    await page.getByRole("heading", { name: "loss" }).waitFor();
    await table.getByRole("checkbox", { name: "Draw rate 0.1, seed 1" }).uncheck();
    await page.getByText("3 drawn").waitFor();
    expect(new URL(page.url()).searchParams.getAll("select")).toHaveLength(3);

    await page.getByRole("textbox", { name: "Filter" }).fill("metrics.loss < 0.6 AND params.seed = 1");
    await page.getByRole("textbox", { name: "Filter" }).press("Enter");
    await page.getByText("2 runs", { exact: true }).waitFor();
    await page.goto(`${url}/projects/pets/runs?group=params.rate`);
    const groups = page.getByRole("region", { name: "Groups" });
    await groups.getByRole("row", { name: /^0\.1 2 0\.2000 ± 0\.0707/ }).waitFor();
    await page.getByText("95 % interval of the mean").click();
    expect(await barriersInAllColours(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("compares the runs that are ticked: what differs, the last values, and their curves", async (context) => {
    const { page, url, complaints } = await openDashboard(context, store, { width: 400, height: 800 });
    const isWide = () => page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    await page.goto(`${url}/projects/pets/runs`);
    const table = page.getByRole("region", { name: "Runs" });
    await table.getByRole("checkbox", { name: "Draw all of this page" }).click();
    await page.getByText("0 drawn").waitFor();
    for (const run of ["rate 0.1, seed 1", "rate 0.5, seed 1"]) {
      await table.getByRole("checkbox", { name: `Draw ${run}` }).check();
    }
    expect(await isWide()).toBe(false);
    await page.getByRole("link", { name: "Compare", exact: true }).last().click();
    await page.getByRole("heading", { name: "2 runs compared" }).waitFor();
    const compared = page.getByRole("region", { name: "Runs side by side" });
    await compared.getByRole("row", { name: "rate 0.1 0.5", exact: true }).waitFor();
    await compared.getByRole("row", { name: "loss 0.15 0.55", exact: true }).waitFor();
    expect(await compared.getByRole("row", { name: /^seed/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Show 1 setting that is the same" }).click();
    await compared.getByRole("row", { name: "seed 1 1", exact: true }).waitFor();
    await page.getByRole("heading", { name: "loss" }).waitFor();
    expect(await isWide()).toBe(false);
    expect(await barriersInAllColours(page)).toEqual([]);

    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: /^Go to/ }).fill("0.5, 2");
    await page.getByRole("option", { name: /^rate 0.5, seed 2/ }).click();
    await page.getByRole("heading", { name: "rate 0.5, seed 2", level: 1 }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("is where a project leads that has runs alone", async (context) => {
    const { page, url, complaints } = await openDashboard(context, store, { width: 400, height: 800 });
    const heading = page.getByText("4 drawn");
    await page.goto(url);
    await page.getByRole("list", { name: "Projects" }).getByRole("link", { name: "4 runs" }).waitFor();
    expect(await page.getByText("0 experiments").count()).toBe(0);
    await page.getByRole("link", { name: "pets" }).click();
    await heading.waitFor();
    await page.goto(`${url}/projects/pets`);
    await page.getByText(/^This project has 4 runs, and no experiments/).waitFor();
    expect(await barriersInAllColours(page)).toEqual([]);
    await page.getByRole("link", { name: "Show the 4 runs" }).click();
    await heading.waitFor();
    await page.goto(url);
    await page.getByRole("combobox", { name: "Project" }).click();
    await page.getByRole("option", { name: "pets" }).click();
    await heading.waitFor();
    await page.goto(url);
    await page.getByRole("list", { name: "Projects" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: /^Go to/ }).fill("pets");
    await page.getByRole("option", { name: "pets project" }).click();
    await heading.waitFor();
    expect(complaints).toEqual([]);
  });

  it("is smoothed as its address says, which a slider changes, as the page of one run", async (context) => {
    const { page, url, complaints } = await openDashboard(context, store);
    await page.goto(`${url}/projects/pets/runs?smoothing=0.5&log=y`);
    const slider = () => page.getByRole("slider", { name: "Smoothing" }).first();
    const asked = (name: string) => new URL(page.url()).searchParams.get(name);
    await expect.poll(() => slider().getAttribute("aria-valuenow")).toBe("0.5");
    expect(await page.getByRole("switch", { name: "log y" }).isChecked()).toBe(true);
    await slider().press("ArrowRight");
    await expect.poll(() => asked("smoothing")).toBe("0.51");
    await page.getByRole("link", { name: "rate 0.5, seed 2" }).click();
    await page.getByRole("heading", { name: "rate 0.5, seed 2", level: 1 }).waitFor();
    await expect.poll(() => slider().getAttribute("aria-valuenow")).toBe("0");
    await slider().press("End");
    await expect.poll(() => asked("smoothing")).toBe("0.99");
    await page.getByText("Relative time", { exact: true }).first().click();
    await expect.poll(() => asked("x")).toBe("seconds");
    await page.reload();
    await expect.poll(() => slider().getAttribute("aria-valuenow")).toBe("0.99");
    const system = page.getByRole("region", { name: "System" }).getByRole("slider", { name: "Smoothing" });
    expect(await system.getAttribute("aria-valuenow")).toBe("0");
    await system.press("ArrowRight");
    await expect.poll(() => asked("system_smoothing")).toBe("0.01");
    expect(asked("smoothing")).toBe("0.99");
    expect(complaints).toEqual([]);
  });

  it("has a run that is deleted no more, until it is brought back from the trash", async (context) => {
    const { page, url } = await openDashboard(context, store);
    await page.goto(`${url}/projects/pets/runs`);
    const table = page.getByRole("region", { name: "Runs" });
    await table.getByRole("link", { name: "rate 0.5, seed 2" }).click();
    await page.getByRole("heading", { name: "rate 0.5, seed 2", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText("3 runs", { exact: true }).waitFor();
    await page.goto(`${url}/trash`);
    await page.getByRole("button", { name: "Restore rate 0.5, seed 2" }).click();
    await page.getByText("The trash is empty").waitFor();
    await page.goto(`${url}/projects/pets/runs`);
    await page.getByText("4 runs", { exact: true }).waitFor();
  });

  it("says how to start a first run, and has no page of one that is not there", async (context) => {
    const empty = await temporaryFolder();
    await logExperiment(smallClassification(empty));
    const { page, url } = await openDashboard(context, empty, { width: 400, height: 800 });
    await page.goto(`${url}/projects/pets/runs`);
    await page.getByText("This project has no runs").waitFor();
    await page.goto(`${url}/runs/aaaaaaaaaaaaaaaa`);
    await page.getByText(/unknown run/).waitFor();
  });
});
