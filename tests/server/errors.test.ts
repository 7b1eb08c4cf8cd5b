import { readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { Catalog } from "../../src/catalog/catalog.js";
import type { ChartSource } from "../../src/charts/open-charts.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import type { Judging } from "../../src/judge/thread/judging-thread.js";
import type { Mlflow } from "../../src/mlflow/open-mlflow.js";
import type { PlotSource } from "../../src/plots/open-plots.js";
import { createApp } from "../../src/server/app.js";
import { entryCodes } from "../../src/server/entry-codes.js";
import type { Store } from "../../src/store/store.js";
import { TrackingError } from "../../src/tracking-error.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { expectError } from "./checks.js";
import { documented } from "./documented.js";
import { apiPath, ask, startServer } from "./running-server.js";

const scored = { yScore: [0.9, 0.4, 0.8, 0.1], positiveLabel: "cat" };

describe("a filter that is wrong", () => {
  const mistakes: [filter: string, offset: number, length: number][] = [
    ["acuracy > 0.5", 0, 7],
    ["accuracy > 0.5 AND", 18, 0],
    ["accuracy > 0.5 AND params.kk = 3", 19, 9],
    ["accuracy >", 10, 0],
    ["accuracy ~ 1", 0, 8],
    ["accuracy > 'high", 11, 5],
    ["(accuracy > 0.5", 15, 0],
    ["accuracy > 0.5)", 14, 1],
    ["name LIKE 5", 10, 1],
    ["accuracy BETWEEN 1", 18, 0],
    ["accuracy IN ()", 13, 1],
    ["🦊 = 1", 0, 2],
    ["accuracy > 1e999", 11, 5],
  ];

  it.each(mistakes)("%s is refused, with the place of the mistake", async (filter, offset, length) => {
    const root = await temporaryFolder();
    await logExperiment(smallClassification(root));
    const { address } = await startServer(root);
    const { expectAsDocumented } = await documented(address);
    for (const [route, more] of [
      ["experiments", {}],
      ["differing-columns", {}],
      ["groups", { by: "model" }],
      ["values", { column: "model" }],
      ["export.csv", {}],
    ] as const) {
      const answer = await ask(address, apiPath(["projects", "pets", route], { filter, ...more }));
      expectError(answer, 400, "INVALID_FILTER");
      expect(answer.json.error.details, route).toEqual({ offset, length });
      expectAsDocumented(`/api/projects/{project}/${route}`, answer);
    }
  });
});

describe("what is not there", () => {
  it("is answered with 404 where it is part of the address, and 400 where a parameter names it", async () => {
    const root = await temporaryFolder();
    const { predictionId } = await logExperiment(smallClassification(root, scored));
    await logExperiment(smallRegression(root));
    const { address } = await startServer(root);
    const { expectAsDocumented } = await documented(address);
    const cases: [route: string, path: string, status: number, code: string, says: string][] = [];
    for (const route of ["columns", "differing-columns", "experiments", "export.csv"]) {
      cases.push([
        `/api/projects/{project}/${route}`,
        `/api/projects/pet/${route}`,
        404,
        "UNKNOWN_PROJECT",
        "pets",
      ]);
    }
    const experiments = "/api/projects/{project}/experiments";
    const groups = "/api/projects/{project}/groups";
    const values = "/api/projects/{project}/values";
    const completions = "/api/projects/{project}/completions";
    const one = "/api/experiments/{id}";
    const plot = "/api/experiments/{id}/plots/{plot}";
    const samples = "/api/experiments/{id}/samples";
    const slices = "/api/experiments/{id}/slices";
    const ofSlice = (slice: string) =>
      `/api/experiments/${predictionId}/samples?slice=${encodeURIComponent(slice)}`;
    const pets = (route: string) => `/api/projects/pets/${route}`;
    cases.push(
      [groups, "/api/projects/pet/groups?by=model", 404, "UNKNOWN_PROJECT", "did you mean pets"],
      [values, "/api/projects/pet/values?column=model", 404, "UNKNOWN_PROJECT", "pets"],
      [completions, "/api/projects/pet/completions?text=&cursor=0", 404, "UNKNOWN_PROJECT", "pets"],
      [one, "/api/experiments/000000000000", 404, "UNKNOWN_EXPERIMENT", "000000000000"],
      [one, "/api/experiments/short", 404, "UNKNOWN_EXPERIMENT", "short"],
      [one, `/api/experiments/${predictionId}?project=houses`, 404, "UNKNOWN_EXPERIMENT", "houses"],
      [one, `/api/experiments/${predictionId}?project=none`, 404, "UNKNOWN_PROJECT", "none"],
      [one, `/api/experiments/${predictionId.toUpperCase()}`, 404, "UNKNOWN_EXPERIMENT", "unknown"],
      [plot, "/api/experiments/000000000000/plots/per_class", 404, "UNKNOWN_EXPERIMENT", "000000000000"],
      [samples, "/api/experiments/000000000000/samples", 404, "UNKNOWN_EXPERIMENT", "000000000000"],
      [plot, `/api/experiments/${predictionId}/plots/pie`, 400, "INVALID_ARGUMENT", "confusion_matrix"],
      [experiments, pets("experiments?column=acuracy"), 400, "UNKNOWN_COLUMN", "accuracy"],
      [experiments, pets("experiments?sort=acuracy"), 400, "UNKNOWN_COLUMN", "accuracy"],
      [experiments, pets("experiments?sort=:desc"), 400, "INVALID_ARGUMENT", "name a column"],
      [values, pets("values?column=acuracy"), 400, "UNKNOWN_COLUMN", "accuracy"],
      [values, pets("values"), 400, "INVALID_ARGUMENT", "column"],
      [groups, pets("groups?by=modell"), 400, "UNKNOWN_COLUMN", "model"],
      [groups, pets("groups"), 400, "INVALID_ARGUMENT", "by"],
      [groups, pets("groups?by=model&value=model"), 400, "INVALID_ARGUMENT", "model"],
      [completions, pets("completions?text=a"), 400, "INVALID_ARGUMENT", "cursor"],
      [completions, pets("completions?cursor=0"), 400, "INVALID_ARGUMENT", "text"],
      [experiments, pets("experiments?cursor=abc"), 400, "INVALID_ARGUMENT", "cursor"],
      [experiments, pets("experiments?filter=a&filter=b"), 400, "INVALID_ARGUMENT", "filter"],
      [samples, `/api/experiments/${predictionId}/samples?open=size_max`, 400, "INVALID_ARGUMENT", "open"],
      [samples, `/api/experiments/${predictionId}/samples?order=size`, 400, "INVALID_ARGUMENT", "order"],
      [samples, `/api/experiments/${predictionId}/samples?true_label=cow`, 400, "INVALID_ARGUMENT", "cow"],
      [samples, `/api/experiments/${predictionId}/samples?correct=yes`, 400, "INVALID_ARGUMENT", "correct"],
      [plot, `/api/experiments/${predictionId}/plots/roc_curve?class=cow`, 400, "INVALID_ARGUMENT", "cow"],
      [plot, `/api/experiments/${predictionId}/plots/threshold_counts`, 400, "MISSING_ARGUMENT", "threshold"],
      [plot, `/api/experiments/${predictionId}/plots/calibration?bins=auto`, 400, "INVALID_ARGUMENT", "bins"],
      [slices, "/api/experiments/000000000000/slices", 404, "UNKNOWN_EXPERIMENT", "000000000000"],
      [slices, `/api/experiments/${predictionId}/slices?by=age`, 400, "INVALID_ARGUMENT", "no features"],
      [slices, `/api/experiments/${predictionId}/slices?score=r2`, 400, "INVALID_ARGUMENT", "classification"],
      [slices, `/api/experiments/${predictionId}/slices?score=f1_macro`, 400, "INVALID_ARGUMENT", "--by"],
      [slices, `/api/experiments/${predictionId}/slices?bins=1`, 400, "INVALID_ARGUMENT", "bins"],
      [slices, `/api/experiments/${predictionId}/slices?size=1`, 400, "INVALID_ARGUMENT", "size"],
      [samples, `/api/experiments/${predictionId}/samples?slice=x`, 400, "INVALID_ARGUMENT", "as JSON"],
      [samples, ofSlice('[{"column":"age","type":"missing"}]'), 400, "INVALID_ARGUMENT", "no features"],
      [samples, ofSlice('[{"column":"y_true","type":"missing"}]'), 400, "INVALID_ARGUMENT", "has labels"],
      [
        samples,
        ofSlice('[{"column":"y_true","type":"value","value":"cow"}]'),
        400,
        "INVALID_ARGUMENT",
        "cow",
      ],
      [samples, ofSlice('[{"column":"y_true","type":"sql"}]'), 400, "INVALID_ARGUMENT", "as JSON"],
      [
        plot,
        `/api/experiments/${predictionId}/plots/calibration?strategy=best`,
        400,
        "INVALID_ARGUMENT",
        "strategy",
      ],
    );
    for (const [route, path, status, code, says] of cases) {
      const answer = await ask(address, path);
      expectError(answer, status, code);
      expect(answer.json.error.message, path).toContain(says);
      expectAsDocumented(route, answer);
    }
  });
});

describe("a number", () => {
  it("that is none, too large, too small or broken is refused, never taken for another", async () => {
    const root = await temporaryFolder();
    const { predictionId } = await logExperiment(smallClassification(root, scored));
    const house = await logExperiment(smallRegression(root));
    const { address, defects } = await startServer(root);
    const wholeNumbers = [
      "",
      " ",
      "x",
      "-1",
      "1.5",
      "1e2",
      "0x10",
      "NaN",
      "Infinity",
      "1e999",
      "9".repeat(30),
      "1;2",
      "١",
      "true",
      "[1]",
      "1&limit=2",
    ];
    const places = {
      limit: [
        "/api/projects/pets/experiments?limit=",
        "/api/projects/pets/values?column=model&limit=",
        "/api/projects/pets/groups?by=model&limit=",
        `/api/experiments/${predictionId}/samples?limit=`,
        `/api/experiments/${house.predictionId}/plots/worst_samples?limit=`,
      ],
      offset: ["/api/projects/pets/experiments?offset=", `/api/experiments/${predictionId}/samples?offset=`],
      cursor: ["/api/projects/pets/completions?text=a&cursor="],
      bins: [
        `/api/experiments/${predictionId}/plots/calibration?bins=`,
        `/api/experiments/${house.predictionId}/plots/residual_histogram?bins=`,
      ],
    };
    for (const [name, paths] of Object.entries(places)) {
      for (const path of paths) {
        for (const number of wholeNumbers) {
          const answer = await ask(
            address,
            path + (number.includes("&") ? number.replace("limit", name) : encodeURIComponent(number)),
          );
          expect(answer.status, path + number).toBe(400);
          expectError(answer, 400, "INVALID_ARGUMENT");
          expect(answer.json.error.message).toContain(name);
        }
        if (name === "limit" || name === "bins") {
          for (const number of [0, 1e9])
            expectError(await ask(address, path + String(number)), 400, "INVALID_ARGUMENT");
        }
      }
    }
    for (const number of ["", "x", "NaN", "Infinity", "1e999", "0x1", "1,5"]) {
      for (const path of [
        `/api/experiments/${predictionId}/plots/threshold_counts?threshold=`,
        `/api/experiments/${predictionId}/samples?y_score_min=`,
        `/api/experiments/${house.predictionId}/samples?absolute_error_max=`,
      ]) {
        expectError(await ask(address, path + encodeURIComponent(number)), 400, "INVALID_ARGUMENT");
      }
    }
    for (const number of ["0.5", ".5", "5e-1", "-0", "+1", "1."]) {
      const path = `/api/experiments/${predictionId}/plots/threshold_counts?threshold=${encodeURIComponent(number)}`;
      const answer = await ask(address, path);
      expect(answer.json.threshold, number).toBeCloseTo(Number(number), 15);
    }
    expect(defects).toEqual([]);
  });

  it("cursor and offset together are refused, and a cursor of another query is", async () => {
    const root = await temporaryFolder();
    for (let i = 0; i < 3; i++) await logExperiment(smallClassification(root));
    const { address } = await startServer(root);
    const page = (parameters: Record<string, string | number>) =>
      ask(address, apiPath(["projects", "pets", "experiments"], parameters));
    const { next } = (await page({ limit: 1 })).json;
    expect((await page({ limit: 1, cursor: next })).status).toBe(200);
    expectError(await page({ cursor: next, offset: 1 }), 400, "INVALID_ARGUMENT");
    expectError(await page({ cursor: next, sort: "model" }), 400, "INVALID_ARGUMENT");
    expectError(await page({ cursor: next, filter: "accuracy > 0" }), 400, "INVALID_ARGUMENT");
    expectError(await page({ cursor: `${next}x` }), 400, "INVALID_ARGUMENT");
  });
});

describe("a plot of the wrong kind", () => {
  it("is refused with the reason", async () => {
    const root = await temporaryFolder();
    const plain = await logExperiment(smallClassification(root));
    const house = await logExperiment(smallRegression(root));
    const { address } = await startServer(root);
    const refused = [
      ...["confusion_matrix", "per_class", "roc_curve", "calibration", "threshold_table"].map((plot) => [
        house.predictionId,
        plot,
      ]),
      ...["residuals", "normal_qq", "worst_samples", "predicted_vs_actual"].map((plot) => [
        plain.predictionId,
        plot,
      ]),
      ...["roc_curve", "precision_recall_curve", "gain_curve", "score_distribution"].map((plot) => [
        plain.predictionId,
        plot,
      ]),
    ];
    for (const [id, plot] of refused as [string, string][]) {
      const answer = await ask(address, apiPath(["experiments", id, "plots", plot]));
      expectError(answer, 400, "INVALID_ARGUMENT");
      expect(answer.json.error.message).toMatch(/regression|classification|y_score/);
    }
    for (const [id, query] of [
      [house.predictionId, { true_label: "cat" }],
      [house.predictionId, { y_score_min: 0 }],
      [plain.predictionId, { y_score_min: 0 }],
      [plain.predictionId, { absolute_error_max: 1 }],
    ] as [string, Record<string, string | number>][]) {
      expectError(
        await ask(address, apiPath(["experiments", id, "samples"], query)),
        400,
        "INVALID_ARGUMENT",
      );
    }
  });
});

describe("predictions that cannot be read", () => {
  const damages: [string, (file: string) => Promise<void>][] = [
    ["that are missing", (file) => rm(file)],
    ["that are cut in half", async (file) => truncate(file, Math.floor((await stat(file)).size / 2))],
    ["that are empty", (file) => truncate(file, 0)],
    ["that are no Parquet", (file) => writeFile(file, "sample_id,y_true,y_pred\n1,cat,dog\n")],
    ["that are text between Parquet's marks", (file) => writeFile(file, `PAR1${"x".repeat(200)}PAR1`)],
    [
      "in which one byte of a page has changed",
      async (file) => {
        const bytes = await readFile(file);
        bytes[20]! ^= 0xff;
        await writeFile(file, bytes);
      },
    ],
  ];

  it.each(damages)(
    "%s: 422 for plots and samples, while the experiment itself is shown",
    async (_, damage) => {
      const root = await temporaryFolder();
      const { predictionId, paths } = await logExperiment(smallClassification(root, scored));
      const { address, defects } = await startServer(root);
      const { expectAsDocumented } = await documented(address);
      await damage(join(root, paths.predictions));
      const answers = await Promise.all(
        ["plots/confusion_matrix", "plots/roc_curve", "plots/per_class", "samples"].map((what) =>
          ask(address, `/api/experiments/${predictionId}/${what}`),
        ),
      );
      expect(answers.map(({ status }) => status)).toContain(422);
      for (const answer of answers) {
        if (answer.status === 200) continue; // of columns that are whole
        expectError(answer, 422, "PREDICTIONS_NOT_READABLE");
        expect(answer.json.error.message).toContain(paths.predictions);
        expectAsDocumented("/api/experiments/{id}/samples", answer);
      }
      expect((await ask(address, apiPath(["experiments", predictionId]))).status).toBe(200);
      expect(defects).toEqual([]);
    },
  );
});

describe("every error", () => {
  const appThatThrows = (error: unknown, defects: unknown[] = []) => {
    const fail = async () => {
      throw error;
    };
    return createApp({
      version: "0.0.0",
      catalog: { address: "/s", experiment: fail, projects: fail, columns: fail } as unknown as Catalog,
      plots: { predictionsOf: fail } as unknown as PlotSource,
      charts: {} as ChartSource,
      judging: {} as Judging,
      mlflow: {} as Mlflow,
      watch: {
        freshen: async () => {},
        lookNow: async () => {},
        onChange: () => () => {},
        tell: () => false,
        stop: () => {},
      },
      hosts: { own: ["localhost"], port: 1, allowed: [] },
      proxies: { has: () => false },
      token: undefined,
      entry: entryCodes(),
      readOnly: false,
      store: {} as Store,
      author: "",
      pages: undefined,
      onDefect: (defect) => defects.push(defect),
    });
  };
  const get = async (app: ReturnType<typeof appThatThrows>, path: string) => {
    const response = await app.request(`http://localhost${path}`, { headers: { host: "localhost" } });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
  };

  it("has the status of its code", async () => {
    for (const [code, status] of [
      ["UNKNOWN_PROJECT", 404],
      ["UNKNOWN_EXPERIMENT", 404],
      ["INVALID_ARGUMENT", 400],
      ["MISSING_ARGUMENT", 400],
      ["INVALID_FILTER", 400],
      ["UNKNOWN_COLUMN", 400],
      ["PREDICTIONS_NOT_READABLE", 422],
      ["STORE_NOT_READABLE", 503],
      ["BUSY", 503],
      ["CATALOG_NOT_USABLE", 503],
    ] as const) {
      const defects: unknown[] = [];
      const answer = await get(
        appThatThrows(new TrackingError(code, `this is ${code}`), defects),
        "/api/projects",
      );
      expectError(answer, status, code);
      expect(answer.json.error).toEqual({ code, message: `this is ${code}`, details: null });
      expect(defects).toEqual([]);
    }
  });

  it("that is a defect tells the server's owner everything and the client nothing", async () => {
    const defects: unknown[] = [];
    const error = new Error("Binder Error: SELECT secret FROM /home/ann");
    const answer = await get(appThatThrows(error, defects), "/api/projects");
    expectError(answer, 500, "INTERNAL_ERROR");
    expect(answer.text).not.toContain("secret");
    expect(defects).toEqual([error]);
  });

  it("says so where the pages are not built", async () => {
    expectError(await get(appThatThrows(undefined), "/"), 404, "NOT_FOUND");
    expectError(await get(appThatThrows(undefined), "/assets/x.js"), 404, "NOT_FOUND");
  });
});
