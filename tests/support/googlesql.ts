import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { projectRoot } from "./built-package.js";

/** Google's own analyzer and reference engine of GoogleSQL; of 2025 there is none whose client starts. */
const version = "2024.11.1";
const maven = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
const folder = fileURLToPath(new URL("../warehouse/googlesql/", import.meta.url));

/** A cell as the engine takes and gives it: whole numbers are text. */
export type Cell = string | number | boolean | null;

export interface SqlScript {
  statements: readonly string[];
  /** The rows of external tables, whose last cell is their _FILE_NAME. */
  tables: Record<string, Cell[][]>;
}

export interface View {
  columns: [name: string, type: string][];
  rows: Cell[][];
}

/**
 * Runs scripts in Google's own engine, all in one start of it.
 * @returns the views of each script, by name
 * @throws Error where a statement is refused, or fails
 */
export async function runGoogleSql(scripts: readonly SqlScript[]): Promise<Record<string, View>[]> {
  const jars = await googleSql();
  const java = spawn("java", ["-cp", join(jars, "*"), join(folder, "RunScripts.java")], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const [out, talk, status] = await Promise.all([
    text(java.stdout),
    text(java.stderr),
    new Promise<number | null>((resolve, reject) => {
      java.on("error", reject).on("close", resolve);
      java.stdin.on("error", () => {}); // it may end without reading all: its status tells
      java.stdin.end(JSON.stringify({ scripts }));
    }),
  ]);
  if (status !== 0) throw new Error(`Google's engine ended with ${status}: ${talk}`);
  return (JSON.parse(out) as (Record<string, View> | { error: string })[]).map((answer) => {
    if (typeof answer["error"] === "string") throw new Error(answer["error"]);
    return answer as Record<string, View>;
  });
}

let fetched: Promise<string> | undefined;

/** Fetches the engine where that was not done yet, and tries it once. @returns the folder of its jars */
export function googleSql(): Promise<string> {
  fetched ??= fetchJars();
  return fetched;
}

async function fetchJars(): Promise<string> {
  const jars = join(projectRoot, ".cache", `googlesql-${version}`);
  if (existsSync(jars)) return jars;
  try {
    const run = promisify(execFile);
    await run("javac", ["-version"]);
    const making = `${jars}.${process.pid}`;
    await run("mvn", [
      "--batch-mode",
      "--quiet",
      maven,
      "--file",
      join(folder, "pom.xml"),
      `-DoutputDirectory=${making}`,
      `-Dmaven.repo.local=${making}.repository`,
    ]);
    await rm(`${making}.repository`, { recursive: true, force: true });
    await rename(making, jars).catch((error: unknown) => {
      if (!existsSync(jars)) throw error; // another test file was first
    });
    return jars;
  } catch (error) {
    const reason = `install Java 17 and Maven (Debian: apt-get install openjdk-17-jdk-headless maven), and a connection to Maven Central, to run Google's SQL engine (${(error as Error).message.split("\n")[0]})`;
    throw new Error(reason, { cause: error });
  }
}
