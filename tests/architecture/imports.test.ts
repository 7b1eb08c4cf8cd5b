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
  definitions: ["experiment", "scores", "statistics"],
  "added-scores": ["experiment", "scores", "statistics", "definitions"],
  store: [],
  "tracking-log": ["experiment", "scores", "store"],
  annotations: ["experiment", "scores", "added-scores", "store", "tracking-log"],
  predictions: ["store"],
  "predictions-file": ["experiment", "predictions"],
  run: ["experiment", "store", "tracking-log"],
  history: ["experiment", "store", "tracking-log", "predictions", "run"],
  judge: [
    "experiment",
    "scores",
    "statistics",
    "definitions",
    "added-scores",
    "store",
    "annotations",
    "predictions",
  ],
  duckdb: ["store"],
  spool: ["experiment", "store", "tracking-log", "run", "history"],
  catalog: [
    "experiment",
    "scores",
    "statistics",
    "added-scores",
    "store",
    "tracking-log",
    "annotations",
    "run",
    "history",
    "duckdb",
  ],
  plots: ["experiment", "scores", "statistics", "store", "predictions", "duckdb"],
  charts: ["store", "run", "history", "duckdb", "plots"],
  report: ["experiment", "scores", "annotations", "judge"],
  jobs: [
    "experiment",
    "scores",
    "statistics",
    "definitions",
    "added-scores",
    "store",
    "tracking-log",
    "annotations",
    "predictions",
    "run",
    "history",
    "judge",
    "duckdb",
    "spool",
    "catalog",
    "report",
  ],
  demo: ["experiment"],
  mlflow: [
    "experiment",
    "definitions",
    "store",
    "tracking-log",
    "annotations",
    "predictions",
    "predictions-file",
    "run",
    "history",
    "jobs",
  ],
  maintenance: [
    "experiment",
    "store",
    "tracking-log",
    "annotations",
    "predictions",
    "run",
    "history",
    "jobs",
    "mlflow",
  ],
  warehouse: ["experiment", "scores", "store", "tracking-log", "annotations", "predictions"],
  server: [
    "experiment",
    "scores",
    "definitions",
    "added-scores",
    "store",
    "annotations",
    "predictions",
    "run",
    "history",
    "judge",
    "duckdb",
    "catalog",
    "plots",
    "charts",
    "report",
    "jobs",
    "maintenance",
    "mlflow",
  ],
  bridge: [
    "experiment",
    "definitions",
    "store",
    "tracking-log",
    "annotations",
    "predictions",
    "run",
    "history",
    "spool",
    "jobs",
    "maintenance",
  ],
  api: [
    "experiment",
    "scores",
    "definitions",
    "store",
    "tracking-log",
    "annotations",
    "predictions",
    "run",
    "history",
    "judge",
    "spool",
    "jobs",
    "maintenance",
  ],
  index: [
    "experiment",
    "definitions",
    "tracking-log",
    "predictions",
    "run",
    "spool",
    "jobs",
    "maintenance",
    "api",
  ],
  cli: [
    "experiment",
    "scores",
    "definitions",
    "store",
    "tracking-log",
    "annotations",
    "predictions",
    "predictions-file",
    "run",
    "history",
    "judge",
    "spool",
    "report",
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
  "added-values",
  "project-added-scores",
  "among-those-tried",
  "best-by-added",
  "fill-added-scores",
  "find-experiments",
  "left-catalog",
  "catalog-best",
  "compared-score",
  "count-runs",
  "evaluation-judge",
  "experiment-order",
  "project-best",
  "ranked-together",
  "read-experiments",
  "read-evaluation",
  "catalog-candidates",
  "prediction-columns",
  "project-added-scores",
  "rank-in-project",
  "live-run",
  "log-artifact",
  "run-surroundings",
]);

interface Import {
  from: string;
  to: string;
}

async function sourceFiles(folder = source): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

/** Every import of every file, of types and at run time too; relative ones as paths below the folder. */
async function allImports(folder = source): Promise<Import[]> {
  const files = new Set(await sourceFiles(folder));
  const imports: Import[] = [];
  for (const file of files) {
    const text = await readFile(join(folder, file), "utf8");
    const pattern = /(?:from|import)\s*\(?\s*"([^"]+)"/g;
    for (const [, target] of text.matchAll(pattern)) {
      const isRelative = target!.startsWith(".");
      const path = relative(folder, resolve(folder, dirname(file), target!)).replaceAll("\\", "/");
      const [script, component] = [path.replace(/\.js$/, ".ts"), path.replace(/\.js$/, ".tsx")];
      imports.push({ from: file, to: isRelative ? (files.has(component) ? component : script) : target! });
    }
  }
  return imports;
}

/** Every circle of files that import each other, one each. */
function cyclesOf(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
    if (path.includes(file) || done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return cycles;
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
    expect(cyclesOf(await allImports())).toEqual([]);
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

const pages = join(projectRoot, "web/src");

/**
 * The rooms of web/src/, the lowest first, with the rooms that each may import; a file at the top is a room
 * of its own.
 */
const pagesMayImport: Record<string, readonly string[]> = {
  search: [],
  "mlflow-links": [],
  api: [],
  charts: ["api"],
  components: ["search", "api", "charts"],
  experiment: ["search", "api", "charts", "components"],
  run: ["search", "api", "charts", "components"],
  pages: ["search", "api", "charts", "components", "experiment", "run"],
  router: ["search", "components", "pages"],
  main: ["mlflow-links", "api", "router"],
};

describe("the parts of web/src/", () => {
  const isSource = ({ to }: Import) => /\.tsx?$/.test(to) && !to.startsWith("../");
  const roomOf = (file: string) => file.split("/")[0]!.replace(/\.tsx?$/, "");

  it("are all known here", async () => {
    const rooms = new Set((await sourceFiles(pages)).map(roomOf));
    expect([...rooms].filter((room) => !(room in pagesMayImport))).toEqual([]);
  });

  it("import downwards only", async () => {
    const wrong = (await allImports(pages)).filter(isSource).filter(({ from, to }) => {
      const [importer, imported] = [roomOf(from), roomOf(to)];
      return importer !== imported && !pagesMayImport[importer]?.includes(imported);
    });
    expect(wrong).toEqual([]);
    const order = Object.keys(pagesMayImport);
    const upwards = Object.entries(pagesMayImport).flatMap(([room, others]) =>
      others.filter((other) => order.indexOf(other) >= order.indexOf(room)).map((other) => [room, other]),
    );
    expect(upwards).toEqual([]);
  });

  it("have pages that import nothing of each other", async () => {
    const pageOf = (file: string) => /^pages\/([^/]+)/.exec(file)?.[1];
    const imports = await allImports(pages);
    expect(new Set(imports.map(({ from }) => pageOf(from))).size).toBeGreaterThan(5);
    const crossing = imports.filter(({ from, to }) => {
      const [importer, imported] = [pageOf(from), pageOf(to)];
      return importer !== undefined && imported !== undefined && importer !== imported;
    });
    expect(crossing).toEqual([]);
  });

  it("have no cycle of files, types included", async () => {
    expect(cyclesOf(await allImports(pages))).toEqual([]);
  });

  it("take types of the API's shapes from src/, and nothing else", async () => {
    const outside = (await allImports(pages)).filter(({ to }) => to.startsWith("../"));
    expect(new Set(outside.map(({ from }) => from))).toEqual(new Set(["api/types.ts"]));
    expect(outside.filter(({ to }) => !/^\.\.\/\.\.\/src\/(?:[\w-]+\/)+[\w-]+-schema\.ts$/.test(to))).toEqual(
      [],
    );
    const text = await readFile(join(pages, "api/types.ts"), "utf8");
    expect(text).not.toMatch(/^import (?!type )/m);
  });

  it("load ECharts in one file, so that it comes with the first chart; all others take its types", async () => {
    const loaded: string[] = [];
    for (const file of await sourceFiles(pages)) {
      const text = await readFile(join(pages, file), "utf8");
      if (/^import (?!type )[^;]*from "echarts/m.test(text)) loaded.push(file);
    }
    expect(loaded).toEqual(["charts/echarts.ts"]);
  });
});
