import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

import { projectRoot } from "../support/built-package.js";

const source = join(projectRoot, "src");

/** The rooms of src/, the lowest first, with the rooms that each may import. As in docs/architecture.md. */
const mayImport: Record<string, readonly string[]> = {
  experiment: [],
  scores: [],
  statistics: [],
  store: [],
  "tracking-log": ["experiment", "scores", "store"],
  predictions: ["store"],
  judge: ["experiment", "scores", "statistics", "store", "predictions"],
  duckdb: ["store"],
  spool: ["experiment", "store", "tracking-log"],
  catalog: ["experiment", "scores", "store", "tracking-log", "duckdb"],
  plots: ["experiment", "scores", "statistics", "store", "predictions", "duckdb"],
  jobs: [
    "experiment",
    "scores",
    "statistics",
    "store",
    "tracking-log",
    "predictions",
    "judge",
    "duckdb",
    "spool",
    "catalog",
  ],
  demo: ["experiment"],
  maintenance: ["experiment", "store", "tracking-log", "predictions", "jobs"],
  warehouse: ["experiment", "store", "tracking-log", "predictions", "jobs"],
  server: ["experiment", "scores", "store", "predictions", "judge", "duckdb", "catalog", "plots", "jobs"],
  bridge: ["experiment", "store", "tracking-log", "predictions", "spool", "jobs"],
  index: ["experiment", "scores", "predictions", "judge", "spool", "jobs", "maintenance"],
  cli: [
    "experiment",
    "scores",
    "store",
    "tracking-log",
    "predictions",
    "judge",
    "spool",
    "jobs",
    "demo",
    "maintenance",
    "warehouse",
    "server",
  ],
};

/** Single files that everything may import. */
const belowAll = new Set(["error-table", "tracking-error"]);

/** What several jobs need: the jobs import these, and not each other. */
const sharedByJobs = new Set([
  "find-experiments",
  "left-catalog",
  "read-experiments",
  "read-evaluation",
  "catalog-candidates",
  "prediction-columns",
]);

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

/** `scores/recall.ts` belongs to `scores`, `index.ts` to itself. */
const partOf = (file: string) => file.split("/")[0]!.replace(/\.ts$/, "");

describe("the parts of src/", () => {
  it("are all known here", async () => {
    const parts = new Set((await sourceFiles()).map(partOf));
    expect([...parts].filter((part) => !(part in mayImport) && !belowAll.has(part))).toEqual([]);
  });

  it("import downwards only", async () => {
    const wrong = (await allImports()).filter(({ from, to }) => {
      if (!to.endsWith(".ts")) return false;
      const [importer, imported] = [partOf(from), partOf(to)];
      return importer !== imported && !belowAll.has(imported) && !mayImport[importer]?.includes(imported);
    });
    expect(wrong).toEqual([]);
  });

  it("imports from rooms that stand before it only", () => {
    const order = Object.keys(mayImport);
    const upwards = Object.entries(mayImport).flatMap(([room, others]) =>
      others.filter((other) => order.indexOf(other) >= order.indexOf(room)).map((other) => [room, other]),
    );
    expect(upwards).toEqual([]);
  });

  it("have jobs that do not do each other's work", async () => {
    const crossing = (await allImports()).filter(({ from, to }) => {
      const job = /^jobs\/(.+)\.ts$/.exec(to)?.[1];
      return from.startsWith("jobs/") && job !== undefined && !sharedByJobs.has(job);
    });
    expect(crossing).toEqual([]);
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

  it("load zod in the server only: others take types from a schema", async () => {
    const wrong: string[] = [];
    for (const file of await sourceFiles()) {
      if (file.startsWith("server/")) continue;
      const text = await readFile(join(source, file), "utf8");
      const loads = [...text.matchAll(/^(import|export) (?!type )[^;]*?from "([^"]+)"/gm)].map(
        ([, , to]) => to!,
      );
      const mayLoadZod = file.endsWith("-schema.ts");
      if (loads.some((to) => /^@hono|^hono/.test(to))) wrong.push(file);
      if (!mayLoadZod && loads.some((to) => to === "zod" || to.endsWith("-schema.js"))) wrong.push(file);
    }
    expect(wrong).toEqual([]);
  });

  it("touch DuckDB in its rooms only, and cloud SDKs in the store only", async () => {
    const imports = await allImports();
    const users = (pattern: RegExp) =>
      new Set(imports.filter(({ to }) => pattern.test(to)).map(({ from }) => partOf(from)));
    expect([...users(/^@duckdb\//)].toSorted()).toEqual(["catalog", "duckdb", "plots"]);
    const filesOf = (name: string) => [
      ...new Set(imports.filter(({ to }) => to === name).map(({ from }) => from)),
    ];
    expect(filesOf("google-auth-library")).toEqual(["store/gcs-store.ts"]);
    expect(filesOf("@aws-sdk/client-s3")).toEqual(["store/s3-store.ts"]);
    expect([...users(/^@google-cloud|^@aws-sdk|^google-auth/)]).toEqual(["store"]);
  });
});
