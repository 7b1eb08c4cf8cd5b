import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { csvParse, csvParseRows } from "d3-dsv";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Catalog } from "../../src/catalog/catalog.js";
import type { ChartSource } from "../../src/charts/open-charts.js";
import type { Judging } from "../../src/judge/thread/judging-thread.js";
import type { Mlflow } from "../../src/mlflow/open-mlflow.js";
import type { PlotSource } from "../../src/plots/open-plots.js";
import { createApp } from "../../src/server/app.js";
import { entryCodes } from "../../src/server/entry-codes.js";
import type { Store } from "../../src/store/store.js";
import { appendExperiments, experiment, writeExperiments } from "../catalog/log-rows.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { expectError } from "./checks.js";
import { apiPath, ask, type Json, startServer } from "./running-server.js";

const count = 730;

/** Experiments with many ties, many gaps and text that CSV has to quote. */
function records(from = 0, to = count) {
  return Array.from({ length: to - from }, (_, i) => from + i).map((i) =>
    experiment(i, {
      name: i % 3 === 0 ? undefined : [`run ${i}`, `a, "quoted" ${i}`, "=1+1", "é🦊"][i % 4],
      model: `Model${i % 5}`,
      scores: i % 7 === 0 ? {} : { accuracy: (i % 11) / 10 },
      modelParameters: {
        k: i % 13,
        ...(i % 2 ? { rate: i / 7 } : {}),
        ...(i % 17 ? {} : { note: "two\nlines" }),
      },
    }),
  );
}

async function fullServer() {
  const root = await temporaryFolder();
  const file = await writeExperiments(root, records());
  return { file, ...(await startServer(root)) };
}

const queries: [string, Record<string, string | string[]>][] = [
  ["as they come", {}],
  ["sorted by a score with ties and gaps", { sort: "accuracy:desc" }],
  ["sorted by three columns", { sort: ["model", "params.k:desc", "name"] }],
  ["sorted by a parameter that few have", { sort: "params.rate" }],
  ["sorted by text with gaps", { sort: "name:asc" }],
  ["of a filter", { filter: "accuracy >= 0.5 AND params.k < 7", sort: "logged_at" }],
];

describe("pages", () => {
  it.each(queries)(
    "by cursor and by offset give every experiment exactly once, in the same order: %s",
    async (_, query) => {
      const { address } = await fullServer();
      const page = async (more: Record<string, string | number>) => {
        const answer = await ask(
          address,
          apiPath(["projects", "pets", "experiments"], { ...query, ...more }),
        );
        expect(answer.status, answer.text.slice(0, 200)).toBe(200);
        return answer.json;
      };
      const whole = await page({ limit: 10_000 });
      expect(whole.next).toBeNull();
      expect(whole.rows.length).toBe(whole.total);
      expect(new Set(whole.prediction_ids).size).toBe(whole.total);
      if (!("filter" in query)) expect(whole.total).toBe(count);
      else
        expect(whole.total).toBe(
          records().filter(
            (r) => (r.scores["accuracy"] ?? -1) >= 0.5 && (r.modelParameters["k"] as number) < 7,
          ).length,
        );

      const byCursor: string[] = [];
      const rows: unknown[] = [];
      for (let next: string | null = ""; next !== null; ) {
        const one: Json = await page({ limit: 97, ...(next === "" ? {} : { cursor: next }) });
        byCursor.push(...one.prediction_ids);
        rows.push(...one.rows);
        next = one.next;
      }
      expect(byCursor).toEqual(whole.prediction_ids);
      expect(rows).toEqual(whole.rows);

      const byOffset: string[] = [];
      for (let offset = 0; offset < whole.total; offset += 97) {
        byOffset.push(...(await page({ limit: 97, offset })).prediction_ids);
      }
      expect(byOffset).toEqual(whole.prediction_ids);
      expect((await page({ offset: whole.total })).rows).toEqual([]);
    },
  );

  it("by cursor go on where they were, though experiments are logged between them", async () => {
    const { address, file } = await fullServer();
    const seen: string[] = [];
    let query: Record<string, string | number> = { limit: 100 };
    for (let i = 0; ; i++) {
      const { json } = await ask(address, apiPath(["projects", "pets", "experiments"], query));
      seen.push(...json.prediction_ids);
      if (json.next === null) break;
      await appendExperiments(file, records(count + i * 5, count + i * 5 + 5));
      await new Promise((resolve) => setTimeout(resolve, 200));
      query = { limit: 100, cursor: json.next };
    }
    expect(seen).toEqual(
      records()
        .map((record) => record.predictionId)
        .toReversed(),
    );
  });
});

describe("export.csv", () => {
  it.each(queries)("holds what the pages show, row by row and column by column: %s", async (_, query) => {
    const { address } = await fullServer();
    const columns = [
      "prediction_id",
      "name",
      "model",
      "accuracy",
      "params.k",
      "params.rate",
      "params.note",
      "logged_at",
    ];
    const all = { ...query, column: columns };
    const page = (await ask(address, apiPath(["projects", "pets", "experiments"], { ...all, limit: 10_000 })))
      .json;
    const csv = await ask(address, apiPath(["projects", "pets", "export.csv"], all));
    const [header, ...rows] = csvParseRows(csv.text);
    expect(header).toEqual(columns);
    const written = page.rows.map((row: (string | number | null)[]) =>
      row.map((value) => (value === null ? "" : String(value))),
    );
    expect(rows).toEqual(written);
  });

  it("has by default every column with a value, of parameters and scores only those", async () => {
    const { address } = await fullServer();
    const { columns } = (await ask(address, apiPath(["projects", "pets", "columns"]))).json;
    const shown = columns.filter(
      ({ count: values, kind }: { count: number; kind: string }) =>
        (values > 0 && kind !== "annotation") || kind === "fixed", // nothing is said of any here
    );
    const csv = csvParse((await ask(address, apiPath(["projects", "pets", "export.csv"]))).text);
    expect(csv.columns).toEqual(shown.map(({ name }: { name: string }) => name));
    expect(csv.length).toBe(count);
  });

  it("for a spreadsheet marks what it would execute, and only then", async () => {
    const { address } = await fullServer();
    const names = async (parameters: Record<string, string>) =>
      csvParseRows(
        (await ask(address, apiPath(["projects", "pets", "export.csv"], { column: "name", ...parameters })))
          .text,
      ).flat();
    expect(await names({})).toContain("=1+1");
    expect(await names({ spreadsheet: "false" })).toContain("=1+1");
    const marked = await names({ spreadsheet: "true" });
    expect(marked).toContain("'=1+1");
    expect(marked).not.toContain("=1+1");
  });

  it("is sent while it is read, not kept in memory", async () => {
    const root = await temporaryFolder();
    await writeExperiments(root, records(0, 60_000));
    const { address, defects } = await startServer(root);
    const response = await fetch(`${address}${apiPath(["projects", "pets", "export.csv"])}`);
    expect(response.headers.get("content-length")).toBeNull();
    let chunks = 0;
    let bytes = 0;
    let largest = 0;
    for await (const chunk of response.body!) {
      chunks += 1;
      bytes += chunk.byteLength;
      largest = Math.max(largest, chunk.byteLength);
    }
    expect(bytes).toBeGreaterThan(10_000_000);
    expect(chunks).toBeGreaterThan(20);
    expect(largest).toBeLessThan(bytes / 10);
    expect(defects).toEqual([]);
  });

  it("that fails half-way is cut, so that nobody takes the part for the whole", async () => {
    let ended = false;
    const defects: unknown[] = [];
    const catalog = {
      address: "/s",
      async *exportRows() {
        try {
          yield "model\n";
          yield "Ridge\n".repeat(10_000);
          throw new Error("the disk is gone");
        } finally {
          ended = true;
        }
      },
    } as unknown as Catalog;
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const app = createApp({
      version: "0.0.0",
      catalog,
      plots: {} as PlotSource,
      charts: {} as ChartSource,
      judging: {} as Judging,
      mlflow: {} as Mlflow,
      watch: {
        freshen: () => Promise.resolve(),
        lookNow: () => Promise.resolve(),
        onChange: () => () => {},
        tell: () => false,
        stop: () => {},
      },
      hosts: { own: ["127.0.0.1"], port, allowed: [] },
      proxies: { has: () => false },
      token: undefined,
      entry: entryCodes(),
      readOnly: false,
      store: {} as Store,
      author: "",
      pages: undefined,
      onDefect: (error) => defects.push(error),
    });
    const answer = getRequestListener(app.fetch);
    server.on("request", (request, response) => void answer(request, response));
    const response = await fetch(`http://127.0.0.1:${port}/api/projects/pets/export.csv`);
    await expect(response.text()).rejects.toThrow(/terminated/);
    expect(ended).toBe(true);
    expect(defects.map(String)).toEqual(["Error: the disk is gone"]);
  });

  it("that cannot begin is an error, not a file", async () => {
    const { address } = await fullServer();
    const answer = await ask(address, apiPath(["projects", "pets", "export.csv"], { column: "nothing" }));
    expectError(answer, 400, "UNKNOWN_COLUMN");
    expect(answer.headers.get("content-disposition")).toBeNull();
  });
});
