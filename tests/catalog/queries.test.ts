import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvParseRows } from "d3-dsv";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import type { Catalog, ExportQuery, SortKey } from "../../src/catalog/catalog.js";
import { openCatalogFile } from "../../src/catalog/catalog-file.js";
import type { CatalogValue } from "../../src/catalog/catalog-schema.js";
import { openCatalog } from "../../src/catalog/open-catalog.js";
import type { ExperimentRecord } from "../../src/experiment/experiment-record.js";
import { folderStore } from "../../src/store/folder-store.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import {
  appendExperiments,
  catalogOf,
  experiment,
  idOf,
  logPath,
  openEmpty,
  writeExperiments,
} from "./log-rows.js";

const kernels = ["rbf", "linear", undefined, 3, true, "RBF"];
const records: ExperimentRecord[] = Array.from({ length: 257 }, (_, i) =>
  experiment((i * 7919) % 100_003, {
    name: i % 4 === 0 ? undefined : `n${i % 5}`,
    loggedAt: new Date(Date.UTC(2026, 10, 1) + (i % 40) * 60_000),
    scores: i % 6 === 0 ? {} : { accuracy: (i % 9) / 8, log_loss: i % 25 === 1 ? Infinity : (i % 10) / 10 },
    modelParameters: { kernel: kernels[i % kernels.length] ?? null, depth: i % 3, same: 1 },
    extraParameters: i % 2 ? { fold: i % 5 } : {},
  }),
);

let catalog: Catalog;
beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), "ml-tracking-queries-"));
  await writeExperiments(root, records.slice(0, 100), 1);
  await writeExperiments(root, records.slice(100), 2);
  catalog = await openCatalog(folderStore(root), { folder: join(root, "cache") });
  await catalog.refresh();
  return async () => {
    await catalog.close();
    await rm(root, { recursive: true });
  };
});

type Value = CatalogValue | undefined;
const values: Record<string, (record: ExperimentRecord) => Value> = {
  prediction_id: (r) => r.predictionId,
  name: (r) => r.name,
  logged_at: (r) => r.loggedAt.toISOString(),
  accuracy: (r) => r.scores["accuracy"],
  log_loss: (r) => r.scores["log_loss"],
  "params.kernel": (r) => r.modelParameters["kernel"] as Value,
  "params.depth": (r) => r.modelParameters["depth"] as Value,
  "extra.fold": (r) => r.extraParameters["fold"] as Value,
};

/** Numbers, then text, then booleans; missing values last in both directions. */
function compare(a: Value, b: Value, descending: boolean): number {
  const kind = (value: Value) =>
    value === undefined || value === null ? 3 : ["number", "string", "boolean"].indexOf(typeof value);
  if (kind(a) !== kind(b)) return kind(a) - kind(b);
  if (kind(a) === 3 || a === b) return 0;
  return (a! < b! ? -1 : 1) * (descending ? -1 : 1);
}

function sorted(sort: readonly SortKey[]): string[] {
  return [...records]
    .sort((a, b) => {
      for (const { column, direction } of sort) {
        const isDescending = direction === "best" ? column === "accuracy" : direction === "descending";
        const order = compare(values[column]!(a), values[column]!(b), isDescending);
        if (order !== 0) return order;
      }
      return a.predictionId < b.predictionId ? -1 : 1;
    })
    .map(({ predictionId }) => predictionId);
}

describe("pages", () => {
  it("have those first that are nearest to 0, of a score that is best there, page by page", async () => {
    const errors = [-3, 0.5, -0.25, 0, 2, -0.5, undefined, 1e-9];
    const some = errors.map((error, i) =>
      experiment(i, { kind: "regression", scores: error === undefined ? {} : { mean_error: error } }),
    );
    const regressions = await catalogOf(some);
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await regressions.experiments("pets", {
        sort: [{ column: "mean_error", direction: "best" }],
        columns: ["mean_error"],
        limit: 3,
        ...(cursor === undefined ? {} : { cursor }),
      });
      found.push(...page.rows.map(([error]) => error as number));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual([0, 1e-9, -0.25, 0.5, -0.5, 2, -3, null]);
  });

  it("cover everything exactly once in the right order, whatever is sorted by", async () => {
    const key = fc.oneof(
      fc.record({
        column: fc.constantFrom(...Object.keys(values)),
        direction: fc.constantFrom("ascending" as const, "descending" as const),
      }),
      fc.record({
        column: fc.constantFrom("accuracy", "log_loss"),
        direction: fc.constant("best" as const),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(key, { maxLength: 3 }),
        fc.integer({ min: 1, max: 100 }),
        async (sort, limit) => {
          const ids: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await catalog.experiments("pets", {
              sort,
              limit,
              columns: ["name"],
              ...(cursor === undefined ? {} : { cursor }),
            });
            expect(page.total).toBe(records.length);
            expect(page.rows.length).toBe(page.prediction_ids.length);
            ids.push(...page.prediction_ids);
            cursor = page.next ?? undefined;
          } while (cursor !== undefined);
          expect(ids).toEqual(sorted(sort));
        },
      ),
      { numRuns: 30 },
    );
  });

  it("show the latest first where nobody says otherwise, and every value as it was logged", async () => {
    const page = await catalog.experiments("pets", { limit: 1_000 });
    expect(page.prediction_ids).toEqual(sorted([{ column: "logged_at", direction: "descending" }]));
    expect(page.next).toBeNull();
    const byId = new Map(records.map((record) => [record.predictionId, record]));
    for (const [i, row] of page.rows.entries()) {
      const record = byId.get(page.prediction_ids[i]!)!;
      for (const [at, { name }] of page.columns.entries()) {
        const expected = name in values ? (values[name]!(record) ?? null) : row[at];
        expect(row[at]).toEqual(expected);
      }
    }
    const names = page.columns.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([...Object.keys(values), "params.same", "model", "runtime"]),
    );
    expect(names).not.toContain("f1_macro"); // no experiment has it
  });

  it("go on after the same experiment when others are logged meanwhile", async () => {
    const { root, catalog: growing } = await openEmpty();
    await writeExperiments(
      root,
      Array.from({ length: 30 }, (_, i) => experiment(100 + i)),
    );
    await growing.refresh();
    const query = { sort: [{ column: "prediction_id" }], limit: 10 };
    const first = await growing.experiments("pets", query);
    await appendExperiments(join(root, logPath()), [experiment(1), experiment(2), experiment(200)]);
    await growing.refresh();
    const second = await growing.experiments("pets", { ...query, cursor: first.next! });
    expect(second.prediction_ids).toEqual(Array.from({ length: 10 }, (_, i) => idOf(110 + i)));
    expect(second.total).toBe(33);
  });

  it("can be passed over by number", async () => {
    const sort = [{ column: "accuracy" }];
    const page = await catalog.experiments("pets", { sort, offset: 50, limit: 20 });
    expect(page.prediction_ids).toEqual(sorted(sort).slice(50, 70));
    expect((await catalog.experiments("pets", { sort, offset: 5_000 })).prediction_ids).toEqual([]);
  });

  it("refuse a cursor of another query, a forged one, and limits that are none", async () => {
    const { next } = await catalog.experiments("pets", { limit: 5 });
    const refused = { code: "INVALID_ARGUMENT" };
    await expect(
      catalog.experiments("pets", { cursor: next!, filter: "accuracy > 0" }),
    ).rejects.toMatchObject(refused);
    await expect(
      catalog.experiments("pets", { cursor: next!, sort: [{ column: "name" }] }),
    ).rejects.toMatchObject(refused);
    for (const cursor of ["", "x", "e30", Buffer.from("[1,2,3]").toString("base64url"), "\0"]) {
      await expect(catalog.experiments("pets", { cursor })).rejects.toMatchObject(refused);
    }
    const forged = JSON.parse(Buffer.from(next!, "base64url").toString()) as unknown[];
    forged[1] = "x' OR true --";
    const cursor = Buffer.from(JSON.stringify(forged)).toString("base64url");
    await expect(catalog.experiments("pets", { cursor })).rejects.toMatchObject(refused);
    await expect(catalog.experiments("pets", { cursor: next!, offset: 3 })).rejects.toMatchObject(refused);
    for (const limit of [0, -1, 1.5, 10_001, Number.NaN])
      await expect(catalog.experiments("pets", { limit })).rejects.toMatchObject(refused);
    await expect(catalog.experiments("pets", { offset: -1 })).rejects.toMatchObject(refused);
    await expect(catalog.experiments("pets", { columns: [] })).rejects.toMatchObject(refused);
  });

  it("refuse unknown columns, projects and experiments with the name that was meant", async () => {
    await expect(catalog.experiments("pets", { columns: ["acuracy"] })).rejects.toMatchObject({
      code: "UNKNOWN_COLUMN",
      message: expect.stringContaining("did you mean accuracy?") as unknown,
    });
    await expect(catalog.experiments("pets", { sort: [{ column: "params.kernl" }] })).rejects.toMatchObject({
      code: "UNKNOWN_COLUMN",
    });
    await expect(catalog.experiments("petz")).rejects.toMatchObject({
      code: "UNKNOWN_PROJECT",
      message: expect.stringContaining("did you mean pets?") as unknown,
    });
    await expect(catalog.experiments("__proto__")).rejects.toMatchObject({ code: "UNKNOWN_PROJECT" });
    await expect(catalog.experiment(idOf(99_999_999))).rejects.toMatchObject({ code: "UNKNOWN_EXPERIMENT" });
    await expect(catalog.experiment("x' OR true --")).rejects.toMatchObject({ code: "UNKNOWN_EXPERIMENT" });
    await expect(
      catalog.experiments("pets", { sort: [{ column: "name", direction: "up" as "ascending" }] }),
    ).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(
      catalog.experiments("pets", { sort: [{ column: "name", direction: "best" }] }),
    ).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: expect.stringContaining("only scores have a best") as unknown,
    });
  });
});

describe("columns", () => {
  it("say how many values each has, how many different ones, and the ends", async () => {
    const columns = await catalog.columns("pets");
    for (const [name, value] of Object.entries(values)) {
      const present = records.map(value).filter((found) => found !== undefined && found !== null);
      const numbers = present.filter((found): found is number => typeof found === "number");
      const range = numbers.length > 0 ? numbers : present;
      const ordered = [...range].sort((a, b) => compare(a, b, false));
      expect(columns.find((column) => column.name === name)).toMatchObject({
        count: present.length,
        distinct: new Set(present).size,
        min: ordered[0],
        max: ordered.at(-1),
      });
    }
    expect(columns.find(({ name }) => name === "f1_macro")).toMatchObject({
      count: 0,
      distinct: 0,
      min: null,
    });
    expect(columns.map(({ name }) => name)).not.toContain("r2"); // of regressions
  });

  it("that differ are those with two values, or a value here and none there", async () => {
    const names = (await catalog.differingColumns("pets")).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(values)));
    for (const same of ["params.same", "model", "project", "f1_macro"]) expect(names).not.toContain(same);
    const few = await catalog.differingColumns("pets", {
      filter: "params.depth = 1 AND extra.fold = 3 AND accuracy = 0.5",
    });
    const chosen = records.filter(
      (r) =>
        r.modelParameters["depth"] === 1 && r.extraParameters["fold"] === 3 && r.scores["accuracy"] === 0.5,
    );
    expect(chosen.length).toBeGreaterThan(1);
    for (const [name, value] of Object.entries(values)) {
      const differs = new Set(chosen.map((record) => value(record) ?? null)).size > 1;
      expect([name, few.some((column) => column.name === name)]).toEqual([name, differs]);
    }
    expect(
      await catalog.differingColumns("pets", { filter: `prediction_id = '${records[0]!.predictionId}'` }),
    ).toEqual([]);
  });

  it("list their values, the most frequent first", async () => {
    const kernel = await catalog.distinctValues("pets", "params.kernel");
    const counts = new Map<Value, number>();
    for (const record of records) {
      const value = values["params.kernel"]!(record);
      if (value !== null && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect(new Map(kernel.map(({ value, count }) => [value, count]))).toEqual(counts);
    expect(kernel.map(({ count }) => count)).toEqual([...counts.values()].sort((a, b) => b - a));
    const starting = await catalog.distinctValues("pets", "params.kernel", { prefix: "rB" });
    expect(new Set(starting.map(({ value }) => value))).toEqual(new Set(["RBF", "rbf"]));
    expect(
      (await catalog.distinctValues("pets", "params.depth", { prefix: "2" })).map(({ value }) => value),
    ).toEqual([2]);
    expect((await catalog.distinctValues("pets", "logged_at", { prefix: "2026-11-01T00:07" })).length).toBe(
      1,
    );
    expect(
      (await catalog.distinctValues("pets", "name", { limit: 2, filter: "params.depth = 0" })).length,
    ).toBe(2);
    expect(await catalog.distinctValues("pets", "name", { prefix: "%" })).toEqual([]);
  });
});

function rounded(value: number | null): string | undefined {
  return value?.toPrecision(12);
}

describe("groups", () => {
  it("have the count, mean, spread and best that plain arithmetic gives", async () => {
    const found = await catalog.groups("pets", {
      by: ["params.kernel", "params.depth"],
      values: ["accuracy", "log_loss", "extra.fold"],
      filter: "logged_at < '2026-11-01T00:35:00Z'",
    });
    const chosen = records.filter((record) => record.loggedAt.getTime() < Date.UTC(2026, 10, 1, 0, 35));
    const expected = new Map<string, ExperimentRecord[]>();
    for (const record of chosen) {
      const key = JSON.stringify([record.modelParameters["kernel"] ?? null, record.modelParameters["depth"]]);
      expected.set(key, [...(expected.get(key) ?? []), record]);
    }
    expect(found.total).toBe(expected.size);
    expect(new Set(found.groups.map(({ key }) => JSON.stringify(key)))).toEqual(new Set(expected.keys()));
    expect(found.groups.map(({ count }) => count)).toEqual(
      [...expected.values()].map((group) => group.length).sort((a, b) => b - a),
    );
    for (const { key, count, values: statistics } of found.groups) {
      const group = expected.get(JSON.stringify(key))!;
      expect(count).toBe(group.length);
      for (const [i, name] of ["accuracy", "log_loss", "extra.fold"].entries()) {
        const numbers = group.flatMap((record) => (values[name]!(record) as number | undefined) ?? []);
        const {
          mean,
          standard_deviation: standardDeviation,
          mean_interval: interval,
          ...rest
        } = statistics[i]!;
        // Its quantiles are held against scipy's elsewhere.
        if (standardDeviation === null) expect(interval).toBeNull();
        else expect((interval!.low + interval!.high) / 2).toBeCloseTo(mean!, 9);
        const better = name === "accuracy" ? Math.max(...numbers) : Math.min(...numbers);
        const winners = group
          .filter((record) => values[name]!(record) === better)
          .map(({ predictionId }) => predictionId);
        expect(rest).toEqual({
          count: numbers.length,
          min: numbers.length > 0 ? Math.min(...numbers) : null,
          max: numbers.length > 0 ? Math.max(...numbers) : null,
          best:
            name === "extra.fold" || numbers.length === 0
              ? null
              : { value: better, prediction_id: winners.sort()[0] },
        });
        const average = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
        const spread = Math.sqrt(
          numbers.reduce((sum, value) => sum + (value - average) ** 2, 0) / (numbers.length - 1),
        );
        expect(rounded(mean)).toBe(rounded(numbers.length > 0 ? average : null));
        expect(rounded(standardDeviation)).toBe(
          rounded(numbers.length > 1 && Number.isFinite(spread) ? spread : null),
        );
      }
    }
  });

  it("take the error nearest to zero as the best where a score says so", async () => {
    const errors = [-3, 0.5, -0.25, 2];
    const regression = await catalogOf(
      errors.map((value, i) => experiment(i, { kind: "regression", scores: { mean_error: value } })),
    );
    const { groups } = await regression.groups("pets", { by: ["model"], values: ["mean_error"] });
    expect(groups[0]?.values[0]?.best).toEqual({ value: -0.25, prediction_id: idOf(2) });
  });

  it("bear numbers of any size, and refuse what is no number", async () => {
    const huge = await catalogOf(
      [1e300, -1e300, 1.7e308].map((value, i) => experiment(i, { extraParameters: { value } })),
    );
    const { groups } = await huge.groups("pets", { by: ["model"], values: ["extra.value"] });
    expect(groups[0]?.values[0]).toMatchObject({ count: 3, min: -1e300, max: 1.7e308 });
    await expect(catalog.groups("pets", { by: ["model"], values: ["name"] })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
    await expect(catalog.groups("pets", { by: ["model"], values: ["logged_at"] })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
    await expect(catalog.groups("pets", { by: [] })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });

  it("tell how many there are beyond the limit", async () => {
    const found = await catalog.groups("pets", { by: ["prediction_id"], limit: 10 });
    expect(found.groups.length).toBe(10);
    expect(found.total).toBe(records.length);
  });
});

async function read(from: Catalog, query: ExportQuery = {}): Promise<string[][]> {
  let text = "";
  for await (const chunk of from.exportRows("pets", query)) text += chunk;
  return csvParseRows(text);
}

describe("export", () => {
  it("has everything that a query selects, in its order", async () => {
    const sort = [{ column: "accuracy", direction: "descending" as const }];
    const [names, ...rows] = await read(catalog, { sort, columns: Object.keys(values) });
    expect(names).toEqual(Object.keys(values));
    const byId = new Map(records.map((record) => [record.predictionId, record]));
    const expected = sorted(sort).map((id) =>
      Object.values(values).map((value) => String(value(byId.get(id)!) ?? "")),
    );
    expect(rows).toEqual(expected);
    const [, ...some] = await read(catalog, { filter: "params.depth = 2", columns: ["prediction_id"] });
    expect(some.length).toBe(records.filter((record) => record.modelParameters["depth"] === 2).length);
    const [all] = await read(catalog);
    expect(all).toEqual(expect.arrayContaining(["prediction_id", "accuracy", "params.same", "extra.fold"]));
  });

  it("keeps every text, and disarms formulas only on demand", async () => {
    const texts = ["=1+1", "+x", "-x", "@x", "\tx", 'a "b", c', "line\nbreak\r\n", "'", "", "-5"];
    const hostile = await catalogOf(
      texts.map((text, i) => experiment(i, { extraParameters: { text, number: 0 - i } })),
    );
    const query = { columns: ["extra.text", "extra.number"], sort: [{ column: "prediction_id" }] };
    const plain = await read(hostile, query);
    expect(plain.slice(1)).toEqual(texts.map((text, i) => [text, String(0 - i)]));
    const disarmed = await read(hostile, { ...query, forSpreadsheet: true });
    expect(disarmed.slice(1).map(([text]) => text)).toEqual(
      texts.map((text) => (/^[=+\-@\t]/.test(text) ? `'${text}` : text)),
    );
    expect(disarmed[3]?.[1]).toBe("-2");
  });

  it("is never in memory as a whole", async () => {
    const { root, catalog: large } = await openEmpty();
    await writeExperiments(
      root,
      Array.from({ length: 20_000 }, (_, i) => experiment(i)),
    );
    await large.refresh();
    const chunks: number[] = [];
    for await (const chunk of large.exportRows("pets")) chunks.push(chunk.split("\n").length);
    expect(chunks.length).toBeGreaterThan(5);
    expect(Math.max(...chunks)).toBeLessThan(5_000);
    // Whoever stops early gives the connection back.
    for await (const _ of large.exportRows("pets")) break;
    expect((await large.experiments("pets", { limit: 1 })).total).toBe(20_000);
  });
});

describe("an aborted query", () => {
  it("ends at once with the signal's reason, and harms no other", async () => {
    const { root, catalog: large } = await openEmpty();
    await writeExperiments(
      root,
      Array.from({ length: 20_000 }, (_, i) =>
        experiment(i, { extraParameters: { text: `${i}`.repeat(20) } }),
      ),
    );
    const early = AbortSignal.abort(new Error("not wanted"));
    await expect(large.refresh({ signal: early })).rejects.toThrow("not wanted");
    expect(large.status().stale).toBe(false);
    const stopping = new AbortController();
    const refreshing = large.refresh({
      signal: stopping.signal,
      onProgress: () => stopping.abort(new Error("stopped halfway")),
    });
    await expect(refreshing).rejects.toThrow("stopped halfway");
    expect(large.status().experiments).toBe(0);
    await large.refresh();
    expect(large.status().experiments).toBe(20_000);

    await expect(large.experiments("pets", { signal: early })).rejects.toThrow("not wanted");
    const slow = Array.from({ length: 100 }, (_, i) => `extra.text LIKE '%_${i}_%_1%_2%'`).join(" OR ");
    const controller = new AbortController();
    const waiting = large.experiments("pets", { filter: slow, signal: controller.signal });
    const other = large.experiments("pets", { limit: 3 });
    const start = performance.now();
    setTimeout(() => controller.abort(new Error("the page was left")), 30);
    await expect(waiting).rejects.toThrow("the page was left");
    expect(performance.now() - start).toBeLessThan(10_000);
    expect((await other).total).toBe(20_000);
  });
});

describe("the database", () => {
  it("is reached by no SQL in values and names, and reaches nothing but its folders", async () => {
    const attack = "'; ATTACH '/tmp/x.db' AS y; COPY projects TO '/tmp/y.csv'; --";
    const hostile = await catalogOf([
      experiment(1, {
        name: attack,
        modelParameters: { [attack]: attack },
        extraParameters: { "a', 'b": 1 },
      }),
    ]);
    const page = await hostile.experiments("pets", {
      filter: `name = '${attack.replaceAll("'", "''")}'`,
      columns: ["name", `params.${attack}`, "extra.a', 'b"],
    });
    expect(page.rows).toEqual([[attack, attack, 1]]);
    expect(existsSync("/tmp/y.csv") || existsSync("/tmp/x.db")).toBe(false);
    const file = await openCatalogFile(folderStore(await temporaryFolder()), {
      folder: await temporaryFolder(),
    });
    const session = await file.sessions.open();
    try {
      await expect(session.rows("SELECT * FROM read_csv('/etc/passwd')")).rejects.toThrow(
        "disabled by configuration",
      );
      await expect(session.rows("SET memory_limit = '100GB'")).rejects.toThrow("locked");
      await expect(session.rows("INSTALL httpfs")).rejects.toThrow("disabled by configuration");
    } finally {
      await file.sessions.end(session);
      await file.close(new Error("done"));
    }
  });
});
