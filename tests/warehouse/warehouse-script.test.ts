import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, type TestContext } from "vitest";
import { recordJson } from "../../src/experiment/record-json.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment, readExperiments } from "../../src/jobs/read-experiments.js";
import { openStore } from "../../src/store/open-store.js";
import { bigQuery, duckDb } from "../../src/warehouse/sql-dialect.js";
import { tableStem } from "../../src/warehouse/table-names.js";
import { warehouseScript } from "../../src/warehouse/warehouse-script.js";
import { oraclePython, runPython } from "../python/python.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { asFormat1 } from "../support/former-log.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const oracle = fileURLToPath(new URL("run_sql.py", import.meta.url));
const dataset = { cloudProject: undefined, dataset: "tracking" };

type Row = Record<string, string | number | boolean | null>;
interface Answer {
  duckdb: Record<string, { types: Record<string, string>; rows: Row[] }>;
  bigquery: Record<string, { types: Record<string, string>; rows: Row[] }>;
  parsed: [string, string][];
}

/** Both renderings of a project's SQL, run on its files. */
async function run(context: Pick<TestContext, "skip">, store: string, project: string): Promise<Answer> {
  const python = oraclePython(context);
  const place = openStore(store);
  const ours = await warehouseScript(place, project, { dialect: duckDb, dataset });
  const theirs = await warehouseScript(place, project, {
    dialect: bigQuery,
    dataset,
    address: "gs://bucket/ml",
  });
  const views = Object.values(ours.views).map((view) => `tracking.${view}`);
  const input = JSON.stringify({ duckdb: ours.statements, bigquery: theirs.statements, views });
  return JSON.parse(await runPython(python, [oracle], input)) as Answer;
}

/** Logs an experiment of random labels, so that every cell of the confusion matrix is filled. */
async function logLabels(store: string, seed: number, label: (code: number) => string | number | boolean) {
  const codes = (step: number) => Array.from({ length: 60 }, (_, i) => ((i * step + seed * 7) >> 1) % 3);
  const yTrue = codes(5).map(label);
  const yPred = codes(3).map(label);
  const testSet = yTrue.map((_, i) => `s${i}`);
  const input = smallClassification(store, { yTrue, yPred, project: "mixed", name: `run ${seed}` });
  return logExperiment({ ...input, parameters: { ...input.parameters, testSet } });
}

describe("the SQL for BigQuery and DuckDB", () => {
  it("has every experiment once in its scoring table, with the values of the log", async (context) => {
    const store = await temporaryFolder();
    const extraParameters = { scaler: 'the "best", of all', fold: 3, nested: { a: [1, 2] } };
    const first = await logExperiment(
      smallClassification(store, { extraParameters, name: "=1+1, 'quoted' \\" }),
    );
    await logExperiment(smallRegression(store, { project: "pets", extraParameters }));
    await logExperiment(smallClassification(store, { yScore: [0.1, 0.9, 0.2, 0.7], newCsv: true }));
    const { experiments } = await readExperiments("pets", { store });
    // A row that is there twice, and part of a row of a writer that was killed.
    const log = join(store, first.paths.trackingLog!);
    const row = (await readFile(log, "utf8")).split("\n")[1]!;
    await appendFile(log, `${row}\n${row.slice(0, 200)}`);

    const answer = await run(context, store, "pets");
    for (const rendering of [answer.duckdb, answer.bigquery]) {
      const { rows, types } = rendering["tracking.pets_experiments"]!;
      expect(rows).toHaveLength(3);
      for (const experiment of experiments) {
        const found = rows.find(({ prediction_id }) => prediction_id === experiment.predictionId)!;
        const { scores, model_parameters, extra_parameters, runtime, logged_at, ...rest } =
          recordJson(experiment);
        // What is said afterwards lies in a log of its own, which the SQL does not read.
        const { logged_name, note, tags, starred, archived, ...texts } = rest;
        expect([logged_name, note, tags, starred, archived]).toEqual([texts.name, null, [], false, false]);
        expect(found).toMatchObject(texts);
        expect(new Date(found["logged_at"] as string).toISOString()).toBe(logged_at);
        const all = Object.fromEntries(
          Object.keys(found).map((name) => [name, (scores as Row)[name] ?? null]),
        );
        for (const name of ["accuracy", "f1_macro", "roc_auc", "log_loss", "r2", "mean_error"]) {
          expect(found[name]).toBe(all[name]);
        }
        for (const [name, value] of Object.entries({ model_parameters, extra_parameters, runtime })) {
          expect(JSON.parse(found[name] as string)).toEqual(value);
          expect(found[`${name}_json`]).toEqual(value);
        }
      }
      expect(types).toMatchObject({
        accuracy: "DOUBLE",
        samples: "BIGINT",
        git_dirty: "BOOLEAN",
        extra_parameters_json: "JSON",
      });
    }
  });

  it("reads files of format 1, and those begun before the positive class was kept, beside newer ones", async (context) => {
    const store = await temporaryFolder();
    const { paths, predictionId: old } = await logExperiment(smallClassification(store));
    const log = join(store, paths.trackingLog!);
    const earlier = asFormat1(await readFile(log, "utf8"), { isEarlier: true });
    expect(earlier).not.toContain("positive_label");
    await writeFile(log, earlier);
    const former: string[] = [];
    for (const small of [smallClassification, smallRegression]) {
      const logged = await logExperiment(small(store, { project: "pets", newCsv: true }));
      const file = join(store, logged.paths.trackingLog!);
      await writeFile(file, asFormat1(await readFile(file, "utf8")));
      former.push(logged.predictionId);
    }
    const { predictionId } = await logExperiment(smallClassification(store));
    const regression = await logExperiment(smallRegression(store, { project: "pets" }));
    const answer = await run(context, store, "pets");
    for (const rendering of [answer.duckdb, answer.bigquery]) {
      const { rows } = rendering["tracking.pets_experiments"]!;
      const said = rows.map((found) => [found["prediction_id"], found["positive_label"], found["format"]]);
      expect(said).toHaveLength(5);
      expect(said).toEqual(
        expect.arrayContaining([
          [old, null, 1],
          [former[0], "dog", 1],
          [former[1], null, 1],
          [predictionId, "dog", 2],
          [regression.predictionId, null, 2],
        ]),
      );
      for (const found of rows) expect(JSON.parse(found["runtime"] as string)).toHaveProperty("language");
    }
  });

  it("has the features that can be named and are of one type, in one table whatever the others are", async (context) => {
    const store = await temporaryFolder();
    const features = [
      {
        island: ["a", "b", null, "a"],
        mass: [1.5, 2, null, 3],
        code: [1, 2, 3, 4],
        "bill (mm)": [1, 2, 3, 4],
        Age: [1, 2, 3, 4],
      },
      {
        island: ["b", null, "b", "c"],
        fit: [true, false, null, true],
        code: ["x", "y", "z", "w"],
        age: [1, 2, 3, 4],
      },
      {},
    ];
    for (const sampleFeatures of features)
      await logExperiment(smallClassification(store, { sampleFeatures }));
    const script = (dialect: typeof duckDb) =>
      warehouseScript(openStore(store), "pets", { dialect, dataset });
    for (const dialect of [duckDb, bigQuery]) {
      const { statements, followsNewFiles } = await script(dialect);
      expect(followsNewFiles).toBe(true);
      const predictions = statements.find((statement) => statement.includes("pets_predictions"))!;
      expect([...new Set(predictions.match(/feature_\w+/g))]).toEqual([
        "feature_island",
        "feature_mass",
        "feature_bill__mm_",
        "feature_fit",
      ]);
    }
    const answer = await run(context, store, "pets");
    for (const rendering of [answer.duckdb, answer.bigquery]) {
      const { rows } = rendering["tracking.pets_confusion"]!;
      expect(rows.reduce((sum, row) => sum + Number(row["samples"]), 0)).toBe(12);
    }
  });

  it("counts the pairs of labels as the scores do, whatever the labels are", async (context) => {
    const store = await temporaryFolder();
    const kinds = [
      (code: number) => ["cat", "dog", "it's"][code]!,
      (code: number) => code,
      (code: number) => code === 1,
    ];
    for (const [i, label] of kinds.entries()) {
      await logLabels(store, 2 * i, label);
      await logLabels(store, 2 * i + 1, label);
    }
    const { experiments } = await readExperiments("mixed", { store });
    const answer = await run(context, store, "mixed");
    for (const rendering of [answer.duckdb, answer.bigquery]) {
      const { rows } = rendering["tracking.mixed_confusion"]!;
      for (const { predictionId, scores, name, samples } of experiments) {
        const cells = rows.filter((cell) => cell["prediction_id"] === predictionId);
        const count = (wanted: (cell: Row) => boolean) =>
          cells.filter(wanted).reduce((sum, cell) => sum + (cell["samples"] as number), 0);
        expect(count(() => true)).toBe(samples);
        expect(count((cell) => cell["y_true"] === cell["y_pred"]) / samples).toBeCloseTo(
          scores["accuracy"]!,
          12,
        );
        expect(new Set(cells.map((cell) => cell["name"]))).toEqual(new Set([name]));
        const { predictions } = await readExperiment(predictionId, { store });
        const counted = new Map<string, number>();
        const [yTrue, yPred] = ["y_true", "y_pred"].map((column) => values(predictions, column));
        for (const [row, label] of yTrue!.entries()) {
          const pair = `${label} ${yPred![row]}`;
          counted.set(pair, (counted.get(pair) ?? 0) + 1);
        }
        expect(
          new Map(cells.map((cell) => [`${cell["y_true"]} ${cell["y_pred"]}`, cell["samples"]])),
        ).toEqual(counted);
      }
    }
  });

  it("gives each sample of a regression with its error, which has the scores' mean", async (context) => {
    const store = await temporaryFolder();
    const base = smallRegression(store);
    await logExperiment(base);
    await logExperiment({ ...base, yPred: [3, 1, 9] });
    await logExperiment({ ...base, parameters: { ...base.parameters, testSet: ["not", "aligned"] } });
    const { experiments } = await readExperiments("houses", { store });
    const answer = await run(context, store, "houses");
    for (const rendering of [answer.duckdb, answer.bigquery]) {
      const { rows } = rendering["tracking.houses_residuals"]!;
      expect(rows).toHaveLength(9);
      for (const { predictionId, scores } of experiments) {
        const errors = rows
          .filter((row) => row["prediction_id"] === predictionId)
          .map((row) => row["error"] as number);
        expect(errors.reduce((sum, error) => sum + error, 0) / 3).toBeCloseTo(scores["mean_error"]!, 12);
        expect(errors.reduce((sum, error) => sum + error ** 2, 0) / 3).toBeCloseTo(
          scores["mean_squared_error"]!,
          12,
        );
      }
      const ids = rows.map((row) => row["sample_id"]);
      expect(ids.filter((id) => id === null)).toHaveLength(3);
      expect(ids).toEqual(expect.arrayContaining(["a", "b", "c"]));
    }
  });

  it("is valid in BigQuery's dialect, reads what comes later too, and says where it cannot", async (context) => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store));
    const { parsed } = await run(context, store, "pets");
    expect(parsed).toEqual([
      ["TABLE", "`tracking.pets_log`"],
      ["VIEW", "`tracking.pets_experiments`"],
      ["TABLE", "`tracking.pets_predictions`"],
      ["VIEW", "`tracking.pets_confusion`"],
    ]);
    const options = { dialect: bigQuery, dataset, address: "gs://bucket/ml" };
    const script = await warehouseScript(openStore(store), "pets", options);
    expect(script.followsNewFiles).toBe(true);
    const text = script.statements.join("\n");
    expect(text).toContain("uris = ['gs://bucket/ml/tracking/pets/pets_*.csv']");
    expect(text).toContain("uris = ['gs://bucket/ml/predictions/pets/*']");
    for (const [, name] of text.matchAll(/^ {2}`([^`]+)` [A-Z0-9]+,?$/gm))
      expect(name).toMatch(/^[A-Za-z_]\w*$/);

    const other = await logExperiment(smallRegression(store, { project: "pets" }));
    const mixed = await warehouseScript(openStore(store), "pets", options);
    expect(mixed.followsNewFiles).toBe(false);
    expect(mixed.statements.join("\n")).toContain(`uris = ['gs://bucket/ml/${other.paths.predictions}']`);
  });

  it("names the tables of different projects differently", () => {
    const names = ["a-b", "a.b", "a b", "1", "-1x", "köln", "kÖln", "a.b-"].map(tableStem);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
    expect(tableStem("first-steps")).toBe("first_steps");
  });

  it("refuses a log file with other columns, which would be read as what they are not", async () => {
    const store = await temporaryFolder();
    const { paths } = await logExperiment(smallClassification(store));
    await writeFile(
      join(store, paths.trackingLog!.replace("_1.csv", "_2.csv")),
      "prediction_id,kind,predictions\n",
    );
    const script = warehouseScript(openStore(store), "pets", { dialect: bigQuery, dataset });
    await expect(script).rejects.toMatchObject({
      code: "STORE_NOT_READABLE",
      message: expect.stringContaining("has other columns than this version writes"),
    });
  });
});

/** The values of a column as BigQuery and DuckDB write them. */
function values(table: Awaited<ReturnType<typeof readExperiment>>["predictions"], name: string): string[] {
  const column = table.columns.find((one) => one.name === name)!;
  if ("codes" in column) return Array.from(column.codes, (code) => String(column.dictionary[code]));
  if (column.type === "boolean") return Array.from(column.values, (value) => String(value === 1));
  return Array.from(column.values as ArrayLike<unknown>, String);
}
