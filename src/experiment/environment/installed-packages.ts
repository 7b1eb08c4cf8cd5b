import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import packageJson from "../../../package.json" with { type: "json" };

const mostPackages = 50;
const mostBytes = 1_000_000;
const known = new Map<string, Record<string, string>>();

/**
 * The version of ml-tracking, and of the installed packages that the nearest package.json above a folder
 * depends on, by name. Never fails, and reads each package.json once in the life of the process.
 * @example installedPackages("/home/ana/penguins/src") // { "ml-tracking": "0.1.0", "ml-knn": "3.0.0" }
 */
export function installedPackages(folder: string): Record<string, string> {
  const found = known.get(folder) ?? readVersions(folder);
  known.set(folder, found);
  return { ...found };
}

function readVersions(folder: string): Record<string, string> {
  const above = foldersFrom(folder);
  const project = above.find((each) => isProject(readPackage(join(each, "package.json"))));
  const versions = new Map<string, string>();
  if (project !== undefined) {
    for (const name of dependencies(readPackage(join(project, "package.json")))) {
      const version = installedVersion(name, foldersFrom(project));
      if (version !== undefined) versions.set(name, version);
    }
  }
  versions.set("ml-tracking", packageJson.version);
  return Object.fromEntries([...versions].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A folder and all the folders that it lies in, the nearest first. */
function foldersFrom(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}

/** What a package.json says; undefined where there is none, or none that can be read. */
function readPackage(path: string): Record<string, unknown> | undefined {
  try {
    if (statSync(path).size > mostBytes) return undefined;
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A package.json that only says `"type": "module"` of its folder describes no project. */
function isProject(description: Record<string, unknown> | undefined): boolean {
  return description !== undefined && ("name" in description || "dependencies" in description);
}

function dependencies(description: Record<string, unknown> | undefined): string[] {
  const listed = description?.["dependencies"];
  return isRecord(listed) ? Object.keys(listed).filter(isPackageName).slice(0, mostPackages) : [];
}

/** Keeps a strange name from leading out of node_modules. */
function isPackageName(name: string): boolean {
  return /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/iu.test(name) && name.length <= 214;
}

function installedVersion(name: string, folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    const version = readPackage(join(folder, "node_modules", name, "package.json"))?.["version"];
    if (typeof version === "string") return /^[\w.+-]{1,100}$/u.test(version) ? version : undefined;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
