import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { pythonEnvironment } from "../../scripts/python-environment.js";
import { projectRoot } from "../support/built-package.js";

const file = join(projectRoot, "tests/python-client/test_client.py");
const titles = [...readFileSync(file, "utf8").matchAll(/^def (test_\w+)/gm)].map(
  ([, name]) => name as string,
);
const failures = new Map<string, string>();
const ran = new Set<string>();
let missing: string | undefined;

beforeAll(() => {
  const environment = pythonEnvironment(projectRoot, "tests/python-client/requirements.txt", {
    complete: true,
  });
  if ("missing" in environment) {
    missing = environment.missing;
    return;
  }
  execFileSync(process.execPath, [join(projectRoot, "scripts/build-python.js")], { stdio: "pipe" });
  const folder = mkdtempSync(join(tmpdir(), "ml-tracking-wheel-"));
  const [wheel] = readdirSync(join(projectRoot, "dist/python"));
  const installing = ["-m", "pip", "install", "-q", "--no-deps", "--target", join(folder, "installed")];
  execFileSync(environment.python, [...installing, join(projectRoot, "dist/python", wheel as string)]);
  const report = join(folder, "report.xml");
  const { stdout } = spawnSync(
    environment.python,
    ["-m", "pytest", "-q", "-p", "no:cacheprovider", `--junitxml=${report}`, file],
    { cwd: folder, env: { ...process.env, PYTHONPATH: join(folder, "installed") }, encoding: "utf8" },
  );
  for (const [, attributes = "", content = ""] of readFileSync(report, "utf8").matchAll(
    /<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    const name = (/(?:^| )name="(test_\w+)/.exec(attributes) ?? [])[1] ?? "";
    ran.add(name);
    if (/<(failure|error)/.test(content))
      failures.set(name, `${attributes}\n${content}\n${stdout.slice(-500)}`);
  }
}, 600_000);

describe("the installed wheel", () => {
  it.for(titles)("%s", (title, context) => {
    if (missing !== undefined && !process.env["ML_TRACKING_TEST_ALL"]) context.skip(missing);
    expect(missing).toBeUndefined();
    expect(failures.get(title)).toBeUndefined();
    expect([...ran]).toContain(title);
  });
});
