import type { Page } from "playwright-core";
import { expect, it, onTestFinished, type TestContext } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import type { ServeOptions } from "../../src/server/serve.js";
import { startServer, type TestServer } from "../server/running-server.js";
import { openChromium } from "../support/chromium.js";
import { smallClassification } from "../support/experiments.js";
import { selfSigned, startNginx, startSshTunnel } from "../support/proxies.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** A project whose name needs escaping in an address. */
const project = "cats & dögs 100%";
const token = "a token+of&ours";

async function dashboard(options: Omit<ServeOptions, "store"> = {}): Promise<TestServer> {
  const root = await temporaryFolder();
  await logExperiment(smallClassification(root, { project, name: "first look" }));
  return startServer(root, { token, ...options });
}

/** A browser that finds `ml.test` on this machine and does not ask who signed a certificate. */
async function openPage(context: TestContext): Promise<{ page: Page; complaints: string[] }> {
  // A certificate of its own is taken as good at once: asked for each time, Chromium gives up under load.
  const flags = ["host-resolver-rules=MAP ml.test 127.0.0.1", "ignore-certificate-errors"];
  const browser = await openChromium(context, flags);
  onTestFinished(() => browser.close());
  const page = await (await browser.newContext()).newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return { page, complaints };
}

/** Enters with the token at a page, goes to another and back, loads anew, and waits for what is logged meanwhile. */
async function look(context: TestContext, server: TestServer, top: string): Promise<Page> {
  const { page, complaints } = await openPage(context);
  const table = `${top}projects/${encodeURIComponent(project)}`;
  const search = new URLSearchParams({ token, filter: "accuracy > 0" });
  await page.goto(`${table}?${search.toString()}`);
  await page.getByText("first look").first().waitFor();
  // nginx writes a path anew, with fewer escapes.
  const entered = new URL(page.url());
  expect(entered.search).toBe("?filter=accuracy+%3E+0");
  expect(decodeURIComponent(entered.pathname)).toBe(decodeURIComponent(new URL(table).pathname));
  await logExperiment(smallClassification(server.root, { project, name: "second look" }));
  await page.getByText("second look").first().waitFor();
  await page.goto(top);
  await page.getByText(project).first().click();
  await page.getByText("second look").first().waitFor();
  expect(decodeURIComponent(new URL(page.url()).pathname)).toBe(decodeURIComponent(new URL(table).pathname));
  await page.reload();
  await page.getByText("first look").first().waitFor();
  const csv = await page.evaluate(
    async (address) => (await fetch(address)).text(),
    `api/projects/${encodeURIComponent(project)}/export.csv`,
  );
  expect(csv.split("\n").filter((line) => line !== "")).toHaveLength(3);
  const { experiments } = await readExperiments(project, { store: server.root });
  const starred = await page.evaluate(async (id) => {
    const body = JSON.stringify({ prediction_ids: [id], starred: true });
    const headers = { "Content-Type": "application/json" };
    return (await fetch("api/annotations", { method: "POST", headers, body })).status;
  }, experiments[0]!.predictionId);
  expect(starred).toBe(200);
  expect(complaints).toEqual([]);
  return page;
}

it("is reached through ssh -L at any port", async (context) => {
  const server = await dashboard();
  const port = await startSshTunnel(context, server.port);
  await look(context, server, `http://localhost:${port}/`);
}, 300_000);

it("is reached under a path that nginx removes, with nginx's own settings, and leaves its cookie there", async (context) => {
  const server = await dashboard();
  const port = await startNginx(
    context,
    (own) => `listen 127.0.0.1:${own}; location /team/ml/ { proxy_pass http://127.0.0.1:${server.port}/; }`,
  );
  const page = await look(context, server, `http://localhost:${port}/team/ml/`);
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name, path, httpOnly }) => [name, path, httpOnly])).toEqual([
    [`ml_tracking_token_${server.port}`, "/team/ml", true],
  ]);
}, 300_000);

it("is reached under a name and a path that nginx passes on, over TLS", async (context) => {
  const server = await dashboard({
    basePath: "/team/ml/",
    allowedHosts: ["ml.test"],
    trustedProxies: ["127.0.0.1"],
  });
  const certificate = await selfSigned("ml.test");
  const port = await startNginx(
    context,
    (own) => `listen 127.0.0.1:${own} ssl; ${certificate}
      location /team/ml { proxy_pass http://127.0.0.1:${server.port};
        proxy_set_header X-Forwarded-Host $http_host; proxy_set_header X-Forwarded-Proto $scheme; }`,
  );
  const page = await look(context, server, `https://ml.test:${port}/team/ml/`);
  const cookies = await page.context().cookies();
  expect(cookies.map(({ path, secure }) => [path, secure])).toEqual([["/team/ml", true]]);
  await page.goto(`https://ml.test:${port}/team/ml`);
  await page.getByText(project).first().waitFor();
  expect(new URL(page.url()).pathname).toBe("/team/ml/");
}, 300_000);

it("tells who comes under a strange name which flag lets that in", async (context) => {
  const server = await dashboard();
  const port = await startNginx(
    context,
    (own) => `listen 127.0.0.1:${own};
      location / { proxy_pass http://127.0.0.1:${server.port}; proxy_set_header Host $http_host; }`,
  );
  const { page } = await openPage(context);
  const answer = await page.goto(`http://ml.test:${port}/`);
  expect(answer?.status()).toBe(403);
  expect(await page.locator("body").innerText()).toContain(`start it with --allowed-host ml.test:${port}`);
}, 300_000);
