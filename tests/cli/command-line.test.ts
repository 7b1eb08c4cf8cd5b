import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { browserProgram } from "../../src/cli/open-browser.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { mlTracking, projectRoot } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const csv = "sample_id,truth,guess,p\n1,yes,yes,0.9\n2,no,yes,0.6\n3,no,no,0.2\n4,yes,yes,0.8\n";

function logArgs(file: string, store: string, ...more: string[]): string[] {
  const what = ["--kind", "classification", "--project", "churn", "--dataset-uri", "churn.csv"];
  return ["log", file, ...what, "--target-column", "churned", "--model", "Forest", "--store", store, ...more];
}
const columns = ["--y-true", "truth", "--y-pred", "guess", "--y-score", "p"];

describe("ml-tracking log", () => {
  it("keeps columns that describe the samples, of a table, of records and of a file that a store keeps", async () => {
    const store = await temporaryFolder();
    const table = join(store, "table.csv");
    await writeFile(
      table,
      "sample_id,truth,guess,p,island,mass,code,fit\n1,yes,yes,0.9,X,1.5,007,true\n2,no,yes,0.6,,2,,\n3,no,no,0.2,Y,,011,false\n",
    );
    const records = join(store, "records.json");
    await writeFile(
      records,
      JSON.stringify([
        { sample_id: 1, truth: "yes", guess: "yes", p: 0.9, island: "X", mass: 1.5, code: "007", fit: true },
        { sample_id: 2, truth: "no", guess: "yes", p: 0.6, mass: 2, code: null, fit: null },
        { sample_id: 3, truth: "no", guess: "no", p: 0.2, island: "Y", mass: null, code: "011", fit: false },
      ]),
    );
    const log = async (file: string, ...flags: string[]) => {
      const { status, out, talk } = await mlTracking([...logArgs(file, store, ...flags), "--json"]);
      expect(`${status} ${talk}`).toBe("0 ");
      return JSON.parse(out) as { prediction_id: string; paths: { predictions: string } };
    };
    const named = await log(table, ...columns, "--features", "island,mass,code,fit");
    const all = await log(records, ...columns, "--features", "*");
    const again = await log(join(store, named.paths.predictions));
    for (const { prediction_id: id } of [named, all, again]) {
      const { predictions } = await readExperiment(id, { store });
      const features = predictions.columns.filter(({ name }) => name.startsWith("feature_"));
      expect(
        features.map((column) => [
          column.name,
          "codes" in column
            ? Array.from(column.codes, (code) => column.dictionary[code] ?? null)
            : Array.from(column.values as ArrayLike<number>),
        ]),
      ).toEqual([
        ["feature_island", ["X", null, "Y"]],
        ["feature_mass", [1.5, 2, Number.NaN]],
        ["feature_code", ["007", null, "011"]],
        ["feature_fit", [1, 2, 0]],
      ]);
    }
    for (const [flag, message] of [
      ["truth,mass", '--features names "truth", which is read as ids, true values'],
      ["Mass", 'did you mean "mass"?'],
    ] as const) {
      const { status, talk } = await mlTracking(logArgs(table, store, ...columns, "--features", flag));
      expect(status).not.toBe(0);
      expect(talk).toContain(message);
    }
    const found = await mlTracking(["slices", named.prediction_id, "--by", "island", "--store", store]);
    expect(found.out).toContain("island missing");
    const none = await mlTracking(["slices", named.prediction_id, "--by", "age", "--store", store]);
    expect(`${none.status} ${none.talk}`).toContain("there are island, mass, code, fit");
  });

  it("keeps every digit of an integer beyond 2^53 that a flag or a file of settings gives, and says so", async () => {
    const store = await temporaryFolder();
    const file = join(store, "predictions.csv");
    await writeFile(file, csv);
    const settings = join(store, "settings.json");
    await writeFile(settings, '{"inside": [{"seed": -12345678901234567890}]}');
    const seed = "9007199254740993";
    const flags = [
      `--model-parameter=seed=${seed}`,
      `--extra-parameter=seed=${seed}`,
      `--extra-parameter=@${settings}`,
    ];
    const { status, out, talk } = await mlTracking([
      ...logArgs(file, store, ...columns, ...flags, "--model-parameter", `{"list": [${seed}]}`),
    ]);
    expect(status).toBe(0);
    const id = /prediction id +(\w+)/.exec(out)?.[1] ?? "";
    const { experiment } = await readExperiment(id, { store });
    expect(experiment.modelParameters).toEqual({ seed, list: [seed] });
    expect(experiment.extraParameters).toEqual({ seed, inside: [{ seed: "-12345678901234567890" }] });
    expect(talk.match(/which JSON has no number for/g)).toHaveLength(4);
    const twice = await mlTracking(logArgs(file, store, ...columns, "--extra-parameter", '{"a": 1, "a": 2}'));
    expect(`${twice.status} ${twice.talk}`).toContain('2 error: --extra-parameter has the key "a" twice');
  });

  it("logs a CSV file by its columns' names and says where the record is", async () => {
    const store = await temporaryFolder();
    const file = join(store, "predictions.csv");
    await writeFile(file, csv);
    const flags = ["--model-parameter", "n_estimators=100", "--model-parameter", "criterion=gini"];
    const extra = [
      "--extra-parameter",
      '{"scaler": "none"}',
      "--extra-parameter",
      "fold=3",
      "--name",
      "first",
    ];
    const { status, out, talk } = await mlTracking(
      logArgs(file, store, ...columns, ...flags, ...extra, "--json"),
    );
    expect(talk).toBe("");
    expect(status).toBe(0);
    const logged = JSON.parse(out) as {
      prediction_id: string;
      scores: Record<string, number>;
      positive_label: string;
    };
    expect(logged.scores["accuracy"]).toBe(0.75);
    expect(logged.scores["roc_auc"]).toBe(1);
    expect(logged.positive_label).toBe("yes");
    const { experiment, predictions } = await readExperiment(logged.prediction_id, { store });
    expect(experiment).toMatchObject({
      name: "first",
      model: "Forest",
      modelParameters: { n_estimators: 100, criterion: "gini" },
      extraParameters: { scaler: "none", fold: 3 },
    });
    expect(predictions.rows).toBe(4);
  });

  it("reads standard input, tells JSON lines by their content, and numbers the samples", async () => {
    const store = await temporaryFolder();
    const input = '{"y_true": 1, "y_pred": 1}\n{"y_true": 0, "y_pred": 1}\n';
    const { status, out, talk } = await mlTracking(logArgs("-", store), { input });
    expect(status).toBe(0);
    expect(talk).toContain("warning: the file has no column sample_id, so samples are numbered from 0");
    expect(out).toMatch(/^prediction id {3}[0-9a-z]{12}\n/);
    expect(out).toMatch(/accuracy +0\.5000/);
  });

  it("logs the Parquet file that a store keeps, with the scores of more than two classes", async () => {
    const store = await temporaryFolder();
    const yScore = [
      [0.7, 0.2, 0.1],
      [0.1, 0.8, 0.1],
      [0.2, 0.3, 0.5],
      [0.3, 0.4, 0.3],
    ];
    const labels = { yTrue: ["a", "b", "c", "a"], yPred: ["a", "b", "c", "b"] };
    const first = await logExperiment(smallClassification(store, { ...labels, yScore }));
    const { status, out } = await mlTracking(logArgs(join(store, first.paths.predictions), store, "--json"));
    expect(status).toBe(0);
    const again = JSON.parse(out) as { scores: Record<string, number> };
    expect(again.scores).toEqual(first.scores);
  });

  const wrong: [string, string[], number, string][] = [
    [
      "a column that is not there",
      ["--y-true", "thruth"],
      1,
      'unknown column: "thruth"; did you mean "truth"?',
    ],
    ["a mistyped flag", ["--y-ture", "truth"], 2, "(Did you mean --y-true?)"],
    ["a mistyped kind", ["--kind", "classificaton"], 2, "Allowed choices are classification, regression"],
    [
      "a parameter without a value",
      ["--model-parameter", "depth"],
      2,
      'is "depth"; give KEY=VALUE, a JSON object',
    ],
    ["a parameter that is broken JSON", ["--extra-parameter", "{oops"], 2, "--extra-parameter is not JSON"],
    ["a project without a name", ["--project", "__"], 2, 'project is "__": nothing is left of it'],
    [
      "a store at an unknown kind of address",
      ["--store", "ftp://host"],
      2,
      "cannot be kept at ftp:// addresses",
    ],
    ["two files", ["second.csv"], 2, "too many arguments"],
  ];
  it.each(wrong)("refuses %s with the way out", async (_, args, expected, message) => {
    const store = await temporaryFolder();
    const file = join(store, "predictions.csv");
    await writeFile(file, csv);
    const { status, out, talk } = await mlTracking(logArgs(file, store, ...columns, ...args));
    expect(talk).toContain(message);
    expect(status).toBe(expected);
    expect(out).toBe("");
    expect(await readdir(store)).toEqual(["predictions.csv"]);
  });

  it("says what a missing file is called, as JSON where asked", async () => {
    const store = await temporaryFolder();
    const { status, talk } = await mlTracking(logArgs("nowhere.csv", store, "--json"));
    expect(status).toBe(1);
    const { error } = JSON.parse(talk) as { error: { code: string; message: string } };
    expect(error.code).toBe("INVALID_PREDICTIONS_FILE");
    expect(error.message).toContain("cannot read nowhere.csv");
  });
});

describe("the other commands", () => {
  it("suggest the command that was meant", async () => {
    const { status, talk } = await mlTracking(["experimants", "pets"]);
    expect(status).toBe(2);
    expect(talk).toContain("(Did you mean experiments?)");
  });

  it("teach by --help, with examples", async () => {
    for (const command of ["log", "projects", "experiments", "show", "export", "verify", "demo"]) {
      const { status, out } = await mlTracking([command, "--help"]);
      expect(status).toBe(0);
      expect(out).toMatch(new RegExp(`Examples:\\n {2}.*ml-tracking ${command}`));
    }
    const { status, out } = await mlTracking(["--help"]);
    expect(status).toBe(0);
    expect(out).toContain("ml-tracking demo");
  });

  it("say what to do in an empty store", async () => {
    const store = await temporaryFolder();
    const { status, out, talk } = await mlTracking(["projects", "--store", store]);
    expect({ status, out }).toEqual({ status: 0, out: "" });
    expect(talk).toContain('Log one, try "ml-tracking demo"');
    const unknown = await mlTracking(["experiments", "pets", "--store", store]);
    expect(unknown.status).toBe(1);
    expect(unknown.talk).toContain("unknown project: pets is not in the store");
  });

  it("list projects and experiments, best first by a score's direction", async () => {
    const store = await temporaryFolder();
    await logExperiment(smallRegression(store, { name: "bad", yPred: [9, 9, 9] }));
    await logExperiment(smallRegression(store, { name: "good" }));
    await logExperiment(smallRegression(store, { name: "middling", yPred: [2, 2, 2] }));
    const projects = await mlTracking(["projects", "--store", store]);
    expect(projects.out).toMatch(
      /^project +experiments +runs +best +primary score +last logged at\nhouses +3 +0 +\w{12} +root_mean_squared_error 0\.4082 +20/,
    );
    const names = async (sort: string) => {
      const { out } = await mlTracking(["experiments", "houses", "--store", store, "--sort", sort, "--json"]);
      return (JSON.parse(out) as { experiments: { name: string }[] }).experiments.map(({ name }) => name);
    };
    expect(await names("r2")).toEqual(["good", "middling", "bad"]);
    expect(await names("mean_absolute_error")).toEqual(["good", "middling", "bad"]);
    expect(await names("logged_at")).toEqual(["middling", "good", "bad"]);
    expect(await names("name")).toEqual(["bad", "good", "middling"]);
    const limited = await mlTracking(["experiments", "houses", "--store", store, "--limit", "2"]);
    expect(limited.talk).toContain("2 of 3 experiments; --limit all shows every one");
    const wrong = await mlTracking(["experiments", "houses", "--store", store, "--sort", "r_2"]);
    expect(wrong).toMatchObject({ status: 2, talk: expect.stringContaining("did you mean r2?") });
  });

  it("say that scores on different test sets are not comparable", async () => {
    const store = await temporaryFolder();
    await logExperiment(smallRegression(store));
    await logExperiment(smallRegression(store, { yTrue: [1, 2, 4] }));
    const { talk } = await mlTracking(["experiments", "houses", "--store", store]);
    expect(talk).toContain("2 different test sets are not comparable");
  });

  it("show one experiment with its first predictions, and suggest nothing wrong for an unknown id", async () => {
    const store = await temporaryFolder();
    const { predictionId } = await logExperiment(
      smallClassification(store, { extraParameters: { scaler: "none" } }),
    );
    const { status, out, talk } = await mlTracking([
      "show",
      predictionId,
      "--store",
      store,
      "--samples",
      "2",
    ]);
    expect(status).toBe(0);
    expect(out).toMatch(/model +NearestNeighbour\n {2}k +3\n/);
    expect(out).toMatch(/accuracy +0\.75 +Share of the samples/);
    expect(out).toMatch(/sample_id +y_true +y_pred\n11 +cat +cat\n12 +dog +cat\n$/);
    expect(talk).toContain("2 of 4 predictions");
    const unknown = await mlTracking(["show", "000000000000", "--store", store]);
    expect(unknown).toMatchObject({
      status: 1,
      talk: expect.stringContaining("unknown experiment: there is no 000000000000"),
    });
    const noId = await mlTracking(["show", "../../etc/passwd", "--store", store]);
    expect(noId).toMatchObject({ status: 1, talk: expect.stringContaining("is not a prediction id") });
  });

  it("export parameters as columns, and escape formulas for spreadsheets only when asked", async () => {
    const store = await temporaryFolder();
    await logExperiment(
      smallRegression(store, {
        name: "=1+1",
        extraParameters: { scaler: "-none", fold: -1, deep: { er: "@x" } },
      }),
    );
    await logExperiment(smallRegression(store, { extraParameters: { other: [1, "a,b"] } }));
    const plain = await mlTracking(["export", "houses", "--store", store]);
    const [header, first, second] = plain.out.split("\n");
    expect(header).toContain("model,model_parameters.alpha,dataset_uri");
    expect(header).toContain(
      "extra_parameters.deep.er,extra_parameters.fold,extra_parameters.other,extra_parameters.scaler",
    );
    expect(first).toContain(",=1+1,regression,Ridge,0.5,");
    expect(first).toContain(",@x,-1,,-none,");
    expect(second).toContain(',"[1,""a,b""]",');
    const output = join(store, "wide.csv");
    const escaped = await mlTracking([
      "export",
      "houses",
      "--store",
      store,
      "--spreadsheet",
      "--output",
      output,
    ]);
    expect(escaped).toMatchObject({ status: 0, out: "", talk: expect.stringContaining("2 experiments in") });
    const text = await readFile(output, "utf8");
    expect(text).toContain(",'=1+1,regression,Ridge,0.5,");
    expect(text).toContain(",'@x,-1,,'-none,");
  });

  it("end without a word where the reader of their output has seen enough", async () => {
    const store = await temporaryFolder();
    await logExperiment(smallRegression(store));
    const cli = join(projectRoot, "dist/cli.js");
    const child = spawn(process.execPath, [cli, "export", "houses", "--store", store]);
    child.stdout.destroy();
    let talk = "";
    child.stderr.on("data", (text: Buffer) => (talk += text.toString()));
    const [status] = (await once(child, "close")) as [number];
    expect({ status, talk }).toEqual({ status: 0, talk: "" });
  });

  it("demo logs real experiments, names the best, and adds nothing when run again", async () => {
    const store = await temporaryFolder();
    const first = await mlTracking(["demo", "--store", store]);
    expect(first.status).toBe(0);
    expect(first.out).toContain("penguins: species, test set");
    expect(first.out).toContain(`The files lie in ${store}:`);
    const best = JSON.parse(
      (await mlTracking(["experiments", "penguins", "--sort", "best", "--store", store, "--json"])).out,
    ).experiments[0];
    expect(first.out.trimEnd().split("\n").at(-1)).toMatch(
      /^Best of penguins: .* \(\w+, f1_macro 0\.\d+\): npx --no ml-tracking show \w{12} --store /,
    );
    expect(best.scores.f1_macro).toBeGreaterThan(0.9);
    const again = await mlTracking(["demo", "--store", store]);
    expect([again.status, again.talk]).toEqual([0, ""]);
    const { out } = await mlTracking(["projects", "--store", store, "--json"]);
    const { projects } = JSON.parse(out) as { projects: { project: string; experiments: number }[] };
    expect(projects).toMatchObject([
      { project: "boosting", experiments: 3 },
      { project: "cars", experiments: 8 },
      { project: "networks", experiments: 6 },
      { project: "penguins", experiments: 12 },
    ]);
  });

  it("demo keeps out of the user's own store", async () => {
    const [folder, own] = [await temporaryFolder(), await temporaryFolder()];
    const { status } = await mlTracking(["demo"], { cwd: folder, env: { ML_TRACKING_STORE: own } });
    expect([status, await readdir(own), await readdir(folder)]).toEqual([0, [], ["demo-store"]]);
  });

  it("opens the dashboard in the browser only where a person sits before a display", () => {
    const command = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, screen = true) =>
      browserProgram({ platform, env, screen });
    expect(command("darwin", {})).toBe("open");
    expect(command("win32", {})).toBe("explorer");
    expect(command("linux", { DISPLAY: ":0" })).toBe("xdg-open");
    expect(command("linux", { WAYLAND_DISPLAY: "wayland-0" })).toBe("xdg-open");
    expect(command("linux", {})).toBeUndefined();
    expect(command("darwin", {}, false)).toBeUndefined();
    for (const remote of ["CI", "SSH_CONNECTION", "SSH_TTY"]) {
      expect(command("linux", { DISPLAY: ":0", [remote]: "1" })).toBeUndefined();
    }
  });
});

describe("ml-tracking verify", () => {
  it("finds every kind of damage, repairs what can be, and is clean after that", async () => {
    const store = await temporaryFolder();
    const logged = [];
    for (let i = 0; i < 6; i++)
      logged.push(await logExperiment(smallClassification(store, { name: `number ${i}` })));
    const [, missing, damaged, swapped, other] = logged;
    const log = join(store, logged[0]!.paths.trackingLog!);
    const clean = await mlTracking(["verify", "--store", store]);
    expect(clean).toMatchObject({ status: 0, out: "", talk: "6 experiments in 1 project: nothing wrong\n" });

    const lines = (await readFile(log, "utf8")).split("\n");
    await appendFile(log, `${lines[1]}\n`);
    await appendFile(log, "torn in the middle\n");
    await appendFile(log, lines[2]!.slice(0, 100));
    const orphan = join(store, "predictions/pets/2020-01-01/orphan000000.parquet");
    const regression = await logExperiment(smallRegression(store));
    const parquet = (one: typeof regression) => join(store, one.paths.predictions);
    const { mkdir, copyFile } = await import("node:fs/promises");
    await mkdir(join(orphan, ".."), { recursive: true });
    await copyFile(parquet(other!), orphan);
    await copyFile(parquet(regression), parquet(swapped!));
    await rm(parquet(missing!));
    await writeFile(parquet(damaged!), (await readFile(parquet(damaged!))).subarray(0, 100));
    await writeFile(join(store, "tracking/pets/notes.txt"), "mine");
    await writeFile(join(store, ".incoming/halfway"), "half");

    const found = await mlTracking(["verify", "--store", store, "--grace", "0", "--json"]);
    expect(found.status).toBe(1);
    const kinds = (JSON.parse(found.out) as { findings: { kind: string }[] }).findings
      .map(({ kind }) => kind)
      .sort();
    expect(kinds).toEqual([
      "duplicate-row",
      "left-over-file",
      "missing-predictions",
      "orphaned-predictions",
      "stray-file",
      "torn-line",
      "torn-line",
      "unreadable-predictions",
      "wrong-digest",
    ]);
    const repaired = await mlTracking(["verify", "--store", store, "--grace", "0", "--repair"]);
    expect(repaired.status).toBe(1);
    expect(repaired.talk).toContain("9 found, 5 repaired, 4 open");
    expect(repaired.out).toContain(
      "repaired orphaned-predictions predictions/pets/2020-01-01/orphan000000.parquet",
    );
    const left = await mlTracking(["verify", "--store", store, "--grace", "0", "--json"]);
    const open = (JSON.parse(left.out) as { findings: { kind: string }[] }).findings
      .map(({ kind }) => kind)
      .sort();
    expect(open).toEqual(["missing-predictions", "stray-file", "unreadable-predictions", "wrong-digest"]);
    expect(await readdir(join(store, "quarantine/predictions/pets/2020-01-01"))).toEqual([
      "orphan000000.parquet",
    ]);
    const { out } = await mlTracking(["experiments", "pets", "--store", store, "--json"]);
    expect((JSON.parse(out) as { total: number }).total).toBe(6);
  });

  it("brings back the rows of a log file that a killed repair had taken away", async () => {
    const store = await temporaryFolder();
    const kept = await logExperiment(smallClassification(store));
    const { rename } = await import("node:fs/promises");
    await rename(join(store, kept.paths.trackingLog!), join(store, ".incoming/abc.taken"));
    const later = await logExperiment(smallClassification(store));
    const { status, talk } = await mlTracking(["verify", "--store", store, "--repair"]);
    expect({ status, talk }).toEqual({
      status: 0,
      talk: "2 experiments in 1 project: 1 found, 1 repaired, 0 open\n",
    });
    const { out } = await mlTracking(["experiments", "pets", "--store", store, "--json"]);
    const ids = (JSON.parse(out) as { experiments: { prediction_id: string }[] }).experiments.map(
      (one) => one.prediction_id,
    );
    expect(ids.sort()).toEqual([kept.predictionId, later.predictionId].sort());
    expect(await readdir(join(store, ".incoming"))).toEqual([]);
  });

  it("leaves alone what a writer at work may need", async () => {
    const store = await temporaryFolder();
    const { paths } = await logExperiment(smallClassification(store));
    await rm(join(store, paths.trackingLog!));
    await writeFile(join(store, ".incoming/halfway"), "half");
    const { status, talk } = await mlTracking(["verify", "--store", store, "--repair"]);
    expect(status).toBe(0);
    expect(talk).toContain("nothing wrong");
    expect(await readdir(join(store, ".incoming"))).toEqual(["halfway"]);
  });
});
