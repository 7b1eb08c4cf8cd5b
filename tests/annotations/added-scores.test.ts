import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

import { addedScores, addedScoreValues, addScore, removeScore } from "../../src/index.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { copyStore } from "../../src/maintenance/copy-store.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const definition = "sklearn:zero_one_loss";

async function pets() {
  const store = await temporaryFolder();
  await logExperiment(smallClassification(store, { name: "one error" }));
  await logExperiment(smallClassification(store, { name: "right", yPred: ["cat", "dog", "cat", "dog"] }));
  await logExperiment(smallRegression(store, { project: "pets", name: "weight" }));
  return store;
}

it("is set for everybody, and taken away before another has its name", async () => {
  const store = await pets();
  const added = await addScore("pets", { name: "wrong", definition }, { store, author: "ann" });
  expect(added).toMatchObject({ title: "right", value: 0, why: undefined, score: { direction: "lower" } });
  await addScore(
    "pets",
    { name: "mae", definition: "sklearn:mean_absolute_error" },
    { store, author: "bob" },
  );
  const [first, second] = await addedScores("pets", { store });
  expect([first, second]).toMatchObject([
    { name: "mae", kind: "regression", author: "bob" },
    { name: "wrong", kind: "classification", definition, author: "ann" },
  ]);
  const values = await addedScoreValues("pets", { store });
  expect(values.map(({ title, values: of }) => [title, of])).toEqual([
    ["weight", { mae: expect.closeTo(1 / 3, 12), wrong: undefined }],
    ["right", { mae: undefined, wrong: 0 }],
    ["one error", { mae: undefined, wrong: 0.25 }],
  ]);
  const other = { name: "wrong", definition: "sklearn:accuracy_score" };
  await expect(addScore("pets", other, { store })).rejects.toThrow(
    "wrong is a score of project pets already: sklearn:zero_one_loss, lower is better; remove it first, or choose another name",
  );
  await addScore("pets", { name: "wrong", definition }, { store }); // the same once more
  await removeScore("pets", "wrong", { store });
  await addScore("pets", other, { store });
  expect((await addedScores("pets", { store }))[1]).toMatchObject({ definition: "sklearn:accuracy_score" });
  expect((await addedScoreValues("pets", { store }))[1]?.values).toMatchObject({ wrong: 1 });
  expect((await removeScore("pets", "mae", { store })).map(({ name }) => name)).toEqual(["wrong"]);
  await expect(removeScore("pets", "wrng", { store })).rejects.toThrow(
    'name is "wrng", which is no added score of project pets; did you mean wrong?',
  );
});

it("is added also where it has no value, with the reason", async () => {
  const store = await pets();
  const ks = await addScore("pets", { name: "ks", definition: "scipy:ks_2samp" }, { store });
  expect(ks).toMatchObject({ value: undefined, why: "scipy:ks_2samp gives no number for these predictions" });
  const { experiments } = await readExperiments("pets", { store });
  await rm(join(store, experiments[1]!.predictions));
  const lost = await addScore("pets", { name: "wrong", definition }, { store });
  expect(lost.why).toContain("bring the file back from a backup");
  expect((await addedScoreValues("pets", { store })).map(({ values }) => values["wrong"])).toEqual([
    undefined,
    undefined,
    0.25,
  ]);
  expect(await addedScores("pets", { store })).toHaveLength(2);
});

it.each([
  [{ name: "wrong one", definition }, /^the score's name is "wrong one"; give /],
  [{ name: "accuracy", definition }, /^accuracy is a score of every project; choose another name$/],
  [{ name: "wrong" }, /^missing argument: definition; give the id of a definition, or an expression$/],
  [{ name: "wrong", definition, expression: "1" }, /^both definition and expression are given/],
  [
    { name: "wrong", expression: "mean(y_true)" },
    /^missing argument: kind; project pets has experiments of both/,
  ],
  [{ name: "wrong", definition: "sklearn:zero_one" }, /did you mean sklearn:zero_one_loss\?$/],
  [
    { name: "wrong", definition, direction: "up" },
    /^score\.direction is "up"; give "higher" or "lower" or "zero"$/,
  ],
  [{ name: "wrong", defintion: definition }, /^unknown part of score: defintion; did you mean definition\?$/],
])("is refused before anything is written: %o", async (score, message) => {
  const store = await pets();
  await expect(addScore("pets", score as never, { store })).rejects.toThrow(message);
  expect(await addedScores("pets", { store })).toEqual([]);
});

it("is an expression, too, with features of the samples; of the project's only kind", async () => {
  const store = await temporaryFolder();
  const features = { profit: [1, 2, 3, 4], place: ["north", "south", "north", "south"] };
  await logExperiment(smallClassification(store, { sampleFeatures: features }));
  const add = async (name: string, expression: string) =>
    addScore("pets", { name, expression, direction: "lower" }, { store });
  expect(await add("cost", "mean(if(y_true = y_pred, 0, 50))")).toMatchObject({
    value: 12.5,
    score: { kind: "classification", definition: undefined },
  });
  await add("lost", "sum(profit, y_true != y_pred)");
  await add("north", 'mean(y_true = y_pred, place = "north")');
  const [{ values } = { values: {} }] = await addedScoreValues("pets", { store });
  expect(values).toEqual({ cost: 12.5, lost: 2, north: 1 });
  expect((await add("south", "mean(y_tru = y_pred)")).why).toBe(
    'the samples have no feature "y_tru"; did you mean y_true?',
  );
  expect((await add("unquoted", "mean(if(y_pred = cat, 1, 0))")).why).toBe(
    'the samples have no feature "cat"; a label stands in quotes: "cat"',
  );
  await expect(add("broken", "mean(y_true = y_pred")).rejects.toThrow(/expression/);
  expect(await addedScores("pets", { store })).toHaveLength(5);
});

it("goes with a copy of the store", async () => {
  const store = await pets();
  const to = await temporaryFolder();
  await addScore("pets", { name: "wrong", definition }, { store, author: "ann" });
  await copyStore({ from: store, to });
  expect(await addedScores("pets", { store: to })).toEqual(await addedScores("pets", { store }));
});

it("is a column of the command line's lists and exports, which compute what is missing", async () => {
  const store = await pets();
  const run = async (...args: string[]) => mlTracking([...args, "--store", store]);
  const added = await run("scores", "pets", "--add", "wrong", "--definition", definition);
  expect(added.out).toMatch(
    /^wrong is a score of pets now: 0\.0000 for the newest experiment, right \(\w{12}\)\n$/,
  );
  const listed = await run("scores", "pets");
  expect(listed.out).toMatch(
    /^score +of a +better +is +added by\nwrong +classification +lower +sklearn:zero_one_loss/,
  );
  expect(listed.out).toMatch(/\w{12} +one error +0\.2500\n/);
  const sorted = JSON.parse((await run("experiments", "pets", "--sort", "added.wrong", "--json")).out);
  expect(
    sorted.experiments.map((each: { name: string; added_scores: object }) => [each.name, each.added_scores]),
  ).toEqual([
    ["right", { wrong: 0 }],
    ["one error", { wrong: 0.25 }],
    ["weight", { wrong: null }],
  ]);
  expect((await run("experiments", "pets")).out.split("\n")[0]).toContain("added.wrong");
  const board = JSON.parse((await run("leaderboard", "pets", "--filter", "added.wrong < 0.1", "--json")).out);
  expect(board.rows.map(({ name }: { name: string }) => name)).toEqual(["right"]);
  const file = join(store, "out.csv");
  await run("export", "pets", "--output", file);
  const [header = "", ...rows] = (await readFile(file, "utf8")).trimEnd().split("\n");
  const at = header.split(",").indexOf("added.wrong");
  expect(rows.map((row) => row.split(",").at(at - header.split(",").length))).toEqual(["0.25", "0", ""]);
  expect((await run("experiments", "pets", "--sort", "added.wrng")).talk).toContain(
    "did you mean added.wrong?",
  );
  expect((await run("scores", "pets", "--remove", "wrong")).out).toBe("wrong is no score of pets any more\n");
  expect((await run("scores", "pets")).talk).toContain("pets has no scores beside those of every project");
  expect((await run("scores", "pets", "--definition", definition)).talk).toContain("missing argument: --add");
});

it("is found among the definitions by words, library, kind and the name of a score", async () => {
  const run = async (...args: string[]) => (await mlTracking(["definitions", ...args])).out;
  expect(await run("zero", "one", "loss", "--library", "sklearn")).toMatch(
    /^definition +library +name +formula\nsklearn:zero_one_loss +scikit-learn +zero_one_loss +The share of samples/,
  );
  const found = JSON.parse(await run("--score", "accuracy", "--json"));
  expect(found.total).toBe(found.definitions.length);
  expect(new Set(found.definitions.map(({ kind }: { kind: string }) => kind))).toEqual(
    new Set(["classification"]),
  );
  expect((await mlTracking(["definitions", "no", "such", "words"])).talk).toContain(
    "no definition has all of these words",
  );
});
