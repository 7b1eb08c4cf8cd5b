import { describe, expect, it } from "vitest";

import type { Catalog } from "../../src/catalog/catalog.js";
import type { ChartSource } from "../../src/charts/open-charts.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import type { Judging } from "../../src/judge/thread/judging-thread.js";
import type { Mlflow } from "../../src/mlflow/open-mlflow.js";
import type { PlotSource } from "../../src/plots/open-plots.js";
import { createApp } from "../../src/server/app.js";
import { entryCodes } from "../../src/server/entry-codes.js";
import { plotNames } from "../../src/server/plot-schema.js";
import type { StoreWatch } from "../../src/server/watch-store.js";
import type { Store } from "../../src/store/store.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { expectError, expectSafeHeaders } from "./checks.js";
import { documented, resolveReference } from "./documented.js";
import { hostileNames, hostileProjects, logHostile, underHostileNames } from "./hostile-names.js";
import { apiPath, ask, type Json, startServer } from "./running-server.js";

const ofRegression = new Set<string>([
  "predicted_vs_actual",
  "residuals",
  "residual_histogram",
  "normal_qq",
  "error_by_decile",
  "worst_samples",
]);
const plotsOf = (kind: string) =>
  plotNames.filter((plot) => ofRegression.has(plot) === (kind === "regression"));

describe("every route", () => {
  it("answers as its document says, whatever the names of projects, models, labels and parameters", async () => {
    const root = await temporaryFolder();
    const logged = await logHostile(root);
    const { address, defects } = await startServer(root);
    const { expectAsDocumented, document } = await documented(address);
    const asked = new Set<string>();
    const check = async (route: string, path: string) => {
      const answer = await ask(address, path);
      expect(answer.status, `${path}: ${answer.text.slice(0, 300)}`).toBe(200);
      expect(answer.headers.get("content-type")).toMatch(/^application\/json\b/);
      expectSafeHeaders(answer);
      expectAsDocumented(route, answer);
      asked.add(route);
      return answer.json;
    };

    expect((await check("/api/status", "/api/status")).experiments).toBe(logged.length);
    const { scores } = await check("/api/scores", "/api/scores");
    expect(scores.length).toBeGreaterThan(20);
    const { definitions } = await check("/api/definitions", apiPath(["definitions"], { words: "log loss" }));
    expect(definitions.length).toBeGreaterThan(3);
    const { projects } = await check("/api/projects", "/api/projects");
    const names = projects.map(({ project }: { project: string }) => project);
    expect(names.toSorted()).toEqual(hostileProjects.toSorted());

    for (const project of names as string[]) {
      const of = (route: string, parameters = {}) =>
        check(`/api/projects/{project}/${route}`, apiPath(["projects", project, route], parameters));
      const { columns } = await of("columns");
      const all = columns.map(({ name }: { name: string }) => name) as string[];
      for (const name of hostileNames) expect(all).toContain(`params.${name}`);
      const differing = await of("differing-columns", { filter: "accuracy >= 0 OR kind = 'regression'" });
      expect(differing.columns.length).toBeGreaterThan(2);
      const page = await of("experiments", { column: all, sort: ["model", "logged_at:desc"], limit: 2 });
      expect(page.columns.map(({ name }: { name: string }) => name)).toEqual(all);
      expect(page.rows.length).toBe(2);
      expect(
        (await of("experiments", { cursor: page.next, sort: ["model", "logged_at:desc"] })).rows.length,
      ).toBe(1);
      for (const score of ["accuracy", "mean_absolute_error", "mean_error"]) {
        const board = await of("leaderboard", { score, limit: 3, shared: "true" });
        expect(board.rows.length).toBe(1);
        expect(board.rows[0]).toMatchObject({ rank: 1, verdict: "best" });
      }
      expect((await of("tags")).tags).toEqual([]);
      expect((await of("views")).default_view).toBeNull();
      expect((await of("added-scores")).added_scores).toEqual([]);
      expect((await of("added-value", { name: "lost", definition: "sklearn:zero_one_loss" })).why).toBeNull();
      expect((await check("/api/trash", apiPath(["trash"], { project }))).total).toBe(0);
      const groups = await of("groups", { by: ["kind", "model"], value: ["accuracy", "samples"] });
      expect(groups.total).toBe(3);
      // A request names a project and a column: each project with some columns, one with all.
      const ofColumns = columns as { name: string; filter_name: string }[];
      for (const { name, filter_name } of project === names[0] ? ofColumns : ofColumns.slice(-8)) {
        const values = await of("values", { column: name, limit: 3 });
        expect(values.column).toBe(name);
        const { total } = await of("experiments", {
          filter: `${filter_name} IS NOT NULL`,
          column: name,
          sort: `${name}:asc`,
        });
        const counted = columns.find((column: { name: string }) => column.name === name).count as number;
        expect(total, name).toBe(counted);
      }
      const text = "params.";
      expect((await of("completions", { text, cursor: text.length })).completions.length).toBeGreaterThan(5);
      const csv = await ask(address, apiPath(["projects", project, "export.csv"]));
      expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
      expect(csv.headers.get("content-disposition")).toBe(
        `attachment; filename*=UTF-8''${encodeURIComponent(project)}.csv`,
      );
      asked.add("/api/projects/{project}/export.csv");
    }

    const found = await check(
      "/api/experiments",
      apiPath(["experiments"], { text: logged[0]!.id, limit: 3 }),
    );
    expect(found.experiments).toMatchObject([{ prediction_id: logged[0]!.id, project: logged[0]!.project }]);
    // Labels are asked for in one project: by an experiment's id no project is named.
    const ofLabels = logged.find(({ kind }) => kind === "multiclass")!.id;
    for (const { id, project, kind } of logged) {
      const experiment = await check("/api/experiments/{id}", apiPath(["experiments", id], { project }));
      expect(experiment).toMatchObject({ prediction_id: id, project });
      expect(Object.keys(experiment.model_parameters).sort()).toEqual(hostileNames.toSorted());
      for (const plot of plotsOf(kind)) {
        const needsMore = plot === "threshold_counts" ? { threshold: 0.5 } : {};
        const data = await check(
          "/api/experiments/{id}/plots/{plot}",
          apiPath(["experiments", id, "plots", plot], needsMore),
        );
        expect(data.plot).toBe(plot);
        if (id !== ofLabels || !("positive_label" in data)) continue;
        for (const label of hostileNames) {
          const path = apiPath(["experiments", id, "plots", plot], { ...needsMore, class: label });
          expect((await check("/api/experiments/{id}/plots/{plot}", path)).positive_label).toBe(label);
        }
      }
      const samples = await check("/api/experiments/{id}/samples", apiPath(["experiments", id, "samples"]));
      expect(samples.total).toBe(hostileNames.length * 2);
      if (id !== ofLabels) continue;
      for (const label of hostileNames) {
        const behind = await check(
          "/api/experiments/{id}/samples",
          apiPath(["experiments", id, "samples"], { true_label: label, sample_id: label }),
        );
        expect(behind.total, label).toBe(2);
      }
    }
    // Of two classes each project has labels of its own.
    const judged = logged.filter(({ kind, project }) => kind === "binary" || project === logged[0]!.project);
    for (const { id, kind } of judged) {
      const intervals = await check(
        "/api/experiments/{id}/intervals",
        apiPath(["experiments", id, "intervals"]),
      );
      expect(intervals.scores.length).toBeGreaterThan(5);
      const other = kind === "binary" ? id : logged.findLast((each) => each.kind === kind)!.id;
      const pair = { a: id, b: other, shared: "true" };
      const comparison = await check("/api/comparison", apiPath(["comparison"], pair));
      expect(comparison.scores.length).toBe(intervals.scores.length);
      const shared = await check(
        "/api/comparison/shared",
        apiPath(["comparison", "shared"], { a: id, b: other }),
      );
      expect(shared.shared_samples).toBe(comparison.n);
      const difference = await check(
        "/api/comparison/difference",
        apiPath(["comparison", "difference"], pair),
      );
      expect(difference).toMatchObject({
        kind: kind === "regression" ? kind : "classification",
        n: comparison.n,
      });
      for (const [format, type] of [
        ["html", "text/html"],
        ["markdown", "text/markdown"],
      ] as const) {
        const report = await ask(address, apiPath(["comparison", "report"], { ...pair, format }));
        expect([report.status, report.headers.get("content-type")]).toEqual([200, `${type}; charset=utf-8`]);
        expect(report.headers.get("content-disposition")).toMatch(
          /^attachment; filename="report-\w+-\w+\.(html|md)"$/,
        );
        expect(report.headers.get("content-security-policy")).toMatch(/^default-src 'none'; .*sandbox$/);
        expect(report.text).toContain(format === "html" ? "<h2>Provenance</h2>" : "## Provenance");
      }
      asked.add("/api/comparison/report");
      const page = await check("/api/comparison/samples", apiPath(["comparison", "samples"], pair));
      expect(page.total).toBe(comparison.n);
      const ofSlices = (parameters: object) =>
        check("/api/experiments/{id}/slices", apiPath(["experiments", id, "slices"], { ...parameters }));
      await check(
        "/api/experiments/{id}/explanation",
        apiPath(["experiments", id, "explanation"], { value: "0.5", name: "accuracy" }),
      );
      expect((await ofSlices({ by: "y_true" })).slices.length).toBeGreaterThan(1);
      expect((await ofSlices({ min_size: 2 })).columns).toHaveLength(
        kind === "multiclass" ? hostileNames.length : 0,
      );
      const compared = await check(
        "/api/comparison/slices",
        apiPath(["comparison", "slices"], { ...pair, by: "y_true" }),
      );
      expect(compared.slices.length).toBeGreaterThan(0);
      if (id !== ofLabels) continue;
      for (const by of hostileNames) {
        const { slices } = await ofSlices({ by });
        for (const { conditions, n } of slices as { conditions: unknown; n: number }[]) {
          const path = apiPath(["experiments", id, "samples"], {
            slice: JSON.stringify(conditions),
            features: "true",
          });
          const behind = await check("/api/experiments/{id}/samples", path);
          expect(behind.total, JSON.stringify(conditions)).toBe(n);
          expect(behind.feature_names).toEqual(Object.keys(underHostileNames(() => 0)));
        }
      }
      for (const label of hostileNames) {
        const path = apiPath(["comparison", "samples"], { ...pair, true_label: label });
        expect((await check("/api/comparison/samples", path)).total, label).toBe(2);
      }
    }
    const readable = Object.entries(document["paths"] as Record<string, Json>).filter(([, { get }]) => get);
    const paths = readable
      .map(([path]) => path)
      .filter((path) => !/\/(runs|histories|models|logged-models|mlflow|metrics-check)/.test(path)); // runs.test.ts and models.test.ts have those
    expect([...asked].sort()).toEqual(paths.sort());
    expect(defects).toEqual([]);
  });

  it("answers over an empty store", async () => {
    const { address } = await startServer();
    const { expectAsDocumented } = await documented(address);
    const projects = await ask(address, "/api/projects");
    expectAsDocumented("/api/projects", projects);
    expect(projects.json.projects).toEqual([]);
    const status = await ask(address, "/api/status");
    expectAsDocumented("/api/status", status);
    expect(status.json).toMatchObject({ experiments: 0, problem_count: 0, problems: [] });
  });

  it("answers of one project with one column of each type, sorted, filtered and grouped by each", async () => {
    const root = await temporaryFolder();
    for (let i = 0; i < 4; i++) {
      const parameters = {
        number: i,
        text: `t${i}`,
        boolean: i % 2 === 0,
        list: [i],
        mixed: i % 2 ? i : "x",
        nothing: null,
      };
      await logExperiment(
        smallClassification(root, {
          parameters: { ...smallClassification(root).parameters, model: { name: "M", parameters } },
        }),
      );
    }
    const { address } = await startServer(root);
    const { expectAsDocumented } = await documented(address);
    const { columns } = (await ask(address, apiPath(["projects", "pets", "columns"]))).json;
    const types = new Set<string>(columns.map(({ type }: { type: string }) => type));
    expect([...types].sort()).toEqual(["boolean", "mixed", "number", "text", "time"]);
    for (const { name, type } of columns as { name: string; type: string }[]) {
      for (const direction of ["", ":asc", ":desc"]) {
        const answer = await ask(
          address,
          apiPath(["projects", "pets", "experiments"], { sort: `${name}${direction}` }),
        );
        expectAsDocumented("/api/projects/{project}/experiments", answer);
        expect(answer.json.total).toBe(4);
      }
      const value = type === "number" ? { value: name } : {};
      const groups = await ask(address, apiPath(["projects", "pets", "groups"], { by: name, ...value }));
      expectAsDocumented("/api/projects/{project}/groups", groups);
      const sum = groups.json.groups.reduce((all: number, { count }: { count: number }) => all + count, 0);
      expect(sum, name).toBe(4);
    }
  });

  it("gives hostile names as JSON data alone, with the type of JSON", async () => {
    const root = await temporaryFolder();
    const markup = "<script>alert(1)</script>";
    const { predictionId } = await logExperiment({
      ...smallRegression(root),
      name: markup,
      extraParameters: underHostileNames((name) => name),
    });
    const { address } = await startServer(root);
    const { json, text, headers } = await ask(address, apiPath(["experiments", predictionId]));
    expect(json.name).toBe(markup);
    expect(headers.get("content-type")).toMatch(/^application\/json\b/);
    expect(text).toContain('"__proto__":"__proto__"');
    expect(Object.getPrototypeOf(json.extra_parameters)).toBe(Object.prototype);
  });
});

describe("the OpenAPI document", () => {
  const stub = () =>
    createApp({
      version: "0.0.0",
      catalog: {} as Catalog,
      plots: {} as PlotSource,
      charts: {} as ChartSource,
      judging: {} as Judging,
      mlflow: {} as Mlflow,
      watch: {} as StoreWatch,
      hosts: { own: ["localhost"], port: 1, allowed: [] },
      proxies: { has: () => false },
      token: undefined,
      entry: entryCodes(),
      readOnly: false,
      store: {} as Store,
      author: "",
      pages: undefined,
      onDefect: () => {},
    });

  it("lists every route but pages, events and itself", async () => {
    const { address } = await startServer();
    const { document } = await documented(address);
    const routes = new Set(
      stub()
        .routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"))
        .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(\{[^}]*\})?/g, "{$1}")}`),
    );
    routes.delete("GET /api/events");
    routes.delete("GET /api/openapi.json");
    expect(routes.size).toBeGreaterThan(10);
    const listed = Object.entries(document["paths"] as object).flatMap(([path, item]) =>
      Object.keys(item as object).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(listed.sort()).toEqual([...routes].sort());
  });

  it("is whole: versions, parameters, answers and components, and no reference leads nowhere", async () => {
    const { address } = await startServer();
    const { document } = await documented(address);
    expect(document["openapi"]).toBe("3.1.0");
    expect(document["info"]).toMatchObject({
      title: "ml-tracking",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to!);
    expect(references.length).toBeGreaterThan(20);
    for (const reference of new Set(references))
      expect(resolveReference(document, reference)).toBeTypeOf("object");
    const used = new Set(references.map((reference) => reference.split("/").at(-1)));
    expect(Object.keys(document["components"].schemas).filter((name) => !used.has(name))).toEqual([]);
    const operations = Object.entries(document["paths"] as Record<string, Json>).flatMap(([path, item]) =>
      Object.values(item as Record<string, Json>).map((operation) => [path, operation] as const),
    );
    for (const [path, get] of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const parameters = (get.parameters ?? []) as {
        name: string;
        in: string;
        required: boolean;
        schema: object;
      }[];
      expect(parameters.filter((each) => each.in === "path").map(({ name }) => name)).toEqual(inPath);
      for (const parameter of parameters) {
        expect(["path", "query"]).toContain(parameter.in);
        expect(Object.keys(parameter.schema).length).toBeGreaterThan(0);
        if (parameter.in === "path") expect(parameter.required).toBe(true);
      }
      expect(new Set(parameters.map(({ name }) => name)).size).toBe(parameters.length);
      for (const status of ["200", "400", "default"]) {
        expect(get.responses[status]?.description, `${path} ${status}`).toMatch(/\S/);
        const [content] = Object.values(get.responses[status].content as Record<string, { schema: object }>);
        expect(content?.schema, `${path} ${status}`).toBeTypeOf("object");
      }
    }
  });

  it("names every query parameter that is understood, and no other is", async () => {
    const root = await temporaryFolder();
    const { predictionId } = await logExperiment(smallClassification(root));
    const { address } = await startServer(root);
    const { document } = await documented(address);
    for (const [path, { get }] of Object.entries(document["paths"] as Record<string, Json>)) {
      if (!get) continue;
      const real = path
        .replace("{project}", "pets")
        .replace("{id}", predictionId)
        .replace("{plot}", "per_class");
      const parameters = (get.parameters ?? []) as { name: string; in: string; required: boolean }[];
      const query = parameters.filter((each) => each.in === "query");
      const needed = query.filter(({ required }) => required).map(({ name }) => `${name}=1`);
      for (const { name } of query) {
        const answer = await ask(address, `${real}?${[...needed, `${name}=1`].join("&")}`);
        expect(answer.json?.error?.message ?? "", `${path} ${name}`).not.toContain("unknown parameter");
      }
      for (const other of ["fliter", "Limit", "columns", "token", "signal"]) {
        const answer = await ask(address, `${real}?${[...needed, `${other}=1`].join("&")}`);
        expectError(answer, 400, "INVALID_ARGUMENT");
        expect(answer.json.error.message, path).toContain(`unknown parameter: ${other}`);
      }
    }
  });
});
