import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { serve } from "../../src/server/serve.js";
import { openStore } from "../../src/store/open-store.js";
import { barriersInAllColours } from "../support/axe.js";
import { mlflowWire, type RegisteredRun, registerPets } from "../support/models-by-wire.js";
import { openDashboard, type ServedStore, serveStore } from "../support/open-dashboard.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let shared: string;
let served: ServedStore | undefined;
let made: RegisteredRun[];
let experimentId: string;
const store = { dashboard: async () => served!.url };
const address = () => served!.url.replace(/\/$/, "");

beforeAll(async () => {
  shared = await mkdtemp(join(tmpdir(), "ml-tracking-models-"));
  served = await serveStore(shared);
  made = await registerPets(address(), shared, [0.7, 0.9, 0.6, undefined]);
  const wire = mlflowWire(address());
  const { runId } = made[0]!;
  await wire("POST runs/log-batch", {
    run_id: runId,
    metrics: [
      { key: "loss", value: 0.5, step: 1, timestamp: 1 },
      { key: "system/cpu_utilization_percentage", value: 30, step: 1, timestamp: 1 },
    ],
    tags: [
      { key: "mlflow.note.content", value: "Read **this** first" },
      { key: "team", value: "vision" },
    ],
  });
  await wire("POST runs/log-inputs", {
    run_id: runId,
    datasets: [
      {
        tags: [{ key: "mlflow.data.context", value: "training" }],
        dataset: { name: "pets.csv", digest: "0a1b", source_type: "local", source: "{}" },
      },
    ],
  });
  ({
    run: {
      info: { experiment_id: experimentId },
    },
  } = (await (await fetch(`${address()}/api/2.0/mlflow/runs/get?run_id=${runId}`)).json()) as {
    run: { info: { experiment_id: string } };
  });
});
afterAll(async () => {
  await served?.close();
  await rm(shared, { recursive: true, force: true });
});

describe("a registered model", () => {
  it("is found, described, tagged and gated", async (context) => {
    const { page, url, complaints } = await openDashboard(context, store);
    await page.goto(url);
    await page.getByRole("link", { name: "Models", exact: true }).click();
    await page.getByRole("textbox", { name: "Search models" }).fill("dogs cats");
    await page.getByRole("link", { name: "pets", exact: true }).click();
    await page.getByRole("heading", { name: "pets", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Edit the description" }).click();
    await page.getByRole("textbox", { name: "Description" }).fill("Now *better*");
    await page.getByRole("button", { name: "Save the description" }).click();
    await page.locator("em", { hasText: "better" }).waitFor();
    await page
      .locator("input")
      .and(page.getByLabel("Tags", { exact: true }))
      .fill("tier: 1");
    await page.keyboard.press("Enter");
    await page.getByText("tier: 1").waitFor();
    await page.getByText("Off: an alias goes to any version").waitFor();
    await page.getByRole("switch", { name: "Gate of champion" }).click();
    await page.getByText("On: the alias champion goes to no version").waitFor();
    const wired = await fetch(`${url}/api/2.0/mlflow/registered-models/get?name=pets`);
    expect(((await wired.json()) as { registered_model: object }).registered_model).toMatchObject({
      description: "Now *better*",
      tags: expect.arrayContaining([
        { key: "tier", value: "1" },
        { key: "ml_tracking.gate", value: "champion" },
      ]),
    });
    expect(complaints).toEqual([]);
  });

  it("has its versions judged against the champion, which the gate keeps where it is", async (context) => {
    const { page, url, complaints } = await openDashboard(context, store);
    await page.goto(`${url}/models/pets`);
    const row = (version: number) =>
      page
        .getByRole("row")
        .filter({ has: page.getByRole("rowheader", { name: String(version), exact: true }) });
    const give = async (version: number) => {
      await row(version)
        .getByRole("button", { name: `Edit the aliases of version ${version}` })
        .click();
      await page
        .locator("input")
        .and(page.getByLabel(`Aliases of version ${version}`))
        .fill("champion");
      await page.keyboard.press("Enter");
    };
    // At first each is compared with the one before it.
    await row(2).getByText("better", { exact: true }).waitFor();
    await row(3).getByText("worse", { exact: true }).waitFor();
    await row(4).getByText("this version has no experiment").waitFor();
    await row(1).getByText("the first one").waitFor();
    await row(2)
      .getByText(/^F1 \(macro\), 0\.\d+ to 0\.\d+ \(95 %\)$/)
      .waitFor();
    await give(2);
    await row(2).getByText("is the champion").waitFor();
    await row(1).getByText("worse", { exact: true }).waitFor();
    await give(3);
    const refusal = page.getByRole("alert").filter({ hasText: "It was refused" });
    await refusal.getByText("stays at version 2 and does not go to version 3").waitFor();
    await refusal.getByRole("button", { name: "Close" }).click();
    await refusal.waitFor({ state: "detached" });
    await row(3).getByRole("link", { name: "Compare with champion, version 2" }).click();
    await page.getByRole("heading", { name: "Is B better? No, it is worse." }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("is not changed where the dashboard only reads, which says so", async (context) => {
    const folder = await temporaryFolder();
    const first = await serveStore(folder);
    await registerPets(first.url.replace(/\/$/, ""), folder, [undefined]);
    await first.close();
    const server = await serve({
      store: openStore(folder),
      cacheFolder: await temporaryFolder(),
      readOnly: true,
    });
    try {
      const { page, url } = await openDashboard(context, { dashboard: async () => server.url });
      await page.goto(`${url}/models/pets`);
      await page.getByRole("switch", { name: "Gate of champion" }).click();
      await page.getByRole("alert").getByText("this dashboard only reads").waitFor();
    } finally {
      await server.close();
    }
  });

  it("has no barrier that axe finds, and fits on a screen of 400 pixels", async (context) => {
    const { page, url, complaints } = await openDashboard(context, store, { width: 400, height: 800 });
    for (const path of ["/models", "/models/pets?version=1", `/logged-models/${made[0]!.modelId}`]) {
      await page.goto(`${url}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
      expect([path, await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")]).toEqual(
        [path, 0],
      );
      expect((await barriersInAllColours(page)).map((barrier) => `${path}: ${barrier}`)).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
});

describe("a run that MLflow's client logged", () => {
  it("shows its note, its models and its data sets, and folds away what the client noted", async (context) => {
    const { page, url, complaints } = await openDashboard(context, store);
    const { runId, modelId } = made[0]!;
    await page.goto(`${url}/runs/${runId}`);
    await page.getByRole("region", { name: "Note" }).getByText("this", { exact: true }).waitFor();
    await page.getByRole("rowheader", { name: "team" }).waitFor();
    await page.getByText("pets.csv · digest 0a1b").waitFor();
    expect(await page.getByText("mlflow.source.name").isVisible()).toBe(false);
    await page.getByText("tags that MLflow's client set by itself").click();
    await page.getByText("mlflow.source.name").waitFor();
    const metrics = page.getByRole("region", { name: "Metrics", exact: true });
    await metrics.getByLabel("last value of loss").waitFor();
    expect(await metrics.getByLabel(/cpu/).count()).toBe(0);
    await page
      .getByRole("region", { name: "System" })
      .getByLabel(/^last value of .*cpu/)
      .waitFor();
    await page.getByRole("link", { name: "pets, version 1" }).waitFor();
    await page.getByRole("link", { name: "forest" }).click();
    await page.getByText(`Logged model ${modelId}`).waitFor();
    await page.getByRole("rowheader", { name: "depth" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("is what its printed links open, like the project and the model; unknown ones say so", async (context) => {
    const { page, url } = await openDashboard(context, store);
    const { runId, modelId } = made[1]!;
    await page.goto(`${url}/#/experiments/${experimentId}/runs/${runId}`);
    await page.getByRole("heading", { name: "fit 2", level: 1 }).waitFor();
    await page.goto(`${url}/#/experiments/${experimentId}`);
    await page.getByRole("heading", { name: "pets", level: 1 }).waitFor();
    await page.getByRole("link", { name: "fit 3" }).waitFor();
    await page.goto(`${url}/`);
    await page.getByRole("heading", { name: "Projects", level: 1 }).waitFor();
    // In the same tab, where only what is after # changes.
    await page.evaluate(`location.hash = "#/models/pets/versions/1"`);
    await page.getByRole("link", { name: made[0]!.modelId }).waitFor();
    await page.goto(`${url}/#/experiments/${experimentId}/models/${modelId}`);
    await page.getByText(`Logged model ${modelId}`).waitFor();
    for (const hash of ["#/experiments/99", `#/experiments/1/runs/${"0".repeat(16)}`, "#/models/none"]) {
      await page.goto(`${url}/${hash}`);
      await page.getByRole("alert").getByText("Not found in this store").waitFor();
    }
  });
});
