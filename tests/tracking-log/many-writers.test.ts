import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { parseHeader, parseRow } from "../../src/tracking-log/row.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const writerScript = fileURLToPath(new URL("writer.mjs", import.meta.url));

async function storedLines(store: string, project: string): Promise<{ file: string; lines: string[] }[]> {
  const folder = join(store, "tracking", project);
  return Promise.all(
    (await readdir(folder)).sort().map(async (file) => ({
      file,
      lines: (await readFile(join(folder, file), "utf8")).split("\n"),
    })),
  );
}

describe("several processes that log into one project", () => {
  it("keeps every acknowledged row exactly once while writers are killed at random", {
    timeout: 900_000,
  }, async () => {
    const store = await temporaryFolder();
    const writers = 8;
    const rowsEach = 400;
    /** After so many acknowledged rows of all, a writer is killed: so that the kills do not depend on the clock. */
    const rowsBetweenKills = 30;
    const acknowledged: string[] = [];
    const failures: string[] = [];
    const running = new Map<number, ChildProcess>();
    let seen = 0;
    let kills = 0;

    const killNowAndThen = () => {
      seen += 1;
      if (seen % rowsBetweenKills !== 0) return;
      const victims = [...running.values()];
      const victim = victims[Math.floor(Math.random() * victims.length)];
      if (victim?.kill("SIGKILL")) kills += 1;
    };

    /** Logs until this writer has its rows; a killed process is followed by another that logs the rest. */
    const work = async (writer: number) => {
      let done = 0;
      for (let attempt = 0; done < rowsEach; attempt++) {
        const child = spawn(process.execPath, [
          writerScript,
          store,
          String(rowsEach - done),
          `${writer}.${attempt}`,
        ]);
        running.set(writer, child);
        let output = "";
        child.stdout.on("data", (data: Buffer) => {
          output += data.toString();
          for (const byte of data) if (byte === 0x0a) killNowAndThen();
        });
        child.stderr.on("data", (data: Buffer) => failures.push(data.toString()));
        await new Promise((resolve) => child.on("close", resolve));
        const ids = output.split("\n").slice(0, -1);
        acknowledged.push(...ids);
        done += ids.length;
      }
      running.delete(writer);
    };
    await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer)));

    expect(failures).toEqual([]);
    expect(kills).toBeGreaterThan(50);
    expect(new Set(acknowledged).size).toBe(writers * rowsEach);

    // Before any repair: nothing acknowledged is missing, and readers give each experiment once.
    const { experiments } = await readExperiments("crash", { store });
    const ids = experiments.map(({ predictionId }) => predictionId);
    expect(new Set(ids).size).toBe(ids.length);
    const read = new Set(ids);
    expect(acknowledged.filter((id) => !read.has(id))).toEqual([]);

    const repaired = await verifyStore({ store, repair: true, graceSeconds: 0 });
    expect(repaired.findings.filter((finding) => !finding.repaired)).toEqual([]);
    expect((await verifyStore({ store, graceSeconds: 0 })).findings).toEqual([]);

    // After it, every line of every file is a row, and every id stands there once.
    const rows: string[] = [];
    const files = await storedLines(store, "crash");
    expect(files.length).toBeGreaterThan(1); // files are begun while others write
    for (const { lines } of files) {
      expect(lines.pop()).toBe("");
      const header = parseHeader(lines[0] as string) as readonly string[];
      for (const line of lines.slice(1)) {
        const row = parseRow(header, line);
        if ("broken" in row) throw new Error(`${row.broken}: ${line.slice(0, 200)}`);
        rows.push(row.cells.get("prediction_id") as string);
      }
    }
    expect(new Set(rows).size).toBe(rows.length);
    const stored = new Set(rows);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });

  it("quarantines a torn last line and glues nothing to it", async () => {
    const store = await temporaryFolder();
    const first = await logExperiment(smallClassification(store));
    const log = join(store, first.paths.trackingLog!);
    const whole = await readFile(log, "utf8");
    const torn = whole.slice(whole.indexOf("\n") + 1, -40);
    await writeFile(log, whole + torn);

    const second = await logExperiment(smallClassification(store));
    expect(second.paths.trackingLog).toMatch(/pets_\d{4}-\d\d-\d\d_2\.csv$/);
    const files = await storedLines(store, "pets");
    expect(files).toHaveLength(1);
    expect(files[0]?.lines.slice(1, -1).map((line) => line.slice(0, 12))).toEqual([
      first.predictionId,
      second.predictionId,
    ]);
    const [quarantined] = await readdir(join(store, "quarantine", "pets"));
    expect(await readFile(join(store, "quarantine", "pets", quarantined as string), "utf8")).toBe(
      `${torn}\n`,
    );
    expect((await verifyStore({ store })).findings).toEqual([]);
  });

  it.each(Array.from({ length: 12 }, (_, i) => i + 1))(
    "reads on and logs on when the log was cut at part %i of 13 of its last line",
    async (part) => {
      const store = await temporaryFolder();
      const kept = await logExperiment(smallClassification(store));
      const { paths } = await logExperiment(
        smallClassification(store, { extraParameters: { note: 'a "quoted", note' } }),
      );
      const log = join(store, paths.trackingLog!);
      const whole = await readFile(log, "utf8");
      const lastLine = whole.slice(0, -1).lastIndexOf("\n") + 1;
      await writeFile(log, whole.slice(0, lastLine + Math.floor(((whole.length - lastLine) * part) / 13)));

      const before = await readExperiments("pets", { store });
      expect(before.experiments.map(({ predictionId }) => predictionId)).toEqual([kept.predictionId]);
      expect(before.problems).toMatchObject([{ line: 3, reason: expect.stringContaining("no line break") }]);
      const next = await logExperiment(smallClassification(store));
      const after = await readExperiments("pets", { store });
      expect(after.experiments.map(({ predictionId }) => predictionId)).toEqual([
        kept.predictionId,
        next.predictionId,
      ]);
      expect(after.problems).toEqual([]);
    },
  );

  it("keeps both rows when two repair the same file at once", async () => {
    const store = await temporaryFolder();
    const first = await logExperiment(smallClassification(store));
    const log = join(store, first.paths.trackingLog!);
    await writeFile(log, `${await readFile(log, "utf8")}torn`);
    const more = await Promise.all(
      Array.from({ length: 12 }, () => logExperiment(smallClassification(store))),
    );
    const { experiments, problems } = await readExperiments("pets", { store });
    expect(experiments.map(({ predictionId }) => predictionId).sort()).toEqual(
      [first, ...more].map(({ predictionId }) => predictionId).sort(),
    );
    expect(problems).toEqual([]);
  });
});
