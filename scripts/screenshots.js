// Pictures of every page, in docs/pictures/: `npm run screenshots`. Logs the demo into a temporary store
// first.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = join(root, "dist/cli.js");
const pictures = join(root, "docs/pictures");
mkdirSync(pictures, { recursive: true });
const store = mkdtempSync(join(tmpdir(), "ml-tracking-pictures-"));

function run(args) {
  const child = spawn(process.execPath, [cli, ...args, "--store", store, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.setEncoding("utf8");
  return child;
}
async function json(args) {
  let text = "";
  for await (const chunk of run(args).stdout) text += chunk;
  return JSON.parse(text);
}

await json(["demo"]);
const idOf = async (project, name) =>
  (await json(["experiments", project])).experiments.find((experiment) => experiment.name === name)
    .prediction_id;
const pages = {
  projects: "/",
  experiments: "/projects/penguins?sort=f1_macro:desc",
  groups: "/projects/penguins?group=model",
  runs: "/projects/networks/runs",
  scores: "/projects/penguins/scores",
  classification: `/experiments/${await idOf("penguins", "species: shallow tree")}`,
  regression: `/experiments/${await idOf("cars", "small forest")}`,
  explore: "/projects/cars/explore",
  comparison: `/compare?id=${await idOf("penguins", "species: neighbours, not scaled")}&id=${await idOf("penguins", "species: neighbours")}`,
};

/** Parts of pages, by which docs/data-studio.md shows what a report on the same data has. */
const parts = {
  "data-studio-scores": {
    address: pages.scores,
    of: (page) => page.getByRole("table").first().locator(".."),
  },
  "data-studio-confusion": { address: pages.classification, of: section("Confusion matrix") },
  "data-studio-predicted": { address: pages.regression, of: section("Predicted against actual") },
  "data-studio-errors": { address: pages.regression, of: section("Histogram of errors") },
};
function section(name) {
  return (page) => page.getByRole("region", { name, exact: true });
}

const dashboard = run(["dashboard", "--port", "0", "--no-token"]);
const { url } = JSON.parse(await new Promise((resolve) => dashboard.stdout.once("data", resolve)));
const flags = ["no-sandbox", "disable-gpu", "disable-background-networking", "no-first-run"];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: flags.map((flag) => `--${flag}`),
});
for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 400]) {
    const window = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await window.newPage();
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(url.replace(/\/$/, "") + address);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(1500); // charts are drawn after their data came
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`) });
    }
    await window.close();
  }
}
const window = await browser.newContext({ colorScheme: "light", viewport: { width: 760, height: 1500 } });
const page = await window.newPage();
for (const [name, { address, of }] of Object.entries(parts)) {
  await page.goto(url.replace(/\/$/, "") + address);
  await of(page).waitFor();
  await page.waitForTimeout(5000); // intervals come after the scores, as long as their table is in view
  await of(page).scrollIntoViewIfNeeded();
  await page.waitForTimeout(1500);
  await of(page).screenshot({ path: join(pictures, `${name}.png`), animations: "disabled" });
}
await browser.close();
dashboard.kill();
rmSync(store, { recursive: true, force: true });
