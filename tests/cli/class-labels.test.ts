import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { mlTracking } from "../support/built-package.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const base = [
  "--kind",
  "classification",
  "--dataset-uri",
  "d",
  "--target-column",
  "t",
  "--model",
  "M",
  "--json",
];

interface Logged {
  prediction_id: string;
  scores: Record<string, number>;
  positive_label: string | null;
  class_order: { labels: string[]; decided_by: string } | null;
}

/** Logs a CSV file; what it says, and what it prints. */
async function log(store: string, csv: string, ...flags: string[]) {
  const file = join(store, "predictions.csv");
  await writeFile(file, csv);
  const args = ["log", file, "--project", "p", "--store", store, ...base, ...flags];
  const { status, out, talk } = await mlTracking(args);
  return { status, talk, logged: (status === 0 ? JSON.parse(out) : undefined) as Logged };
}

const animals = `sample_id,y_true,y_pred,y_score_cat,y_score_dog,y_score_ant
1,cat,cat,0.8,0.1,0.1
2,dog,dog,0.1,0.8,0.1
3,ant,ant,0.1,0.1,0.8
`;

describe("ml-tracking log", () => {
  it("knows the class of each score column by its name, and refuses labels that contradict it", async () => {
    const store = await temporaryFolder();
    const named = ["--y-score", "y_score_cat,y_score_dog,y_score_ant"];
    const { logged, talk } = await log(store, animals, ...named);
    expect(talk).toBe("");
    expect(logged.scores["roc_auc"]).toBe(1);
    expect(logged.scores["log_loss"]).toBeCloseTo(-Math.log(0.8), 12);
    expect(logged.class_order).toEqual({ labels: ["cat", "dog", "ant"], decided_by: "column names" });
    const refused = await log(store, animals, ...named, "--labels", "ant,cat,dog");
    expect(refused.status).toBe(1);
    expect(refused.talk).toContain(
      '\\"ant\\", \\"cat\\", \\"dog\\" by labels but \\"cat\\", \\"dog\\", \\"ant\\" by its column names',
    );
  });

  it("says which columns look like scores and are not read", async () => {
    const file = join(await temporaryFolder(), "predictions.csv");
    await writeFile(file, animals);
    const args = ["log", file, "--project", "p", "--store", join(file, "../store"), ...base];
    const { status, talk } = await mlTracking(args.filter((arg) => arg !== "--json"));
    expect(status).toBe(0);
    expect(talk).toContain(
      "y_score_cat, y_score_dog, y_score_ant, which are not read: --y-score y_score_cat,y_score_dog,y_score_ant",
    );
  });

  it("takes numbered columns for those of sorted classes, and refuses numbers that are classes in another order", async () => {
    const store = await temporaryFolder();
    const numbered = animals.replace("y_score_cat,y_score_dog,y_score_ant", "y_score_1,y_score_2,y_score_0");
    expect((await log(store, numbered)).logged.class_order).toEqual({
      labels: ["ant", "cat", "dog"],
      decided_by: "sorted",
    });
    const given = await log(store, numbered, "--y-score", "y_score_1,y_score_2,y_score_0");
    expect(given.talk).toContain("numbered in another order than they are given in");
    const codes = numbered.replaceAll("cat", "1").replaceAll("dog", "2").replaceAll("ant", "0");
    expect((await log(store, codes)).logged).toMatchObject({
      scores: { roc_auc: 1 },
      class_order: { labels: [0, 1, 2] },
    });
    const swapped = await log(store, codes, "--labels", "1,2,0");
    expect(swapped.talk).toContain("is 1, 2, 0 by labels but 0, 1, 2 by its column names");
  });

  it("refuses NA in labels with its row, and keeps it as a class where that is asked for", async () => {
    const store = await temporaryFolder();
    const texts = await log(store, "y_true,y_pred\nUS,US\nNA,US\n");
    expect(texts.status).toBe(1);
    expect(texts.talk).toContain('the column \\"y_true\\" has \\"NA\\" in row 2 (line 3)');
    const kept = await log(
      store,
      "y_true,y_pred\nUS,US\nNA,US\n",
      "--as-text",
      "y_true",
      "--positive-label",
      "NA",
    );
    expect(kept.logged).toMatchObject({ positive_label: "NA", scores: { accuracy: 0.5, recall: 0 } });
    const numbers = await log(store, "y_true,y_pred\n1.0,1.0\n2.0,2.0\n1.0,nan\n");
    expect(numbers.talk).toContain('the column \\"y_pred\\" has \\"nan\\" in row 3 (line 4)');
  });

  it("prints at once what keeps an experiment from being compared", async () => {
    const store = await temporaryFolder();
    const twice = animals.replace("\n3,", "\n1,");
    const { talk } = await log(store, twice);
    expect(talk).toContain("warning: parameters.test_set has 1 twice, at 0 and 2:");
    expect(talk.match(/twice/g)).toHaveLength(2); // the one warning says it twice
  });
});

describe("the positive class", () => {
  it("is named wherever precision, recall and F1 are listed", async () => {
    const store = await temporaryFolder();
    const csv = "sample_id,y_true,y_pred,y_score\n1,yes,yes,0.9\n2,no,yes,0.6\n3,no,no,0.2\n4,yes,yes,0.8\n";
    const { logged: a } = await log(store, csv, "--positive-label", "yes");
    const flipped = csv.replace(/0\.(\d)/g, (_, digit: string) => `0.${10 - Number(digit)}`);
    const { logged: b } = await log(store, flipped, "--positive-label", "no");
    const run = async (...args: string[]) => {
      const { status, out } = await mlTracking([...args, "--store", store]);
      expect(status).toBe(0);
      return out;
    };
    expect(await run("show", a.prediction_id)).toMatch(/^positive label +yes$/m);
    expect(await run("show", b.prediction_id, "--json")).toContain('"positive_label":"no"');
    const table = await run("experiments", "p", "--sort", "f1");
    expect(table).toMatch(/f1.*positive label$/m);
    expect(table).toMatch(new RegExp(`^${a.prediction_id}.* yes$`, "m"));
    const board = await run("leaderboard", "p", "--score", "f1");
    expect(board).toMatch(
      new RegExp(`${b.prediction_id} .* no .* not judged: f1 is about the positive class`),
    );
    const comparison = await run("compare", a.prediction_id, b.prediction_id);
    expect(comparison).toMatch(/^A .* positive label yes\nB .* positive label no$/m);
    expect(await run("slices", a.prediction_id, "--by", "y_true", "--score", "recall")).toContain(
      'recall of "yes"',
    );
    const exported = await run("export", "p");
    expect(exported.split("\n")[0]).toContain("positive_label");
  });
});
