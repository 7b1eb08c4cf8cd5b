import { describe, expect, it } from "vitest";

import { classificationScores } from "../../src/scores/classification-sample.js";
import type { Label } from "../../src/scores/label.js";
import { type ClassificationCase, encoded } from "./oracle-case.js";

type Given = Pick<ClassificationCase, "y_true" | "y_pred" | "labels" | "positive" | "y_score">;

/** The notes as sentences, as the user reads them. */
function notes(given: Given): string[] {
  return classificationScores(encoded(given)).notes.map(
    ({ score, undefined: blank, reason }) => `${score}${blank ? " undefined" : ""}: ${reason}`,
  );
}

/** Three samples whose probabilities are all the same. */
function threeEqual(probability: number): Given {
  const row = [probability, probability, probability];
  return { y_true: [0, 1, 2], y_pred: [0, 1, 2], y_score: [row, row, row] };
}

describe("an undefined score is blank and the note says why", () => {
  it("says that the positive class is never predicted", () => {
    const given = { y_true: ["ham", "spam"], y_pred: ["ham", "ham"] };
    expect(classificationScores(encoded(given)).scores).not.toHaveProperty("precision");
    expect(notes(given)).toContain(
      'precision undefined: no sample is predicted as the positive class "spam"',
    );
  });

  it("says that there are no positives", () => {
    expect(notes({ y_true: ["ham", "ham"], y_pred: ["ham", "spam"], y_score: [0.1, 0.8] })).toEqual(
      expect.arrayContaining([
        'recall undefined: no sample of y_true is the positive class "spam"',
        "roc_auc undefined: y_true has one class only: there is no positive sample to rank",
        "average_precision undefined: y_true has no sample of the positive class",
      ]),
    );
  });

  it("says of a lone label 0 that the positive class does not occur, rather than score it as positive", () => {
    const given = { y_true: [0, 0], y_pred: [0, 0] };
    expect(classificationScores(encoded(given)).scores).not.toHaveProperty("f1");
    expect(notes(given)).toContain("f1 undefined: the positive class occurs neither in y_true nor in y_pred");
  });

  it("says that chance alone agrees where there is one label", () => {
    expect(notes({ y_true: ["a", "a"], y_pred: ["a", "a"] })).toContain(
      'cohen_kappa undefined: every label of y_true and y_pred is "a": chance alone agrees everywhere',
    );
  });

  it("names the classes that y_true lacks, for one-vs-rest", () => {
    const y_score = [
      [0.6, 0.2, 0.1, 0.1],
      [0.2, 0.6, 0.1, 0.1],
    ];
    expect(notes({ y_true: ["a", "b"], y_pred: ["a", "b"], labels: ["a", "b", "c", "d"], y_score })).toEqual([
      'roc_auc undefined: classes "c" and "d" do not occur in y_true',
      'average_precision undefined: classes "c" and "d" do not occur in y_true',
    ]);
  });

  it("says which value is no probability, and still ranks", () => {
    const given = { y_true: [0, 1], y_pred: [0, 1], y_score: [0.1, 1.5] };
    expect(classificationScores(encoded(given)).scores.roc_auc).toBe(1);
    expect(notes(given)).toEqual([
      "log_loss undefined: y_score holds 1.5, which is not a probability (0 to 1)",
      "brier_score undefined: y_score holds 1.5, which is not a probability (0 to 1)",
      "d2_log_loss_score undefined: y_score holds 1.5, which is not a probability (0 to 1)",
    ]);
  });
});

describe("a note cautions where a value needs a reader's care", () => {
  it("names the classes that an average counts as 0", () => {
    expect(notes({ y_true: ["a", "b", "c"], y_pred: ["a", "b", "b"] })).toEqual([
      'precision_macro: counts a precision of 0 for class "c", never predicted',
      'precision_weighted: counts a precision of 0 for class "c", never predicted',
    ]);
    expect(notes({ y_true: ["a", "b", "b"], y_pred: ["a", "b", "c"] })).toEqual([
      'balanced_accuracy: leaves out class "c", absent from y_true',
      'recall_macro: counts a recall of 0 for class "c", absent from y_true',
    ]);
  });

  it("lists ten classes and counts the others", () => {
    const y_true: Label[] = Array.from({ length: 15 }, (_, code) => code);
    const y_pred = y_true.map(() => 0);
    expect(notes({ y_true, y_pred })[0]).toBe(
      "precision_macro: counts a precision of 0 for classes 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 4 more, never predicted",
    );
  });

  it("shows a label as quoted text without its control characters, and cut where it is long", () => {
    const [note] = notes({ y_true: ["a", "b", "😀\n".repeat(500)], y_pred: ["a", "b", "b"] });
    expect(note).toContain(`class "${"😀\\n".repeat(30)}…", never predicted`);
  });

  it("says that a correlation of 0 is a convention where a side has one label", () => {
    expect(notes({ y_true: ["a", "b"], y_pred: ["a", "a"], positive: "a" })).toContain(
      "matthews_corrcoef: 0 by convention: y_pred has one label only",
    );
  });

  it("counts the rows that do not sum to 1", () => {
    const y_score = [
      [0.5, 0.25, 0.25],
      [0.5, 0.25, 0.125],
      [0.25, 0.25, 0.25],
    ];
    expect(notes({ y_true: [0, 1, 2], y_pred: [0, 1, 2], y_score })).toEqual([
      "roc_auc undefined: a row of y_score sums to 0.75 instead of 1",
      "log_loss: 2 of 3 rows of y_score do not sum to 1; a row of y_score sums to 0.75 instead of 1",
      "brier_score: 2 of 3 rows of y_score do not sum to 1; a row of y_score sums to 0.75 instead of 1",
      "d2_log_loss_score: 2 of 3 rows of y_score do not sum to 1; a row of y_score sums to 0.75 instead of 1",
    ]);
  });

  it("does not blame single-precision probabilities for their rounding", () => {
    const third = Math.fround(1 / 3 + 1e-7);
    expect(notes(threeEqual(third))).toEqual([]);
    expect(notes(threeEqual(Math.fround(0.3333)))).toEqual([]);
    expect(notes(threeEqual(1 / 3 + 1e-5))).toHaveLength(4);
  });

  it.each([
    ["float16", 0.333251953125],
    ["bfloat16", 0.333984375],
    ["three decimals", 0.333],
    ["five decimals", 0.33333],
  ])("takes a sum that is off by what rounding to %s explains, and no more", (_, third) => {
    expect(notes(threeEqual(third))).toEqual([]);
    expect(notes(threeEqual(third + 0.01))).toHaveLength(4);
  });

  it("has nothing to say about an ordinary experiment", () => {
    expect(notes({ y_true: [0, 1, 1, 0], y_pred: [0, 1, 0, 0], y_score: [0.1, 0.9, 0.4, 0.6] })).toEqual([]);
  });
});

it("leaves precision, recall and F1 of three classes absent without a note", () => {
  const { scores, notes: said } = classificationScores(encoded({ y_true: [0, 1, 2], y_pred: [0, 1, 2] }));
  expect(Object.keys(scores)).not.toEqual(expect.arrayContaining(["precision"]));
  expect(scores.f1).toBeUndefined();
  expect(said).toEqual([]);
});

it("averages over the classes that occur, not over those that are only named", () => {
  const given = { y_true: ["a", "b"], y_pred: ["a", "b"], labels: ["a", "b", "c"] };
  expect(classificationScores(encoded(given)).scores).toMatchObject({
    precision_macro: 1,
    recall_macro: 1,
    f1_macro: 1,
  });
});
