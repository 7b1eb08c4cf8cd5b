import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";

import { pythonEnvironment } from "../../scripts/python-environment.js";
import { runPython } from "../python/python.js";
import { skipOrThrow } from "../support/bucket-server.js";
import { projectRoot } from "../support/built-package.js";
import { clickHousePython } from "../support/clickhouse.js";
import type { Outcome } from "./compare-rows.js";
import type { EngineStore } from "./engine-store.js";

const script = fileURLToPath(new URL("read_store.py", import.meta.url));

/** A program that reads a store: what docs/file-format.md says of it, and what its plain default is. */
export interface Engine {
  /** As tests/engines/read_store.py calls it. */
  name: string;
  /** How its row of the table begins. */
  title: string;
  /** The Python that has it, or why there is none. */
  environment: () => { python: string } | { missing: string };
  /** Code that reads without any option: each log as it is, and the predictions of text labels. */
  plain: { log: string; predictions: string };
}

const logs = "ml-tracking/tracking/*/*.csv";
const texts = "ml-tracking/predictions/*/*/*.text.parquet";

const dataFrames = () => pythonEnvironment(projectRoot, "tests/engines/requirements.txt");

function sparkPython(): { python: string } | { missing: string } {
  if (spawnSync("java", ["-version"]).status !== 0)
    return { missing: "install Java 17 for Spark (Debian: apt-get install openjdk-17-jre-headless)" };
  return pythonEnvironment(projectRoot, "tests/engines/spark-requirements.txt");
}

export const engines: readonly Engine[] = [
  {
    name: "pandas",
    title: "pandas",
    environment: dataFrames,
    plain: {
      log: `log = pandas.concat(pandas.read_csv(file) for file in glob("${logs}"))`,
      predictions: `predictions = pandas.concat({file: pandas.read_parquet(file) for file in glob("${texts}")})`,
    },
  },
  {
    name: "polars",
    title: "polars",
    environment: dataFrames,
    plain: {
      log: `log = polars.read_csv("${logs}")`,
      predictions: `predictions = polars.read_parquet("${texts}", include_file_paths="file")`,
    },
  },
  {
    name: "duckdb",
    title: "DuckDB",
    environment: dataFrames,
    plain: {
      log: `FROM '${logs}'`,
      predictions: `SELECT filename, * FROM read_parquet('${texts}')`,
    },
  },
  {
    name: "pyarrow",
    title: "pyarrow",
    environment: dataFrames,
    plain: {
      log: `log = pyarrow.dataset.dataset("ml-tracking/tracking", format="csv")`,
      predictions: `predictions = pyarrow.dataset.dataset(sorted(glob("${texts}")))`,
    },
  },
  {
    name: "chdb",
    title: "ClickHouse",
    environment: clickHousePython,
    plain: {
      log: `SELECT * FROM file('${logs}')`,
      predictions: `SELECT _file, * FROM file('${texts}')`,
    },
  },
  {
    name: "spark",
    title: "Spark",
    environment: sparkPython,
    plain: {
      log: `log = spark.read.csv("${logs}", header=True)`,
      predictions: `predictions = spark.read.parquet("${texts}").select("*", "_metadata.file_path")`,
    },
  },
];

/** The row of an engine in the table of docs/file-format.md. */
export interface DocumentedEngine {
  /** The line that reads the log, and the one that reads the predictions. */
  lines: [string, string];
  /** What is said of its plain default. */
  plain: string;
  /** What columns are by it. */
  types: string[];
}

export async function documented({ title }: Engine): Promise<DocumentedEngine> {
  const text = await readFile(join(projectRoot, "docs/file-format.md"), "utf8");
  const table = text.split("\n## Read by other programs\n")[1] ?? "";
  const row = table.split("\n").find((line) => line.startsWith(`| ${title} `));
  const [, , code = "", plain = "", types = ""] = row?.split(/ ?\| ?/) ?? [];
  const lines = [...code.matchAll(/`([^`]+)`/g)].map(([, line]) => line!);
  if (lines.length !== 2)
    throw new Error(`${title} has ${lines.length} lines of code in docs/file-format.md`);
  return {
    lines: lines as [string, string],
    plain,
    types: [...types.matchAll(/`([^`]+)`/g)].map(([, type]) => type!),
  };
}

/** Reads a store by the lines of the docs and by the plain default. */
export async function readWith(
  context: Pick<TestContext, "skip">,
  engine: Engine,
  { lines }: DocumentedEngine,
  { folder }: EngineStore,
): Promise<{ log: [Outcome, Outcome]; predictions: [Outcome, Outcome] }> {
  const environment = engine.environment();
  if ("missing" in environment) return skipOrThrow(context, new Error(environment.missing));
  const input = {
    engine: engine.name,
    log: [lines[0], engine.plain.log],
    predictions: [lines[1], engine.plain.predictions],
  };
  const out = await runPython(environment.python, [script], JSON.stringify(input), folder);
  return JSON.parse(out) as Awaited<ReturnType<typeof readWith>>;
}
