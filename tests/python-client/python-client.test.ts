import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { bucketServers } from "../support/bucket-server.js";
import { projectRoot } from "../support/built-package.js";
import {
  builtWheel,
  environmentWith,
  librariesPython,
  type PythonOutcome,
  packagedNode,
  readReport,
} from "../support/installed-wheel.js";

const folder = join(projectRoot, "tests/python-client");
const tests = readdirSync(folder)
  .filter((name) => /^test_\w+\.py$/.test(name))
  .map((name) => ({
    name,
    titles: [...readFileSync(join(folder, name), "utf8").matchAll(/^def (test_\w+)/gm)].map(
      ([, title]) => title as string,
    ),
  }));

let outcomes: PythonOutcome["outcomes"] = new Map();
let missing: string | undefined;
let talk = "";
const digests: string[] = [];
let help = "";
const place = mkdtempSync(join(tmpdir(), "ml-tracking-python-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

beforeAll(async () => {
  const libraries = librariesPython();
  if ("missing" in libraries) {
    missing = libraries.missing;
    return;
  }
  const digest = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
  digests.push(digest(builtWheel()));
  const wheel = builtWheel();
  digests.push(digest(wheel));
  const python = environmentWith(wheel, libraries.python, join(place, "environment"));
  help = execFileSync(join(dirname(python), "ml-tracking"), ["--help"], { encoding: "utf8" });
  const nodes = {
    current: packagedNode("24.19.0", libraries.python),
    old: packagedNode("20.15.1", libraries.python),
  };
  const buckets: Record<string, unknown> = {};
  for (const { name, start } of bucketServers) {
    const skip = (reason?: string) => {
      throw new Error(reason);
    };
    try {
      const server = await start({ skip } as Parameters<typeof start>[0]);
      buckets[name] = { address: await server.newBucket(), variables: server.variables };
    } catch (error) {
      if (process.env["ML_TRACKING_TEST_ALL"]) throw error;
      buckets[name] = { missing: (error as Error).message };
    }
  }
  const report = join(place, "report.xml");
  const { OPENBLAS_CORETYPE: _, ...plain } = process.env;
  const pytest = [
    "-m",
    "pytest",
    "-q",
    "-p",
    "no:cacheprovider",
    "--tb=short",
    `--basetemp=${join(place, "tests")}`,
    `--junitxml=${report}`,
  ];
  const child = spawn(python, [...pytest, folder], {
    cwd: place,
    env: {
      ...plain,
      ML_TRACKING_TEST_BUCKETS: JSON.stringify(buckets),
      ML_TRACKING_TEST_NODES: JSON.stringify(nodes),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (talk += text));
  }
  await new Promise((resolve) => child.on("close", resolve));
  outcomes = readReport(report);
}, 1_800_000);

function check(context: { skip: (reason: string) => never }): void {
  if (missing !== undefined && !process.env["ML_TRACKING_TEST_ALL"]) context.skip(missing);
  expect(missing).toBeUndefined();
}

describe("the wheel", () => {
  it("is the same to the byte when it is built again", (context) => {
    check(context);
    expect(digests).toHaveLength(2);
    expect(digests[0]).toBe(digests[1]);
  });

  it("brings the command ml-tracking", (context) => {
    check(context);
    expect(help).toContain("dashboard");
  });
});

describe.each(tests)("the wheel in a fresh environment: $name", ({ name, titles }) => {
  it.for(titles)("%s", (title, context) => {
    check(context);
    const outcome = outcomes.get(`${name} ${title}`);
    if (outcome === undefined) throw new Error(`${title} did not run\n${talk.slice(-3000)}`);
    if (outcome.skipped !== undefined) context.skip(outcome.skipped);
    expect(outcome.failed).toBeUndefined();
  });
});
