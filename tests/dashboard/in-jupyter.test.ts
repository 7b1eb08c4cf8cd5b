import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished, type TestContext } from "vitest";

import { pythonEnvironment } from "../../scripts/python-environment.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { freePort, skipOrThrow } from "../support/bucket-server.js";
import { projectRoot } from "../support/built-package.js";
import { openChromium } from "../support/chromium.js";
import { smallClassification } from "../support/experiments.js";
import { builtWheel, environmentWith } from "../support/installed-wheel.js";
import { runUntilTestEnds } from "../support/proxies.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const token = "jupyter-token";
const base = "/user/me/";

interface Jupyter {
  /** Ends with a slash. */
  address: string;
  page: Page;
  store: string;
}

/** A real Jupyter below a path, as JupyterHub has it, with the wheel installed; and a browser that is logged in. */
async function startJupyter(context: TestContext, withProxy: boolean): Promise<Jupyter> {
  const libraries = pythonEnvironment(projectRoot, "tests/dashboard/jupyter-requirements.txt", {
    complete: true,
  });
  if ("missing" in libraries) return skipOrThrow(context, new Error(libraries.missing));
  const folder = await temporaryFolder();
  const [home, notebooks, store] = ["home", "notebooks", "store"].map((each) => join(folder, each));
  for (const each of [home!, notebooks!]) await mkdir(each);
  await logExperiment(smallClassification(store!, { name: "first look" }));
  const python = environmentWith(builtWheel(), libraries.python, join(folder, "environment"));
  await writeFile(join(notebooks!, "look.ipynb"), JSON.stringify(notebook(store!)));
  const port = await freePort();
  const flags = {
    "IdentityProvider.token": token,
    "ServerApp.base_url": base,
    "ServerApp.root_dir": notebooks!,
    "ServerApp.jpserver_extensions": `{"jupyter_server_proxy": ${withProxy ? "True" : "False"}, "jupyterlab": True}`,
  };
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  const root = process.getuid?.() === 0 ? ["--allow-root"] : [];
  await runUntilTestEnds(
    python,
    ["-m", "jupyterlab", "--no-browser", `--port=${port}`, "--ServerApp.port_retries=0", ...root, ...args],
    port,
    {
      ...process.env,
      HOME: home,
      JUPYTER_PATH: join(dirname(dirname(libraries.python)), "share/jupyter"),
      JUPYTER_RUNTIME_DIR: join(home!, "runtime"),
      ML_TRACKING_STORE: store,
      ML_TRACKING_CACHE: join(projectRoot, ".cache", "from-python"),
      PATH: `${dirname(python)}:${process.env["PATH"]}`,
    },
  );
  const browser = await openChromium(context);
  onTestFinished(() => browser.close());
  const page = await (await browser.newContext({ viewport: { width: 1400, height: 1000 } })).newPage();
  page.setDefaultTimeout(120_000);
  const address = `http://localhost:${port}${base}`;
  await page.goto(`${address}api/status?token=${token}`);
  return { address, page, store: store! };
}

const notebook = (store: string) => ({
  cells: [
    {
      cell_type: "code",
      id: "show",
      execution_count: null,
      metadata: {},
      outputs: [],
      source: `import ml_tracking\nml_tracking.dashboard("pets", store=${JSON.stringify(store)})`,
    },
  ],
  metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } },
  nbformat: 4,
  nbformat_minor: 5,
});

/** Runs the notebook's cell and looks at what it shows, also when something is logged meanwhile. */
async function runNotebook({ address, page, store }: Jupyter): Promise<string> {
  await page.goto(`${address}lab/tree/look.ipynb?reset`);
  const cell = page.locator(".jp-CodeCell .cm-content").first();
  await cell.click();
  await page
    .getByText(/Python 3.*\| Idle/)
    .first()
    .waitFor();
  await page.keyboard.press("Shift+Enter");
  const shown = page.frameLocator('iframe[title="ml-tracking"]');
  await shown.getByText("first look").first().waitFor();
  await logExperiment(smallClassification(store, { name: "second look" }));
  await shown.getByText("second look").first().waitFor();
  return (await page.locator('iframe[title="ml-tracking"]').getAttribute("src")) ?? "";
}

it("is started by Jupyter's launcher through jupyter-server-proxy, without a token of its own", async (context) => {
  const jupyter = await startJupyter(context, true);
  const { page, address, store } = jupyter;
  await page.goto(`${address}lab`);
  await page.locator(".jp-LauncherCard").filter({ hasText: "ml-tracking" }).waitFor();
  await page.goto(`${address}ml-tracking/`);
  await page.getByText("pets").first().click();
  await page.getByText("first look").first().waitFor();
  expect(page.url()).toBe(`${address}ml-tracking/projects/pets`);
  await logExperiment(smallClassification(store, { name: "live" }));
  await page.getByText("live").first().waitFor();
  await page.reload();
  await page.getByText("first look").first().waitFor();

  const source = await runNotebook(jupyter);
  expect(source).toMatch(/^\/user\/me\/proxy\/\d+\/projects\/pets\?token=/);
}, 600_000);

it("is shown in a notebook without jupyter-server-proxy where the browser is on this machine", async (context) => {
  const source = await runNotebook(await startJupyter(context, false));
  expect(source).toMatch(/^http:\/\/localhost:\d+\/projects\/pets\?token=/);
}, 600_000);
