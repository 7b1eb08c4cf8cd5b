import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

import { projectRoot } from "../support/built-package.js";

const source = join(projectRoot, "src");

/** Each part with the parts that it may import; every part may import `tracking-error`. As in docs/architecture.md. */
const mayImport: Record<string, readonly string[]> = {
  experiment: [],
  scores: [],
  statistics: [],
  store: [],
  "tracking-log": ["experiment", "scores", "store"],
  predictions: ["store"],
  spool: ["experiment", "store", "tracking-log"],
  copy: ["experiment", "store", "tracking-log"],
  judging: ["experiment", "store", "predictions", "judge"],
  judge: ["experiment", "scores", "statistics", "predictions"],
  "compare-experiments": [
    "experiment",
    "scores",
    "statistics",
    "judge",
    "store",
    "predictions",
    "find-experiments",
    "read-experiments",
  ],
  leaderboard: [
    "experiment",
    "judge",
    "store",
    "tracking-log",
    "catalog-candidates",
    "compare-experiments",
    "find-experiments",
    "left-catalog",
  ],
  slices: [
    "experiment",
    "judge",
    "compare-experiments",
    "store",
    "predictions",
    "find-experiments",
    "read-experiments",
  ],
  "prediction-columns": ["experiment", "predictions"],
  "log-experiment": [
    "experiment",
    "scores",
    "store",
    "tracking-log",
    "predictions",
    "spool",
    "prediction-columns",
  ],
  "left-catalog": ["store", "tracking-log", "catalog"],
  "find-experiments": ["experiment", "store", "tracking-log", "left-catalog"],
  "best-experiments": ["experiment", "scores", "store", "tracking-log", "find-experiments", "left-catalog"],
  "project-summaries": ["store", "tracking-log", "find-experiments", "left-catalog"],
  "catalog-candidates": ["catalog", "judge"],
  "read-experiments": ["experiment", "store", "tracking-log", "predictions", "find-experiments"],
  "verify-findings": [],
  "verify-log": ["store", "tracking-log", "verify-findings"],
  "verify-store": [
    "experiment",
    "store",
    "tracking-log",
    "predictions",
    "find-experiments",
    "read-experiments",
    "verify-findings",
    "verify-log",
  ],
  looker: ["experiment", "store", "tracking-log", "predictions", "read-experiments"],
  "compact-store": ["store", "tracking-log"],
  catalog: ["experiment", "scores", "statistics", "store", "tracking-log", "predictions", "spool"],
  index: [
    "experiment",
    "judge",
    "compare-experiments",
    "leaderboard",
    "scores",
    "predictions",
    "spool",
    "copy",
    "log-experiment",
    "find-experiments",
    "read-experiments",
    "verify-store",
    "compact-store",
    "slices",
  ],
  server: [
    "experiment",
    "scores",
    "store",
    "predictions",
    "catalog",
    "catalog-candidates",
    "judge",
    "judging",
  ],
  core: [
    "experiment",
    "store",
    "tracking-log",
    "predictions",
    "spool",
    "log-experiment",
    "find-experiments",
    "read-experiments",
    "compare-experiments",
  ],
  cli: [
    "server",
    "experiment",
    "scores",
    "store",
    "tracking-log",
    "predictions",
    "spool",
    "copy",
    "looker",
    "judge",
    "compare-experiments",
    "leaderboard",
    "log-experiment",
    "find-experiments",
    "best-experiments",
    "project-summaries",
    "read-experiments",
    "verify-store",
    "compact-store",
    "slices",
  ],
};

interface Import {
  from: string;
  to: string;
}

async function sourceFiles(): Promise<string[]> {
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
    .map((entry) => relative(source, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

/** Every import of every file, of types and at run time too; relative ones as paths below src/. */
async function allImports(): Promise<Import[]> {
  const imports: Import[] = [];
  for (const file of await sourceFiles()) {
    const text = await readFile(join(source, file), "utf8");
    const pattern = /(?:from|import)\s*\(?\s*"([^"]+)"/g;
    for (const [, target] of text.matchAll(pattern)) {
      const isRelative = target!.startsWith(".");
      const path = relative(source, resolve(source, dirname(file), target!)).replaceAll("\\", "/");
      imports.push({ from: file, to: isRelative ? path.replace(/\.js$/, ".ts") : target! });
    }
  }
  return imports;
}

/** `scores/recall.ts` belongs to `scores`, `log-experiment.ts` to itself. */
const partOf = (file: string) => file.split("/")[0]!.replace(/\.ts$/, "");

describe("the parts of src/", () => {
  it("are all known here", async () => {
    const parts = new Set((await sourceFiles()).map(partOf));
    parts.delete("tracking-error");
    expect([...parts].filter((part) => !(part in mayImport))).toEqual([]);
  });

  it("import downwards only", async () => {
    const wrong = (await allImports()).filter(({ from, to }) => {
      if (!to.endsWith(".ts") || from === "tracking-error.ts") return false;
      const [importer, imported] = [partOf(from), partOf(to)];
      return (
        importer !== imported && imported !== "tracking-error" && !mayImport[importer]?.includes(imported)
      );
    });
    expect(wrong).toEqual([]);
  });

  it("have no cycle of files, types included", async () => {
    const next = new Map<string, string[]>();
    for (const { from, to } of await allImports()) next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      if (path.includes(file) || done.has(file)) return;
      for (const target of next.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of next.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it("compute scores and statistics without Node.js", async () => {
    const pure = (await allImports()).filter(({ from }) => /^(scores|statistics)\//.test(from));
    expect(pure.length).toBeGreaterThan(10);
    expect(pure.filter(({ to }) => !to.endsWith(".ts"))).toEqual([]);
  });

  it("touch DuckDB in the catalog only, and cloud SDKs in the store only", async () => {
    const imports = await allImports();
    const users = (pattern: RegExp) =>
      new Set(imports.filter(({ to }) => pattern.test(to)).map(({ from }) => partOf(from)));
    expect([...users(/duckdb/)].filter((part) => part !== "catalog")).toEqual([]);
    const filesOf = (name: string) => [
      ...new Set(imports.filter(({ to }) => to === name).map(({ from }) => from)),
    ];
    expect(filesOf("google-auth-library")).toEqual(["store/gcs-store.ts"]);
    expect(filesOf("@aws-sdk/client-s3")).toEqual(["store/s3-store.ts"]);
    expect([...users(/^@google-cloud|^@aws-sdk|^google-auth/)]).toEqual(["store"]);
  });
});
