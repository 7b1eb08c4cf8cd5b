import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import type { TestContext } from "vitest";

const places = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A real browser without a window, which looks nothing up by itself. Skips the test where there is none. */
export async function openChromium(
  context: Pick<TestContext, "skip">,
  flags: readonly string[] = [],
): Promise<Browser> {
  const executablePath = places.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) {
    const reason =
      "install Chromium (Debian: apt-get install chromium), or name it in CHROMIUM_PATH, to test the dashboard";
    if (process.env["ML_TRACKING_TEST_ALL"]) throw new Error(reason);
    return context.skip(reason);
  }
  const quiet = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking"];
  const args = [...quiet, "disable-component-update", "disable-sync", "no-sandbox", ...flags].map(
    (flag) => `--${flag}`,
  );
  return chromium.launch({ executablePath, args });
}
