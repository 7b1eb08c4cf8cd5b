import { describe, expect, it } from "vitest";

import type { AddedScore } from "../../src/added-scores/added-score.js";
import { annotationHeader, annotationLog } from "../../src/annotations/annotation-line.js";
import { openCatalog } from "../../src/catalog/open-catalog.js";
import { addScore, removeScore } from "../../src/jobs/added-scores.js";
import { annotate } from "../../src/jobs/annotate.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { compactStore } from "../../src/maintenance/compact-store.js";
import { purgeTrash } from "../../src/maintenance/purge-trash.js";
import { openStore } from "../../src/store/open-store.js";
import { appendRow } from "../../src/tracking-log/append-row.js";
import { formatLine } from "../../src/tracking-log/csv-line.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { openEmpty } from "./log-rows.js";

const wrong: AddedScore = {
  name: "wrong",
  kind: "classification",
  direction: "lower",
  definition: "sklearn:zero_one_loss",
};

/** Three experiments with a score that was added, whose values are their places. */
async function openPets() {
  const opened = await openEmpty();
  const { root, catalog } = opened;
  const ids: string[] = [];
  for (const name of ["first", "second", "third"]) {
    ids.push((await logExperiment(smallClassification(root, { name }))).predictionId);
  }
  await addScore("pets", wrong, { store: root });
  await catalog.refresh();
  const keep = (values: readonly (number | null)[]) =>
    catalog.added.keep(
      "pets",
      values.map((value, i) => ({ predictionId: ids[i]!, score: wrong, value })),
    );
  return { ...opened, ids, keep };
}

type Opened = Awaited<ReturnType<typeof openPets>>;

async function valuesIn({ catalog }: Pick<Opened, "catalog">, query = {}) {
  const { rows } = await catalog.experiments("pets", { columns: ["name", "added.wrong"], ...query });
  return Object.fromEntries(rows) as Record<string, number | null>;
}

async function lacking({ catalog }: Pick<Opened, "catalog">, except: readonly string[] = []) {
  const next = await catalog.added.next("pets", { limit: 10, except });
  return next.map(({ record, scores }) => [record.name, ...scores.map(({ name }) => name)]);
}

describe("the values of an added score in the catalog", () => {
  it("are missing at first, of the latest experiment first, and then are not", async () => {
    const opened = await openPets();
    const { catalog, ids, keep } = opened;
    expect(await lacking(opened)).toEqual([
      ["third", "wrong"],
      ["second", "wrong"],
      ["first", "wrong"],
    ]);
    expect(await lacking(opened, [ids[1]!])).toHaveLength(2);
    const { generation } = catalog.status();
    await keep([0.5, null]);
    expect(catalog.status().generation).toBeGreaterThan(generation);
    expect(await lacking(opened)).toEqual([["third", "wrong"]]);
    expect(await catalog.added.missing("pets")).toEqual(new Map([["wrong", 1]]));
    expect(await valuesIn(opened)).toEqual({ first: 0.5, second: null, third: null });
  });

  it("stand in a column that is sorted, filtered and described as a score is", async () => {
    const opened = await openPets();
    await opened.keep([0.5, 0.25, 0.75]);
    const { catalog } = opened;
    const sorted = await catalog.experiments("pets", {
      columns: ["name"],
      sort: [{ column: "added.wrong", direction: "best" }],
    });
    expect(sorted.rows).toEqual([["second"], ["first"], ["third"]]);
    expect(await valuesIn(opened, { filter: "added.wrong BETWEEN 0.3 AND 0.6" })).toEqual({ first: 0.5 });
    const summary = (await catalog.columns("pets")).find(({ name }) => name === "added.wrong");
    expect(summary).toMatchObject({
      kind: "added",
      type: "number",
      count: 3,
      distinct: 3,
      min: 0.25,
      max: 0.75,
    });
    await expect(valuesIn(opened, { filter: "added.wrng > 1" })).rejects.toThrow(
      "unknown column: added.wrng is not in project pets; did you mean added.wrong?",
    );
    await expect(valuesIn(opened, { filter: "wrong > 1" })).rejects.toThrow("did you mean added.wrong?");
    const { groups } = await catalog.groups("pets", { by: ["kind"], values: ["added.wrong"] });
    expect(groups[0]?.values[0]?.best?.value).toBe(0.25);
  });

  it("survive a log that is folded anew, the trash, and a catalog that is opened again", async () => {
    const opened = await openPets();
    const { root, store, catalog, cache, ids, keep } = opened;
    await keep([0.5, 0.25, 0.75]);
    await annotate([ids[2]!], { deleted: true }, { store: root });
    await compactStore({ store: root, graceSeconds: 0 });
    await catalog.refresh();
    expect(await valuesIn(opened)).toEqual({ first: 0.5, second: 0.25 });
    await annotate([ids[2]!], { deleted: false }, { store: root });
    await catalog.refresh();
    expect(await valuesIn(opened)).toEqual({ first: 0.5, second: 0.25, third: 0.75 });
    await annotate([ids[1]!], { deleted: true }, { store: root });
    await purgeTrash({ store: root });
    await catalog.refresh();
    expect(await valuesIn(opened)).toEqual({ first: 0.5, third: 0.75 });
    await catalog.close();
    const again = await openCatalog(store, { folder: cache });
    expect(await valuesIn({ catalog: again })).toEqual({ first: 0.5, third: 0.75 });
    await again.close();
  });

  it("are those of what is computed, whatever it is called", async () => {
    const opened = await openPets();
    const { root, catalog, keep } = opened;
    await keep([0.5, 0.25, 0.75]);
    await removeScore("pets", "wrong", { store: root });
    await addScore("pets", { name: "wrong", definition: "sklearn:accuracy_score" }, { store: root });
    await catalog.refresh();
    expect(await lacking(opened)).toHaveLength(3);
    await keep([9, 9, 9]); // of what the project has no longer: passed over
    expect(await valuesIn(opened)).toEqual({ first: null, second: null, third: null });
    await addScore("pets", { ...wrong, name: "errors" }, { store: root });
    await catalog.refresh();
    const { rows } = await catalog.experiments("pets", {
      columns: ["added.errors"],
      sort: [{ column: "name" }],
    });
    expect(rows).toEqual([[0.5], [0.25], [0.75]]);
    await removeScore("pets", "errors", { store: root });
    await catalog.refresh();
    await expect(catalog.experiments("pets", { columns: ["added.errors"] })).rejects.toThrow(
      "unknown column",
    );
    expect([...(await catalog.added.missing("pets")).keys()]).toEqual(["wrong"]);
  });

  it("have no column where somebody wrote a name or a score by hand that there cannot be", async () => {
    const root = await temporaryFolder();
    await logExperiment(smallClassification(root));
    const store = openStore(root);
    const line = (key: string, value: unknown) =>
      formatLine([new Date().toISOString(), "eve", "pets", "added_score", key, JSON.stringify(value)]);
    const right = { kind: "classification", direction: "lower", definition: "sklearn:zero_one_loss" };
    const lines = [
      line("x', '', 1); DROP TABLE projects; --", right),
      line("bad_kind", { ...right, kind: "ranking" }),
      line("both", { ...right, expression: "1" }),
      line("text", "sklearn:zero_one_loss"),
      line("good", right),
    ];
    await appendRow(store, "pets", annotationHeader, lines.join(""), { now: new Date(), log: annotationLog });
    const catalog = await openCatalog(store, { folder: await temporaryFolder() });
    await catalog.refresh();
    expect(await catalog.added.missing("pets")).toEqual(new Map([["good", 1]]));
    await catalog.close();
  });
});
