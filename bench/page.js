// The table of a project of a million experiments in a real browser: how soon it is painted, whether rows are
// blank while it is scrolled, and how much script the first view takes. `node bench/page.js [EXPERIMENTS]`.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

import { bundledSource } from "./bundled-source.js";
import { project, writeStore } from "./catalog-store.js";
import { median, temporaryFolder } from "./measure.js";

const count = Number(process.argv[2] ?? 1_000_000);
const root = temporaryFolder();
const store = join(root, "store");
writeStore(store, count, await bundledSource());

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const server = spawn(
  process.execPath,
  [cli, "dashboard", "--store", store, "--port", "0", "--no-token", "--json"],
  {
    env: { ...process.env, ML_TRACKING_CACHE: join(root, "cache") },
    stdio: ["ignore", "pipe", "ignore"],
  },
);
const { url } = JSON.parse(await new Promise((resolve) => server.stdout.once("data", resolve)));
await (await fetch(`${url}api/projects`)).json(); // the first build of the index is measured elsewhere

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const painted = [];
let script = 0;
for (let run = 0; run < 6; run++) {
  const window = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await window.newPage();
  const sizes = [];
  page.on("response", (response) => {
    if (response.url().endsWith(".js")) sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  const start = performance.now();
  await page.goto(`${url}projects/${project}`);
  await page
    .locator('[role="gridcell"][aria-colindex="2"]')
    .filter({ hasText: /[A-Z0-9]/ })
    .first()
    .waitFor();
  if (run > 0) painted.push(performance.now() - start);
  script = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  if (run === 5) await scroll(page);
  await window.close();
}
console.log(
  `  table of ${count} experiments painted: median ${median(painted).toFixed(0)} ms (${Math.min(...painted).toFixed(0)}..${Math.max(...painted).toFixed(0)}); wanted at most 1500`,
);
console.log(`  script of the first view, compressed: ${(script / 1000).toFixed(0)} kB; wanted at most 350`);
await browser.close();
server.kill();

async function scroll(page) {
  await page.mouse.move(700, 500);
  let waiting = 0;
  for (let step = 0; step < 60; step++) {
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(60);
    waiting += await page.evaluate(`(() => {
      const grid = document.querySelector('[role="grid"]').getBoundingClientRect();
      const seen = [...document.querySelectorAll('[role="row"][aria-rowindex]')].filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top >= grid.top + 36 && bottom <= grid.bottom;
      });
      return seen.some((row) => [...row.children].every((cell) => cell.textContent === "…")) ? 1 : 0;
    })()`);
  }
  console.log(`  60 turns of the wheel: blank rows after ${waiting}; wanted none`);
}
