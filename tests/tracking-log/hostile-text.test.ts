import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { formatLine, parseLine } from "../../src/tracking-log/csv-line.js";
import { oraclePython, runPython } from "../python/python.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Everything that breaks a CSV somewhere. */
const hostile: Record<string, unknown> = {
  commas: "a,b,,c",
  quotes: 'say "hi", ""twice"", "',
  "line\nbreak": "one\ntwo\r\nthree\rfour",
  tabs: "\ta\tb\t",
  emoji: "👩‍👩‍👧‍👦 é ü 漢字 \u{10FFFF}",
  loneSurrogates: "\ud800 and \udfff",
  separators: "\u2028 \u2029 \u0085 \u007f \u0000",
  formula: "=1+1",
  na: "NA",
  nan: "nan",
  zeros: "007",
  empty: "",
  long: 'x,"\n'.repeat(7_500),
  backslash: '\\ \\n \\" \\',
  __proto__key: { ["__proto__"]: { polluted: true } },
  nested: { list: [1, -0, 1e-7, 123456789012345680000, true, null, { a: [] }] },
};
const hostileTexts = [
  "=1+1",
  "NA",
  "007",
  "a,b",
  'a "quoted" b',
  "é 👩‍👩‍👧‍👦 漢字",
  "null",
  "'",
  "-1",
  "\\n",
  "​zero width",
];

const readWithPandas = `
import sys, json, glob, pandas
files = sorted(glob.glob(sys.argv[1] + "/*.csv"))
rows = []
for f in files:
    rows += pandas.read_csv(f, dtype=str, keep_default_na=False).to_dict("records")
json.dump(rows, sys.stdout)
`;
const readWithDuckDB = `
import sys, json, duckdb
r = duckdb.sql(f"SELECT * FROM read_csv('{sys.argv[1]}/*.csv', header=true, all_varchar=true, delim=',', quote='\\"', escape='\\"')")
names = r.columns
json.dump([{n: ("" if v is None else v) for n, v in zip(names, row)} for row in r.fetchall()], sys.stdout)
`;

describe("text that breaks CSV files elsewhere", () => {
  it("comes back equal through our reader, pandas and DuckDB", async (context) => {
    const python = oraclePython(context);
    const store = await temporaryFolder();
    const names: string[] = [];
    for (const text of hostileTexts) {
      names.push(text);
      const input = smallClassification(store, { name: text, extraParameters: hostile });
      input.parameters.datasetUri = text;
      input.parameters.model = { name: text, parameters: hostile };
      await logExperiment(input);
    }

    const { experiments, problems } = await readExperiments("pets", { store });
    expect(problems).toEqual([]);
    expect(experiments.map(({ name }) => name)).toEqual(names);
    for (const experiment of experiments) {
      expect(experiment.datasetUri).toBe(experiment.name);
      expect(experiment.model).toBe(experiment.name);
      expect(experiment.extraParameters).toEqual(hostile);
      expect(Object.keys(experiment.extraParameters["__proto__key"] as object)).toEqual(["__proto__"]);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();

    const folder = join(store, "tracking", "pets");
    for (const script of [readWithPandas, readWithDuckDB]) {
      const rows = JSON.parse(await runPython(python, ["-c", script, folder])) as Record<string, string>[];
      expect(rows.map((row) => row["prediction_id"])).toEqual(
        experiments.map(({ predictionId }) => predictionId),
      );
      rows.forEach((row, i) => {
        const experiment = experiments[i];
        expect(row["name"]).toBe(experiment?.name);
        expect(row["dataset_uri"]).toBe(experiment?.name);
        expect(row["model"]).toBe(experiment?.name);
        expect(JSON.parse(row["extra_parameters"] as string)).toEqual(hostile);
        expect(row["logged_at"]).toBe(experiment?.loggedAt.toISOString());
        expect(Number(row["f1"])).toBe(experiment?.scores["f1"]);
        expect(row["roc_auc"]).toBe("");
      });
    }
  });

  it("comes back equal from any line that was written", () => {
    const field = fc.string({ unit: "binary" }).map((text) => text.replace(/[\r\n]/g, ""));
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 20 }), (fields) => {
        const line = formatLine(fields);
        expect(line.indexOf("\n")).toBe(line.length - 1);
        expect(parseLine(line.slice(0, -1))).toEqual({ fields });
      }),
      { numRuns: 2000 },
    );
  });

  it("reads no row from a line that was cut anywhere, or from two lines glued at any cut", async () => {
    const store = await temporaryFolder();
    const { paths } = await logExperiment(
      smallRegression(store, { extraParameters: { note: 'with "quotes", commas' } }),
    );
    const { readFile } = await import("node:fs/promises");
    const { linesOf } = await import("../../src/tracking-log/read-log.js");
    const whole = await readFile(join(store, paths.trackingLog!), "utf8");
    const [header, row] = whole.split("\n") as [string, string];
    for (let cut = 1; cut <= row.length; cut++) {
      const torn = `${header}\n${row.slice(0, cut)}`;
      expect([...linesOf("torn", Buffer.from(torn))].filter((line) => "cells" in line)).toEqual([]);
      const glued = `${header}\n${row.slice(0, cut)}${row}\n`;
      expect([...linesOf("glued", Buffer.from(glued))].filter((line) => "cells" in line)).toEqual([]);
    }
  });
});
