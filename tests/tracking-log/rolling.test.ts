import { mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { folderStore } from "../../src/store/folder-store.js";
import { appendRow } from "../../src/tracking-log/append-row.js";
import { compareLogFiles, parseLogFileName } from "../../src/tracking-log/log-file-name.js";
import { headerLine } from "../../src/tracking-log/row.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { asFormat1 } from "../support/former-log.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const noon = (day: string) => ({ now: () => new Date(`${day}T12:00:00Z`) });
const files = async (store: string) => (await readdir(join(store, "tracking", "pets"))).sort();

describe("a project's tracking log", () => {
  it("goes on in the most recent file, whatever its day", async () => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store), noon("2026-11-23"));
    await logExperiment(smallClassification(store), noon("2026-11-25"));
    expect(await files(store)).toEqual(["pets_2026-11-23_1.csv"]);
  });

  it("starts the next file of the day when asked, and the first one of a new day", async () => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store), noon("2026-11-23"));
    await logExperiment(smallClassification(store, { newCsv: true }), noon("2026-11-23"));
    await logExperiment(smallClassification(store, { newCsv: true }), noon("2026-11-24"));
    const { paths } = await logExperiment(smallClassification(store), noon("2026-11-24"));
    expect(await files(store)).toEqual([
      "pets_2026-11-23_1.csv",
      "pets_2026-11-23_2.csv",
      "pets_2026-11-24_1.csv",
    ]);
    expect(paths.trackingLog).toBe("tracking/pets/pets_2026-11-24_1.csv");
    expect((await readExperiments("pets", { store })).experiments).toHaveLength(4);
  });

  it("starts a file each for writers that ask for one at the same time", async () => {
    const store = await temporaryFolder();
    const all = Array.from({ length: 8 }, () => logExperiment(smallClassification(store, { newCsv: true })));
    const paths = (await Promise.all(all)).map((logged) => logged.paths.trackingLog);
    expect(new Set(paths).size).toBe(8);
  });

  it("is one file of one header whatever the kinds that are logged", async () => {
    const store = await temporaryFolder();
    for (let i = 0; i < 3; i++) {
      await logExperiment(smallClassification(store), noon("2026-11-23"));
      await logExperiment(smallRegression(store, { project: "pets" }), noon("2026-11-23"));
    }
    const { experiments } = await readExperiments("pets", { store });
    expect(await files(store)).toEqual(["pets_2026-11-23_1.csv"]);
    const text = await readFile(join(store, "tracking/pets/pets_2026-11-23_1.csv"), "utf8");
    expect(text.split("\n")[0]).toMatch(
      /,accuracy,.*,r2,.*,positive_label,.*,run_id,model_parameters,extra_parameters,runtime,format$/,
    );
    const kinds = ["classification", "regression"];
    expect(experiments.map(({ kind }) => kind)).toEqual([...kinds, ...kinds, ...kinds]);
    expect(experiments[0]?.scores["accuracy"]).toBe(0.75);
    expect(experiments[1]?.scores["r2"]).toBeCloseTo(0.75, 12);
  });

  it("starts the next file after one of format 1, which no append changes", async () => {
    const store = await temporaryFolder();
    const { paths } = await logExperiment(smallClassification(store), noon("2026-11-23"));
    const log = join(store, paths.trackingLog!);
    const former = asFormat1(await readFile(log, "utf8"));
    await writeFile(log, former);
    for (let i = 0; i < 2; i++) await logExperiment(smallClassification(store), noon("2026-11-23"));
    expect(await files(store)).toEqual(["pets_2026-11-23_1.csv", "pets_2026-11-23_2.csv"]);
    expect(await readFile(log, "utf8")).toBe(former);
    const { experiments, problems } = await readExperiments("pets", { store });
    expect(problems).toEqual([]);
    const [first, ...others] = experiments.map(({ scores, positiveLabel }) => ({ scores, positiveLabel }));
    expect(others).toEqual([first, first]);
  });

  it("leaves the header of a file from another version alone, and reads what it has", async () => {
    const store = await temporaryFolder();
    await mkdir(join(store, "tracking/pets"), { recursive: true });
    const old =
      "prediction_id,logged_at,project,kind,model,dataset_uri,target_column,test_set_digest,predictions,accuracy,future_column\n";
    const row =
      "0123456789ab,2026-01-01T00:00:00.000Z,pets,classification,M,d,t,00,predictions/x,0.5,whatever\n";
    await writeFile(join(store, "tracking/pets/pets_2026-01-01_1.csv"), old + row);
    await logExperiment(smallClassification(store), noon("2026-11-23"));
    expect(await files(store)).toEqual(["pets_2026-01-01_1.csv", "pets_2026-11-23_1.csv"]);
    expect(await readFile(join(store, "tracking/pets/pets_2026-01-01_1.csv"), "utf8")).toBe(old + row);
    const { experiments, problems } = await readExperiments("pets", { store });
    expect(problems).toEqual([]);
    expect(experiments.map(({ scores }) => scores["accuracy"])).toEqual([0.5, 0.75]);
  });

  it("starts the next file at 32 MiB", async () => {
    const store = await temporaryFolder();
    const { paths } = await logExperiment(smallClassification(store), noon("2026-11-23"));
    const row = (await readFile(join(store, paths.trackingLog!), "utf8")).split("\n")[1] as string;
    const count = Math.ceil((32 * 2 ** 20) / (row.length + 1));
    const rows = Array.from({ length: count }, (_, i) => String(i).padStart(12, "0") + row.slice(12));
    const text = `${headerLine}${rows.join("\n")}\n`;
    await writeFile(join(store, paths.trackingLog!), text);
    await logExperiment(smallClassification(store), noon("2026-11-23"));
    expect(await files(store)).toEqual(["pets_2026-11-23_1.csv", "pets_2026-11-23_2.csv"]);

    await truncate(join(store, paths.trackingLog!), text.length - rows[0]!.length - 1);
    const { experiments } = await readExperiments("pets", { store });
    expect(experiments).toHaveLength(count);
  });

  it("goes on behind a file that a clock ahead of ours has begun", async () => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store), noon("2099-01-01"));
    await logExperiment(smallClassification(store), noon("2026-11-23"));
    await logExperiment(smallClassification(store, { newCsv: true }), noon("2026-11-23"));
    expect(await files(store)).toEqual(["pets_2099-01-01_1.csv", "pets_2099-01-01_2.csv"]);
  });

  it("counts files of a day as numbers, not as text", () => {
    const names = ["p_2026-11-23_10.csv", "p_2026-11-23_9.csv", "p_2026-11-22_11.csv"];
    const parsed = names.flatMap((name) => parseLogFileName("p", name) ?? []).sort(compareLogFiles);
    expect(parsed.map(({ name }) => name)).toEqual([
      "p_2026-11-22_11.csv",
      "p_2026-11-23_9.csv",
      "p_2026-11-23_10.csv",
    ]);
    for (const other of [
      "p_2026-11-23_0.csv",
      "p_2026-11-23.csv",
      "q_2026-11-23_1.csv",
      "p_2026-11-23_1.csv.bak",
      "p_x_1.csv",
    ]) {
      expect(parseLogFileName("p", other)).toBeUndefined();
    }
  });

  it("is not shared between processes where appends are not atomic", async () => {
    const folder = await temporaryFolder();
    const process = () => ({ ...folderStore(folder), sharesAppends: async () => false });
    const [first, second] = [process(), process()];
    const now = new Date("2026-11-23T12:00:00Z");
    const paths = [];
    for (const [store, id] of [
      [first, "a"],
      [second, "b"],
      [first, "c"],
      [second, "d"],
    ] as const) {
      paths.push(await appendRow(store, "pets", headerLine, `${id.padEnd(12, "0")}\n`, { now }));
    }
    expect(paths.map((path) => path.slice(-5))).toEqual(["1.csv", "2.csv", "1.csv", "2.csv"]);
  });

  it("refuses a project whose name differs from another's in case only", async () => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store));
    await expect(logExperiment(smallClassification(store, { project: "Pets" }))).rejects.toMatchObject({
      code: "INVALID_PROJECT_NAME",
      message: expect.stringContaining('there is a project "pets" already'),
    });
  });
});
