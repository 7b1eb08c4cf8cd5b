import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, onTestFinished, type TestContext } from "vitest";
import { serve } from "../../src/server/serve.js";
import { openStore } from "../../src/store/open-store.js";
import { openChromium } from "./chromium.js";

export interface Dashboard {
  page: Page;
  /** Address of the dashboard, without a slash at its end. */
  url: string;
  /** What the page complained about: errors of scripts, and what the content security policy stopped. */
  complaints: string[];
}

/** One for all tests of a file: what a page keeps belongs to its window, which each test has for itself. */
let browser: Browser | undefined;
afterAll(() => browser?.close());

export interface ServedStore {
  url: string;
  close: () => Promise<void>;
}

/** A dashboard over a store, with a cache of its own. */
export async function serveStore(folder: string): Promise<ServedStore> {
  const cacheFolder = await mkdtemp(join(tmpdir(), "ml-tracking-cache-"));
  const server = await serve({ store: openStore(folder), cacheFolder });
  const close = async () => {
    await server.close();
    await rm(cacheFolder, { recursive: true, force: true });
  };
  return { url: server.url, close };
}

/**
 * Opens a page of a real browser, in a window that shares nothing and ends with the test.
 * @param store a folder, served until the test ends, or what is served already
 */
export async function openDashboard(
  context: Pick<TestContext, "skip">,
  store: string | { dashboard: () => Promise<string> },
  options: { width?: number; height?: number; locale?: string } = {},
): Promise<Dashboard> {
  browser ??= await openChromium(context);
  let url: string;
  if (typeof store === "string") {
    const served = await serveStore(store);
    onTestFinished(() => served.close());
    url = served.url;
  } else url = await store.dashboard();
  const window = await browser.newContext({
    viewport: { width: options.width ?? 1400, height: options.height ?? 900 },
    colorScheme: "light",
    acceptDownloads: true,
    ...(options.locale !== undefined && { locale: options.locale }),
  });
  onTestFinished(() => window.close());
  const page = await window.newPage();
  page.setDefaultTimeout(300_000); // however slow the machine is; a test that hangs is ended all the same
  page.setDefaultNavigationTimeout(30_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // An answer with an error status is a state of the page, which its test looks at.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  return { page, url: url.replace(/\/$/, ""), complaints };
}
