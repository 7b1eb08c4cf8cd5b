import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestContext } from "vitest";

import { packageTools } from "../../scripts/package-tools.js";
import { projectRoot } from "../support/built-package.js";

const run = promisify(execFile);

export interface PackedPackage {
  /** The tarball that `npm pack` made, and the folder that it was unpacked to. */
  tarball: string;
  folder: string;
  remove: () => Promise<void>;
}

/** Packs what is built, with its types, and unpacks it. */
export async function packPackage(): Promise<PackedPackage> {
  const place = await mkdtemp(join(tmpdir(), "ml-tracking-package-"));
  await run(process.execPath, ["scripts/build-types.js"], { cwd: projectRoot });
  const packing = ["pack", "--json", "--ignore-scripts", "--pack-destination", place];
  const { stdout } = await run("npm", packing, { cwd: projectRoot });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const folder = join(place, "package");
  const tarball = join(place, filename);
  await run("tar", ["-xzf", tarball, "-C", place]);
  return { tarball, folder, remove: () => rm(place, { recursive: true, force: true }) };
}

/** A project in whose node_modules the package lies, without what is optional. */
export async function userProject(
  { folder }: PackedPackage,
  files: Record<string, string>,
  manifest: object = { type: "module" },
): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), "ml-tracking-user-"));
  await mkdir(join(project, "node_modules"));
  await run("cp", ["-r", folder, join(project, "node_modules/ml-tracking")]);
  await writeFile(join(project, "package.json"), JSON.stringify({ private: true, ...manifest }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(project, name, ".."), { recursive: true });
    await writeFile(join(project, name), text);
  }
  return project;
}

/** The folder of a group of tools; a test is skipped where they cannot be had, unless every test must run. */
export function toolsFolder(group: string, context?: TestContext): string {
  const tools = packageTools(group);
  if ("folder" in tools) return tools.folder;
  if (process.env["ML_TRACKING_TEST_ALL"] || !context) throw new Error(tools.missing);
  return context.skip(tools.missing);
}
