import { expect, it } from "vitest";

import { startRun } from "../../src/jobs/start-run.js";
import { startServer } from "../server/running-server.js";
import { barriersOf } from "../support/axe.js";
import { openDashboard } from "../support/open-dashboard.js";
import { temporaryFolder } from "../support/temporary-folder.js";

it("the token is typed into the page that a browser without it gets, and the page that was asked for opens", async (context) => {
  const store = await temporaryFolder();
  const live = await startRun({ project: "pets", name: "asked for", store, systemMetrics: false });
  await live.finish({ status: "finished", endedAt: new Date() });
  const token = "what & everybody + knows";
  const { address } = await startServer(store, { token });
  const { page, complaints } = await openDashboard(
    context,
    { dashboard: () => Promise.resolve(address) },
    { width: 400, height: 800 },
  );
  await page.goto(`${address}/#/experiments/1/runs/${live.run.runId}`); // as MLflow's client prints it
  const field = page.getByLabel("Token");
  await field.waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await barriersOf(page)).toEqual([]);
  }
  await field.fill("another token");
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByText("That is not this server's token.").waitFor();
  expect(await barriersOf(page)).toEqual([]);
  await field.fill(token);
  await field.press("Enter");
  await page.getByRole("heading", { name: "asked for", level: 1 }).waitFor();
  expect(page.url()).toBe(`${address}/runs/${live.run.runId}`);
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  await page.goto(`${address}/projects/pets/runs`);
  await page.getByText("1 run", { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});
