import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { stageFiles } from "../../src/catalog/fold/stage-files.js";
import { experimentsLog } from "../../src/catalog/logs/experiments-log.js";
import { openDatabase } from "../../src/duckdb/open-database.js";
import { openSession } from "../../src/duckdb/session.js";
import { folderStore } from "../../src/store/folder-store.js";
import type { Store } from "../../src/store/store.js";
import { parseHeader } from "../../src/tracking-log/row.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import {
  appendExperiments,
  expectAsInLog,
  experiment,
  header,
  idOf,
  idsIn,
  lineOf,
  logPath,
  openEmpty,
  openOver,
  writeExperiments,
  writeLogFile,
} from "./log-rows.js";

/** So many rows are over the size from which DuckDB reads files by itself. */
const many = 4_000;
const hostileTexts = [
  "=1+1",
  "NA",
  "null",
  "007",
  "a,b",
  'a "quoted" b',
  '"',
  '""',
  " lead",
  "trail ",
  "'",
  "\\",
  "é 👩‍👩‍👧‍👦 漢字",
  "#1",
];

function manyExperiments(count = many) {
  return Array.from({ length: count }, (_, i) =>
    experiment(i, {
      name: hostileTexts[i % hostileTexts.length],
      modelParameters: {
        k: i % 7,
        rate: i / 8,
        kernel: i % 2 ? "rbf" : "linear",
        note: hostileTexts[i % hostileTexts.length],
      },
      extraParameters: i % 5 === 0 ? { fold: i % 10, big: 1e300, tiny: 5e-324, negative: -0 } : {},
      scores: { accuracy: i / many, log_loss: 1 / (i + 1) },
      gitDirty: i % 3 === 0 ? undefined : i % 3 === 1,
    }),
  );
}

/** The ids of the files that DuckDB reads whole by itself, among one file with this text. */
async function readByDuckDb(text: string | Uint8Array): Promise<number | undefined> {
  const folder = await temporaryFolder();
  const localPath = join(folder, "log.csv");
  const bytes = Buffer.from(text);
  await writeFile(localPath, bytes);
  const instance = await openDatabase({ file: undefined, reachable: [folder], temporaryFolder: folder });
  const session = openSession(await instance.connect());
  try {
    const names = parseHeader(header.trimEnd()) ?? [];
    const whole = await stageFiles(session, experimentsLog, [
      { id: 7, localPath, header: names, bytes: bytes.length - header.length },
    ]);
    return whole.get(7);
  } finally {
    await session.close();
    instance.closeSync();
  }
}

const good = [1, 2, 3].map((number) => lineOf(experiment(number, { modelParameters: { a: 'x,"y"' } })));
const text = (lines: readonly string[]) => header + lines.join("");
const cells = lineOf(experiment(2)).trimEnd().split(",");
const withCell = (name: string, value: string) => {
  const at = header.trimEnd().split(",").indexOf(name);
  return `${cells.map((cell, i) => (i === at ? value : cell)).join(",")}\n`;
};

describe("DuckDB's own reading of a file", () => {
  it("takes what the log's writers write", async () => {
    expect(await readByDuckDb(text(good))).toBe(3);
    expect(await readByDuckDb(text(manyExperiments(300).map(lineOf)))).toBe(300);
  });

  it.each<[string, string | Uint8Array]>([
    ["a line with a field too few", text([good[0]!, "a,b\n", good[2]!])],
    ["a line with a field too many", text([good[0]!, good[1]!.replace("\n", ",x\n"), good[2]!])],
    ["a torn line glued to the next", text([good[0]!, good[1]!.slice(0, 60), good[2]!])],
    [
      "a line torn inside quotes",
      text([good[0]!, good[1]!.slice(0, good[1]!.indexOf('{""') + 3), `\n${good[2]!}`]),
    ],
    ["a quote in a field without quotes", text([good[0]!, withCell("name", 'a"b'), good[2]!])],
    ["text after a quoted field", text([good[0]!, withCell("name", '"a"b'), good[2]!])],
    ["a space after a quoted field", text([good[0]!, withCell("name", '"a" '), good[2]!])],
    ["a line break inside a field", text([good[0]!, withCell("name", '"a\nb"'), good[2]!])],
    ["a blank line", text([good[0]!, "\n", good[2]!])],
    ["Windows line ends", text(good).replaceAll("\n", "\r\n")],
    ["a wrong prediction id", text([good[0]!, good[1]!.replace(idOf(2), "ILOUILOUILOU"), good[2]!])],
    ["an unknown kind", text([good[0]!, withCell("kind", "clustering")])],
    ["an empty cell that is needed", text([good[0]!, withCell("model", "")])],
    ["a score that is no number", text([good[0]!, withCell("accuracy", "high")])],
    ["a score with a space", text([good[0]!, withCell("accuracy", " 1")])],
    ["a score with an underscore", text([good[0]!, withCell("accuracy", "1_000")])],
    ["a score nan", text([good[0]!, withCell("accuracy", "nan")])],
    ["a time that is none", text([good[0]!, withCell("logged_at", "2026-02-30T00:00:00.000Z")])],
    ["a time with another offset", text([good[0]!, withCell("logged_at", "2026-02-20T00:00:00+02:00")])],
    ["a format that is no whole number", text([good[0]!, withCell("format", "1.0")])],
    [
      "bytes that are no UTF-8",
      Buffer.concat([Buffer.from(text([good[0]!])), Buffer.from([0xff, 0xfe, 0x0a])]),
    ],
    ["a NUL", text([good[0]!, "\0\n"])],
  ])("leaves a file to the reader of lines for %s", async (_, spoiled) => {
    expect(await readByDuckDb(spoiled)).toBeUndefined();
  });
});

describe("a large log", () => {
  it("is read as the log's reader reads it, hostile text included", async () => {
    const { root, store, catalog } = await openEmpty();
    await writeExperiments(root, manyExperiments().slice(0, 2_500), 1);
    await writeExperiments(root, manyExperiments().slice(2_500), 2);
    // Not what DuckDB reads by itself, but right.
    await writeExperiments(root, [experiment(many, { scores: { log_loss: Infinity } })], 3);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect(catalog.status().experiments).toBe(many + 1);
  });

  it("gives up no row for a broken one, and says where it is", async () => {
    const { root, store, catalog } = await openEmpty();
    const lines = manyExperiments().map(lineOf);
    lines[100] = "nonsense\n";
    lines[2000] = lines[2000]!.slice(0, -30);
    await writeLogFile(root, header + lines.join(""), 1);
    await writeLogFile(
      root,
      header +
        manyExperiments(many + 500)
          .slice(many)
          .map(lineOf)
          .join(""),
      2,
    );
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect(catalog.status().problems.map(({ line }) => line)).toEqual([102, 2002]);
  });

  it("is read up to its last whole line, and further when that is there", async () => {
    const { root, store, catalog } = await openEmpty();
    const lines = manyExperiments().map(lineOf);
    const torn = lines.pop()!;
    const file = await writeLogFile(root, header + lines.join("") + torn.slice(0, 40));
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    await appendFile(file, torn.slice(40));
    await appendExperiments(file, manyExperiments(2 * many).slice(many));
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect(catalog.status().experiments).toBe(2 * many);
  });

  it("keeps one row a prediction id, within a file and across files", async () => {
    const { root, store, catalog } = await openEmpty();
    const records = manyExperiments();
    await writeExperiments(root, [...records.slice(0, 2_000), ...records.slice(500, 700)], 2);
    await catalog.refresh();
    await writeExperiments(
      root,
      records.map((record) => Object.assign(record, { user: "first" })),
      1,
    );
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect(catalog.status().experiments).toBe(many);
  });

  it("is read from a store without local files as well", async () => {
    const { root, cache } = await openEmpty();
    const store: Store = { ...folderStore(root) };
    delete store.localPath;
    const { catalog } = await openOver(store, { folder: cache });
    const file = await writeExperiments(root, manyExperiments());
    await catalog.refresh();
    await appendExperiments(file, manyExperiments(2 * many).slice(many));
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect(catalog.status().experiments).toBe(2 * many);
  });

  it("goes by the names in its header: other columns, and fewer", async () => {
    const { root, store, catalog } = await openEmpty();
    const notes = manyExperiments(3_000).map((record, i) => lineOf(record).replace("\n", `,"note, ${i}"\n`));
    await writeLogFile(root, header.replace("\n", ",Notes\n") + notes.join(""), 1);
    const few =
      "kind,prediction_id,predictions,logged_at,project,model,dataset_uri,target_column,test_set_digest,accuracy\n";
    const rows = Array.from(
      { length: 3_000 },
      (_, i) => `regression,${idOf(10_000 + i)},p/${i},2026-11-01T00:00:00Z,pets,M,d,t,x,${i}\n`,
    );
    await writeLogFile(root, few + rows.join(""), 2);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect(catalog.status().experiments).toBe(6_000);
  });

  it("comes in batches, and goes on after one where it was stopped", async () => {
    const { root, store, catalog } = await openEmpty({ batchBytes: 400_000 });
    const records = manyExperiments();
    for (let file = 0; file < 8; file++) {
      await writeExperiments(root, records.slice(file * 500, file * 500 + 500 + (file % 2)), file + 1);
    }
    const stopping = new AbortController();
    let seen = 0;
    const onProgress = ({ filesRead }: { filesRead: number }) => {
      seen = Math.max(seen, catalog.status().experiments);
      if (filesRead > 4) stopping.abort(new Error("stopped halfway"));
    };
    await expect(catalog.refresh({ signal: stopping.signal, onProgress })).rejects.toThrow("stopped halfway");
    expect(seen).toBeGreaterThan(0);
    expect(catalog.status().experiments).toBeGreaterThan(0);
    expect(catalog.status().experiments).toBeLessThan(many);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect(catalog.status().experiments).toBe(many);
  });

  it("is read where its folder's name has characters of a pattern", async () => {
    const outer = await temporaryFolder();
    const root = join(outer, "a [b] *c? 'd' é");
    const file = join(root, logPath());
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, header + manyExperiments().map(lineOf).join(""));
    const { catalog } = await openOver(folderStore(root), { folder: join(outer, "cache") });
    await catalog.refresh();
    expect((await idsIn(catalog)).length).toBe(many);
  });
});

describe("JSON that DuckDB and JavaScript read differently", () => {
  const cases: [string, string][] = [
    ["a name twice", '{"k":1,"k":2}'],
    ["a lone surrogate", String.raw`{"k":"\ud800","\udfff":1}`],
    ["a NUL in a name", String.raw`{"a\u0000b":1,"k":"x\u0000y"}`],
    ["nothing", ""],
    ["NaN", '{"k":NaN}'],
    ["a comma too many", '{"k":1,}'],
    ["a list", "[1,2]"],
    ["an infinite number", '{"k":1e400}'],
  ];
  it.each(cases)("is read as JavaScript reads it, in small logs and large ones: %s", async (_, json) => {
    const { root, store, catalog } = await openEmpty();
    const cell = json === "" ? "" : `"${json.replaceAll('"', '""')}"`;
    const odd = lineOf(experiment(100_000)).replace("{}", () => cell);
    await writeLogFile(root, header + odd + lineOf(experiment(100_001)), 1);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    const shown = async (id: string) =>
      (await catalog.experiments("pets", { filter: `prediction_id = '${id}'` })).rows.map(
        (row) => row.slice(experimentsLog.fixed.length + 1), // and the one score
      );
    const small = await shown(idOf(100_000));

    const large = await openEmpty();
    await writeLogFile(
      large.root,
      header +
        manyExperiments()
          .map((record) => lineOf({ ...record, modelParameters: {}, extraParameters: {} }))
          .join("") +
        odd,
      1,
    );
    await large.catalog.refresh();
    await expectAsInLog(large.catalog, large.store);
    const page = await large.catalog.experiments("pets", { filter: `prediction_id = '${idOf(100_000)}'` });
    expect(page.rows.map((row) => row.slice(row.length - (small[0]?.length ?? 0)))).toEqual(small);
  });

  it.each([
    ["mappings 20,000 deep", `${'{"k":'.repeat(20_000)}1${"}".repeat(20_000)}`],
    ["lists 20,000 deep", `{"k":${"[".repeat(20_000)}${"]".repeat(20_000)}}`],
    ["mappings 5,000 deep and a name twice", `{"k":1,"k":${'{"k":'.repeat(5_000)}1${"}".repeat(5_000)}}`],
  ])(
    "is a listed problem where it is nested over 200 levels, in small logs and large ones: %s",
    async (_, json) => {
      const odd = lineOf(experiment(100_000)).replace("{}", () => `"${json.replaceAll('"', '""')}"`);
      for (const others of [[experiment(1)], manyExperiments()]) {
        const { root, catalog } = await openEmpty();
        await writeLogFile(root, header + others.map(lineOf).join("") + odd);
        await catalog.refresh();
        const reason = "model_parameters is nested over 200 levels";
        expect(catalog.status()).toMatchObject({ experiments: others.length, problems: [{ reason }] });
      }
    },
  );
});
