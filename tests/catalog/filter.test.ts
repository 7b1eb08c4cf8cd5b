import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../src/catalog/catalog.js";
import { FilterError, type Position } from "../../src/catalog/filter/filter-error.js";
import { likeRegularExpression } from "../../src/catalog/filter/like-condition.js";
import { parseFilter } from "../../src/catalog/filter/parse-filter.js";
import { timeRange } from "../../src/catalog/filter/time-range.js";
import { openCatalog } from "../../src/catalog/open-catalog.js";
import type { ExperimentRecord } from "../../src/experiment/experiment-record.js";
import { folderStore } from "../../src/store/folder-store.js";
import { judge, type Value, type Wanted, write } from "./filter-oracle.js";
import { experiment, idOf, writeExperiments } from "./log-rows.js";

const models = [
  "RandomForestClassifier",
  "LogisticRegression",
  "SVC",
  "deep net",
  "DEEP_NET%",
  "O'Neil \\ x",
];
const mixed = [1, 2.5, "auto", "2.5", true, false, undefined, "TRUE", -3];
const records: ExperimentRecord[] = Array.from({ length: 180 }, (_, i) =>
  experiment(i, {
    name: i % 11 === 0 ? undefined : `run ${i} é${i % 4 ? "" : " Deep"}`,
    model: models[i % models.length] as string,
    scores: i % 13 === 0 ? {} : { accuracy: (i % 21) / 20, f1_macro: 1 - (i % 17) / 16 },
    samples: i % 9,
    gitDirty: i % 5 === 0 ? undefined : i % 2 === 0,
    modelParameters: {
      depth: i % 7,
      ...(i % 3 ? { "learning rate": (i % 8) / 4 } : {}),
      kernel: ["rbf", "linear", "poly"][i % 3],
      mixed: mixed[i % mixed.length] ?? null,
    },
    extraParameters: {
      scaler: ["MinMaxScaler", "none"][i % 2],
      ...(i % 4 ? {} : { flag: i % 8 === 0 }),
      "a.b": i % 10,
      text: "5",
    },
  }),
);

let catalog: Catalog;
beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), "ml-tracking-filter-"));
  await writeExperiments(root, records);
  catalog = await openCatalog(folderStore(root), { folder: join(root, "cache") });
  await catalog.refresh();
  return async () => {
    await catalog.close();
    await rm(root, { recursive: true });
  };
});

async function selected(filter: string): Promise<string[]> {
  const page = await catalog.experiments("pets", { filter, limit: 10_000, columns: ["name"], sort: [] });
  expect(page.total).toBe(page.prediction_ids.length);
  return page.prediction_ids;
}

const where = (predicate: (record: ExperimentRecord) => boolean | undefined) =>
  records.filter((record) => predicate(record) === true).map(({ predictionId }) => predictionId);

type Plain = Record<string, never> & { [name: string]: number };
const params = (record: ExperimentRecord) => record.modelParameters as Plain;
/** The parameters as text. */
const parametersOf = (record: ExperimentRecord) =>
  JSON.stringify([record.modelParameters, record.extraParameters]);
const extra = (record: ExperimentRecord) => record.extraParameters as Plain;

describe("a filter selects what a plain reading of it says", () => {
  it.each<[string, (record: ExperimentRecord) => boolean | undefined]>([
    ["", () => true],
    ["  \n ", () => true],
    ["accuracy > 0.5", (r) => r.scores["accuracy"]! > 0.5],
    ["accuracy>=.5", (r) => r.scores["accuracy"]! >= 0.5],
    ["accuracy < 5e-1", (r) => r.scores["accuracy"]! < 0.5],
    ["accuracy != 0.5", (r) => r.scores["accuracy"] !== undefined && r.scores["accuracy"] !== 0.5],
    ["NOT accuracy = 0.5", (r) => r.scores["accuracy"] !== undefined && r.scores["accuracy"] !== 0.5],
    ["accuracy IS NULL", (r) => r.scores["accuracy"] === undefined],
    ["accuracy is not null", (r) => r.scores["accuracy"] !== undefined],
    ["metrics.accuracy > -1", (r) => r.scores["accuracy"] !== undefined],
    ["model = 'SVC'", (r) => r.model === "SVC"],
    ['model == "SVC"', (r) => r.model === "SVC"],
    ["attributes.model <> 'SVC'", (r) => r.model !== "SVC"],
    ["model = 'O''Neil \\\\ x'", (r) => r.model.startsWith("O")],
    ["model = 'O\\'Neil \\ x'", (r) => r.model.startsWith("O")],
    ["model > 'R'", (r) => r.model > "R"],
    ["model LIKE '%deep%'", (r) => r.model.includes("deep")],
    ["model ILIKE '%DEEP%'", (r) => /deep/i.test(r.model)],
    ["model ILIKE 'deep_net%'", (r) => /^deep.net/i.test(r.model)],
    ["model NOT LIKE '%o%'", (r) => !r.model.includes("o")],
    ["model LIKE 'S_C'", (r) => r.model === "SVC"],
    ["model LIKE '%\\%'", (r) => r.model.includes("\\")],
    ["name LIKE '%é'", (r) => r.name?.endsWith("é")],
    ["name LIKE 'run _ _'", (r) => /^run . .$/u.test(r.name ?? "")],
    ["name NOT ILIKE '%deep%'", (r) => r.name !== undefined && !/deep/i.test(r.name)],
    ["params.depth IN (1, 3, 5)", (r) => [1, 3, 5].includes(params(r)["depth"]!)],
    ["params.depth IN ('1', '3')", (r) => [1, 3].includes(params(r)["depth"]!)],
    ["params.depth = '1.0'", (r) => params(r)["depth"] === 1],
    ["parameters.depth NOT IN (1, 3, 5)", (r) => ![1, 3, 5].includes(params(r)["depth"]!)],
    ["model_parameters.depth BETWEEN 2 AND 4", (r) => params(r)["depth"]! >= 2 && params(r)["depth"]! <= 4],
    ["params.depth NOT BETWEEN 2 AND 4", (r) => params(r)["depth"]! < 2 || params(r)["depth"]! > 4],
    ["params.`learning rate` > 1", (r) => params(r)["learning rate"]! > 1],
    ['params."learning rate" > 1', (r) => params(r)["learning rate"]! > 1],
    [
      'params."learning rate" != 1',
      (r) => params(r)["learning rate"] !== undefined && params(r)["learning rate"] !== 1,
    ],
    ['params."learning rate" IS NULL', (r) => params(r)["learning rate"] === undefined],
    ["extra.`a.b` = 3", (r) => extra(r)["a.b"] === 3],
    ["extra.a.b = 3", (r) => extra(r)["a.b"] === 3],
    ["tags.scaler IN ('MinMaxScaler', 'x')", (r) => (extra(r)["scaler"] as unknown) === "MinMaxScaler"],
    ["extra_parameters.scaler = 'none'", (r) => (extra(r)["scaler"] as unknown) === "none"],
    ["extra.flag = true", (r) => (extra(r)["flag"] as unknown) === true],
    ["extra.flag = 'True'", (r) => (extra(r)["flag"] as unknown) === true],
    ["extra.flag != TRUE", (r) => (extra(r)["flag"] as unknown) === false],
    ["extra.text = '5'", () => true],
    ["git_dirty = false", (r) => r.gitDirty === false],
    ["NOT (git_dirty = true)", (r) => r.gitDirty === false],
    ["params.mixed = 2.5", (r) => (params(r)["mixed"] as unknown) === 2.5],
    ["params.mixed = '2.5'", (r) => [2.5, "2.5"].includes(params(r)["mixed"] as unknown as string)],
    ["params.mixed < 2", (r) => typeof params(r)["mixed"] === "number" && params(r)["mixed"]! < 2],
    [
      "NOT params.mixed < 2",
      (r) =>
        params(r)["mixed"] !== null && !(typeof params(r)["mixed"] === "number" && params(r)["mixed"]! < 2),
    ],
    ["params.mixed != 1", (r) => params(r)["mixed"] !== null && params(r)["mixed"] !== 1],
    ["params.mixed LIKE '%a%'", (r) => (params(r)["mixed"] as unknown) === "auto"],
    [
      "params.mixed IN (1, 'auto', true)",
      (r) => [1, "auto", true].includes(params(r)["mixed"] as unknown as string),
    ],
    ["params.mixed = 'true'", (r) => (params(r)["mixed"] as unknown) === true],
    [
      "accuracy > 0.9 AND model = 'SVC' OR params.depth = 0",
      (r) => (r.scores["accuracy"]! > 0.9 && r.model === "SVC") || params(r)["depth"] === 0,
    ],
    [
      "accuracy > 0.9 AND (model = 'SVC' OR params.depth = 0)",
      (r) => r.scores["accuracy"]! > 0.9 && (r.model === "SVC" || params(r)["depth"] === 0),
    ],
    ["NOT model = 'SVC' AND params.depth = 0", (r) => r.model !== "SVC" && params(r)["depth"] === 0],
    ["NOT NOT model = 'SVC'", (r) => r.model === "SVC"],
    ["prediction_id = 't00000000007'", (r) => r.predictionId === idOf(7)],
    [
      "run_id = 't00000000007' or run_name = 'run 8 é Deep'",
      (r) => r.predictionId === idOf(7) || r.name === "run 8 é Deep",
    ],
    ["logged_at >= '2026-11-01T00:01:00Z'", (r) => r.loggedAt.getTime() >= Date.UTC(2026, 10, 1, 0, 1)],
    ["logged_at >= '2026-11-01T02:01:00+02:00'", (r) => r.loggedAt.getTime() >= Date.UTC(2026, 10, 1, 0, 1)],
    ["logged_at > '2026-11-01 00:01'", (r) => r.loggedAt.getTime() >= Date.UTC(2026, 10, 1, 0, 2)],
    ["logged_at = '2026-11-01'", () => true],
    ["logged_at != '2026-11-01'", () => false],
    ["logged_at > '2026-11-01'", () => false],
    ["logged_at <= '2026-11-01'", () => true],
    ["logged_at >= '2026-11-01'", () => true],
    ["logged_at > '2026-10-31'", () => true],
    ["logged_at = '2026-11'", () => true],
    ["logged_at = 2026", () => true],
    ["test_set_size < 1e21", () => true],
    ["samples IN (1e21, -1e300)", () => false],
    ["logged_at < 2026", () => false],
    ["logged_at < '2026-11-01'", () => false],
    ["logged_at = '2026-11-01T00:00:05Z'", (r) => r.predictionId === idOf(5)],
    [
      "logged_at IN ('2026-11-01T00:00:05Z', '2026-11-01T00:00:07.000Z')",
      (r) => [idOf(5), idOf(7)].includes(r.predictionId),
    ],
    [
      "logged_at BETWEEN '2026-11-01T00:00:05' AND '2026-11-01T00:00:06'",
      (r) => [idOf(5), idOf(6)].includes(r.predictionId),
    ],
    ["attributes.start_time < 1793491205000", (r) => r.loggedAt.getTime() < 1793491205000],
    ["samples = 3 and\n\tkind = 'classification'", (r) => r.samples === 3],
    ["model = '; DROP TABLE projects; --'", () => false],
    ["model = ''' OR 1=1 --'", () => false],
    ["model = SVC", (r) => r.model === "SVC"],
    [
      "params.kernel IN (rbf, linear) AND model != SVC",
      (r) => /rbf|lin/.test(parametersOf(r)) && r.model !== "SVC",
    ],
    ["params.kernel = rbf", (r) => parametersOf(r).includes("rbf")],
    ["forest", (r) => r.model === "RandomForestClassifier"],
    ["FOREST", (r) => r.model === "RandomForestClassifier"],
    ["t00000000007", (r) => r.predictionId === idOf(7)],
    ["0000000017", (r) => r.predictionId.includes("0000000017")],
    ["svc minmax", (r) => r.model === "SVC" && parametersOf(r).includes("MinMax")],
    ["svc AND accuracy > 0.5", (r) => r.model === "SVC" && r.scores["accuracy"]! > 0.5],
    ["NOT svc", (r) => r.model !== "SVC"],
    [
      "(svc OR 'deep net') AND rbf",
      (r) => /^(svc|deep net)$/i.test(r.model) && parametersOf(r).includes("rbf"),
    ],
    ["eep_n", (r) => r.model === "DEEP_NET%"],
    ['"o\'neil \\ x"', (r) => r.model.startsWith("O")],
    ["é", (r) => r.name !== undefined],
    ["minmaxscaler", (r) => parametersOf(r).includes("MinMax")],
    ["kernel", () => false],
    ["0.25", (r) => params(r)["learning rate"] === 0.25],
    ["model LIKE '%.*%'", () => false],
    ["model LIKE '[a-z]%_'", () => false],
  ])("%s", async (filter, predicate) => {
    expect(await selected(filter)).toEqual(where(predicate));
  });

  const numbers = fc.constantFrom<Value>(0, 0.25, 0.5, 1, 2.5, 3, -3, 5);
  const texts = fc.constantFrom<Value>(
    "SVC",
    "auto",
    "2.5",
    "rbf",
    "none",
    "",
    "O'Neil \\ x",
    "run 8 é Deep",
    "true",
  );
  const patterns = fc
    .array(fc.constantFrom("%", "_", "run", " ", "1", "é", "D", "e", "P", "auto", "\\", "."), {
      maxLength: 5,
    })
    .map((parts) => parts.join(""));
  const typed = [
    ...["accuracy", "f1_macro", "samples", "params.depth", 'params."learning rate"', "extra.`a.b`"].map(
      (column) => ({ column, values: numbers, text: false }),
    ),
    ...["name", "model", "params.kernel", "extra.scaler"].map((column) => ({
      column,
      values: texts,
      text: true,
    })),
    { column: "params.mixed", values: numbers, text: true },
    { column: "params.mixed", values: texts, text: true },
  ];
  const condition = fc.constantFrom(...typed).chain(({ column, values, text }): fc.Arbitrary<Wanted> => {
    const negated = fc.boolean();
    const options: fc.Arbitrary<Wanted>[] = [
      fc.record({
        kind: fc.constant("compare" as const),
        column: fc.constant(column),
        operator: fc.constantFrom("=", "==", "!=", "<>", "<", "<=", ">", ">="),
        value: values,
      }),
      fc.record({
        kind: fc.constant("in" as const),
        column: fc.constant(column),
        negated,
        values: fc.array(values, { minLength: 1, maxLength: 5 }),
      }),
      fc.record({
        kind: fc.constant("between" as const),
        column: fc.constant(column),
        negated,
        low: values,
        high: values,
      }),
      fc.record({ kind: fc.constant("null" as const), column: fc.constant(column), negated }),
    ];
    if (text) {
      options.push(
        fc.record({
          kind: fc.constant("like" as const),
          column: fc.constant(column),
          negated,
          ignoreCase: fc.boolean(),
          pattern: patterns,
        }),
      );
    }
    return fc.oneof(...options);
  });
  const filters = fc.letrec<{ filter: Wanted }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      condition,
      fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        parts: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant("not" as const), part: tie("filter") }),
    ),
  })).filter;

  it("whatever the filter", async () => {
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        expect(await selected(write(filter))).toEqual(where((record) => judge(filter, record)));
      }),
      { numRuns: 400 },
    );
  });
});

describe("a filter that makes no sense is refused, with the place and the way out", () => {
  const cases: [filter: string, message: string][] = [
    // The marks are around what the error is about.
    ["«acuracy» > 1", "did you mean accuracy?"],
    ["accuracy > 1 AND «modell» = 'x'", "did you mean model?"],
    ["«params.dept» = 1", "did you mean params.depth?"],
    ['«params."learning rat"» = 1', 'did you mean params."learning rate"?'],
    ["«depth» = 1", "did you mean params.depth?"],
    ["«metrics.acuracy» > 1", "did you mean accuracy?"],
    ["«nonsense.accuracy» > 1", "unknown column"],
    ["f1_macro > «'high'»", "f1_macro holds numbers, and 'high' is text"],
    ["accuracy > «'0.5'»", "without quotes"],
    ["model > «3»", "put text into quotes: '3'"],
    ["params.kernel = «3»", "holds text"],
    ["params.depth = «'deep'»", "holds numbers"],
    ["git_dirty = «1»", "= true or = false"],
    ["git_dirty > «true»", "holds true and false"],
    ["accuracy LIKE «'0.9%'»", "LIKE is for text"],
    ["model LIKE «3»", "takes a pattern in quotes"],
    ["model BETWEEN 'a' AND «3»", "holds text"],
    ["accuracy IN (0.5, «'x'»)", "holds numbers"],
    ["logged_at > «'yesterday'»", "'2026-11-23T14:05:09Z'"],
    ["logged_at > «'2026-02-30'»", "is not"],
    ["logged_at = «true»", "is a time"],
    ["logged_at > «1760000000»", "is a time"], // seconds
    ["accuracy >«»", "the filter ends here"],
    ["accuracy > «>» 1", "expected a number, text in single quotes, true or false"],
    ["«accuracy»", "accuracy is a column: compare it"],
    ["«accuracy» 0.5", "accuracy is a column: compare it"],
    ["accuracy «0.5» AND samples = 1", "expected =, !=, <"],
    ["deep «net» AND accuracy > 0", "expected =, !=, <"],
    ["deep AND «params.depth»", "params.depth is a column"],
    ["model = «deep» net", "text of several words goes into single quotes: 'deep ...'"],
    ["model = «name»", "name is a column; for the text write 'name'"],
    ["accuracy > 0.5 «model» = 'x'", "expected AND, OR or the end"],
    ["accuracy > 0.5 AND«»", "expected the name of a column"],
    ["«AND» accuracy > 0.5", "expected the name of a column"],
    ["(accuracy > 0.5«»", "closing parenthesis"],
    ["accuracy > 0.5«)»", "expected AND, OR or the end"],
    ["(«)»", "expected the name of a column"],
    ["accuracy IN («)»", "expected a number, text"],
    ["accuracy IN (1,«)»", "expected a number, text"],
    ["accuracy IN «1»", "a list of values"],
    ["accuracy IN (1 «2»)", "a comma"],
    ["accuracy BETWEEN 1 «OR» 2", "expected AND"],
    ["accuracy IS «5»", "NULL or NOT NULL"],
    ["accuracy NOT «5»", "LIKE, ILIKE, IN or BETWEEN"],
    ["accuracy > «model»", "expected a number"],
    ["accuracy > «high»", "accuracy holds numbers, and 'high' is text"],
    ["accuracy = «NULL»", "write accuracy IS NULL"],
    ["model = «'open»", "has no end"],
    ['params.«"open = 3»', "has no end"],
    ["accuracy > «1e999»", "beyond the range"],
    ["accuracy > «5abc»", "is not a number"],
    ["accuracy = 1 «&» 1", "means nothing here"],
    ["accuracy > 1«;» DROP TABLE x", "means nothing here"],
    ["params.« »> 3", "a name is missing after the dot"],
    ["«1» = 1", "expected the name of a column"],
    ["«'accuracy'» > 1", "expected the name of a column"],
  ];
  it.each(cases)("%s", async (marked, message) => {
    const filter = marked.replaceAll(/[«»]/g, "");
    const error = await selected(filter).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(FilterError);
    const { code, position } = error as FilterError;
    expect(code).toBe("INVALID_FILTER");
    expect((error as FilterError).message).toContain(message);
    const offset = marked.indexOf("«");
    expect(position).toEqual({ offset, length: marked.indexOf("»") - offset - 1 });
  });

  it("never fails in another way, whatever the text", () => {
    const fragments = fc.constantFrom(
      "accuracy",
      "params.",
      '"',
      "'",
      "`",
      "(",
      ")",
      "AND",
      "NOT",
      "IN",
      ">",
      "=",
      "1",
      "\\",
      ".",
      "-",
      "\0",
      "é",
      "\ud800",
      " ",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(fragments).map((parts) => parts.join("")),
        ),
        (text) => {
          const { offset, length } = positionOfError(text);
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset + length).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** Throws any other error on. */
function positionOfError(filter: string): Position {
  try {
    parseFilter(filter);
    return { offset: 0, length: 0 };
  } catch (error) {
    if (error instanceof FilterError) return error.position;
    throw error;
  }
}

describe("a filter that is a bomb", () => {
  it("is refused where it is too long, too deep or has too many conditions", async () => {
    await expect(selected(`model = '${"x".repeat(10_000)}'`)).rejects.toThrow("at most 10000 are allowed");
    await expect(selected(`${"(".repeat(101)}accuracy > 1${")".repeat(101)}`)).rejects.toThrow(
      "nested over 100 levels",
    );
    await expect(selected(`${"NOT ".repeat(101)}accuracy > 1`)).rejects.toThrow("nested over 100 levels");
    await expect(selected(Array.from({ length: 501 }, () => "samples=1").join(" OR "))).rejects.toThrow(
      "over 500 conditions",
    );
  });

  it("is answered at once where it is allowed", async () => {
    const start = performance.now();
    expect(await selected(`${"(".repeat(100)}accuracy >= 0${")".repeat(100)}`)).toEqual(
      where((r) => r.scores["accuracy"]! >= 0),
    );
    expect(await selected(Array.from({ length: 500 }, (_, i) => `samples=${i}`).join(" OR "))).toEqual(
      where(() => true),
    );
    expect(
      await selected(`params.depth IN (${Array.from({ length: 2_000 }, (_, i) => i + 3).join(",")})`),
    ).toEqual(where((r) => params(r)["depth"]! >= 3));
    for (const pattern of [
      "%_a".repeat(300),
      "%a".repeat(4_000),
      "_".repeat(9_000),
      "%_".repeat(4_500),
      "(a+)+$%_",
      "%".repeat(9_000),
    ]) {
      for (const operator of ["LIKE", "ILIKE"]) await selected(`name ${operator} '${pattern}'`);
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it("stays fast on long text that nearly matches", async () => {
    const { catalogOf } = await import("./log-rows.js");
    const long = await catalogOf([
      experiment(1, { name: "a".repeat(20_000) }),
      experiment(2, { name: `${"a".repeat(20_000)}b` }),
    ]);
    const start = performance.now();
    for (const pattern of [`${"%_a".repeat(12)}%b`, `${"%a".repeat(30)}%b`]) {
      expect((await long.experiments("pets", { filter: `name LIKE '${pattern}'` })).prediction_ids).toEqual([
        idOf(2),
      ]);
    }
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

/** What a filter becomes with each completion at the mark. */
async function complete(text: string): Promise<string[]> {
  const cursor = text.indexOf("|");
  const plain = text.replace("|", "");
  const found = await catalog.completions("pets", plain, cursor);
  return found.map(({ insert, from, to }) => plain.slice(0, from) + insert + plain.slice(to));
}

describe("completions", () => {
  it("are columns where a column may stand, quoted where they have to be", async () => {
    expect(await complete("acc|")).toEqual(["accuracy", "balanced_accuracy", "jaccard_macro"]);
    expect(await complete("model = 'x' AND (params.lea|")).toEqual([
      "model = 'x' AND (params.\"learning rate\"",
    ]);
    expect(await complete('params."learn|')).toEqual(['params."learning rate"']);
    expect(await complete("NOT params.|")).toContain("NOT params.depth");
    expect(await complete("|")).toContain("model");
  });

  it("are operators that fit the column's type, keywords, and values of the column", async () => {
    expect(await complete("git_dirty |")).toEqual([
      "git_dirty =",
      "git_dirty !=",
      "git_dirty IS NULL",
      "git_dirty IS NOT NULL",
    ]);
    expect(await complete("model NOT |")).toEqual([
      "model NOT LIKE",
      "model NOT ILIKE",
      "model NOT IN",
      "model NOT BETWEEN",
    ]);
    expect(await complete("accuracy |")).not.toContain("accuracy LIKE");
    expect(await complete("svc AND accuracy |")).toContain("svc AND accuracy >");
    expect(await complete("svc |")).toEqual(["svc AND", "svc OR"]);
    expect(await complete("accuracy IS |")).toEqual(["accuracy IS NULL", "accuracy IS NOT NULL"]);
    expect(await complete("accuracy > 0.5 |")).toEqual(["accuracy > 0.5 AND", "accuracy > 0.5 OR"]);
    expect(await complete("accuracy > 0.5 o|")).toEqual(["accuracy > 0.5 OR"]);
    expect(await complete("model = |")).toContain("model = 'SVC'");
    expect(await complete("model = 'S|")).toEqual(["model = 'SVC'"]);
    expect(await complete("model = 'o|")).toEqual(["model = 'O''Neil \\\\ x'"]);
    expect(await complete("params.kernel IN ('rbf', |")).toHaveLength(3);
    expect(await complete("params.depth = |")).toContain("params.depth = 6");
  });

  it("are none where the text before makes no sense", async () => {
    expect(await complete("accuracy > > |")).toEqual([]);
    expect(await complete("nonsense = |")).toEqual([]);
  });

  it("written as they are make a filter that is right", async () => {
    for (const { filter_name: filterName } of (await catalog.columns("pets")).filter(
      ({ count }) => count > 0,
    )) {
      const [filter] = await complete(`${filterName} = |`);
      expect([filter, (await selected(filter ?? "")).length > 0]).toEqual([expect.any(String), true]);
    }
  });
});

describe("parts of the language", () => {
  it("a time is the stretch that it names", () => {
    expect(timeRange("2026-11-23")).toEqual([1795392000000, 1795478400000]);
    expect(timeRange("2026-12")).toEqual([Date.UTC(2026, 11), Date.UTC(2027, 0)]);
    expect(timeRange("2026")).toEqual([Date.UTC(2026, 0), Date.UTC(2027, 0)]);
    expect(timeRange("2024-02-29T23:59:60Z")).toBeUndefined();
    expect(timeRange("2023-02-29")).toBeUndefined();
    expect(timeRange("2026-11-23T14:05:09.1234Z")).toEqual([
      Date.UTC(2026, 10, 23, 14, 5, 9, 123),
      Date.UTC(2026, 10, 23, 14, 5, 9, 124),
    ]);
    expect(timeRange("2026-11-23T14:05-0130")).toEqual([
      Date.UTC(2026, 10, 23, 15, 35),
      Date.UTC(2026, 10, 23, 15, 36),
    ]);
  });

  it("a pattern is a regular expression that takes its characters as they are", () => {
    expect(likeRegularExpression("50%_")).toBe("50.*.");
    expect(likeRegularExpression("%%a.b")).toBe(".*a\\x{2e}b");
  });
});
