import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openStore } from "../../src/store/open-store.js";
import { addEmptyFiles } from "../../src/warehouse/empty-files.js";
import { engines, type Row, type Views, viewNames } from "./engines.js";
import { expectedViews } from "./expected-views.js";
import { stores } from "./stores.js";

let folder: string;
const names = Object.keys(stores);
const place = (name: string) => join(folder, `${names.indexOf(name)} it's [a] {b}`);
const expected = new Map<string, Views>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ml-tracking-test-"));
  for (const name of names) {
    await stores[name]!(place(name));
    await addEmptyFiles(openStore(place(name)));
    expected.set(name, await expectedViews(place(name)));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(Object.entries(engines))("the views in %s", (title, engine) => {
  // Started once, for all stores: starting it takes longer than answering.
  let answers: Promise<Views[]> | undefined;

  describe.each(names)("over %s", (name) => {
    it.for(viewNames)("have in %s what the library says", async (view, context) => {
      await engine.needs?.(context);
      answers ??= engine.run(names.map(place));
      const rows = (await answers)[names.indexOf(name)]![view]!;
      const known = expected.get(name)![view]!;
      if (view !== "problems") expect(sorted(rows)).toEqual(sorted(known));
      else expect(sorted(rows.map(inShort))).toEqual(sorted([...known, ...(beyond[title]?.[name] ?? [])]));
    });
  });
});

/** What an engine finds that others refuse: ClickHouse takes a cell without its last quote up to the end. */
const beyond: Record<string, Views> = {
  ClickHouse: {
    "torn within quotes, where databases refuse the line": [{ project: "quoted", problem: "torn-line" }],
  },
};

function inShort({ project, problem }: Row): Row {
  return { project: project ?? null, problem: problem ?? null };
}

function sorted(rows: readonly Row[]): Row[] {
  const key = (row: Row) =>
    JSON.stringify(
      Object.keys(row)
        .sort()
        .map((name) => row[name]),
    );
  return rows
    .map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === 0 ? 0 : cell])),
    ) // not -0
    .map((row) => [key(row), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
}
