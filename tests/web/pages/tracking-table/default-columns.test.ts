import { describe, expect, it } from "vitest";

import type { Columns } from "../../../../web/src/api/types.js";
import { defaultColumns } from "../../../../web/src/pages/tracking-table/default-columns.js";

type Summary = Columns["columns"][number];
const column = (name: string, kind: Summary["kind"], count = 1, distinct = 2): Summary => ({
  name,
  filter_name: name,
  kind,
  type: "number",
  count,
  distinct,
  min: null,
  max: null,
});

const scores = ["f1_macro", "accuracy", "roc_auc", "log_loss"];

describe("the columns of a table before anyone chooses", () => {
  it("are which and how good it is, parameters that differ before further scores, and when", () => {
    const all = [
      column("model", "fixed", 9),
      column("params.rare", "parameter", 1),
      column("params.same", "parameter", 9, 1),
      column("params.usual", "parameter", 9),
      column("extra.note", "extra", 5),
      column("accuracy", "score", 9),
      column("f1_macro", "score", 9),
      column("log_loss", "score", 9),
      column("recall_macro", "score", 9),
      column("roc_auc", "score", 0),
    ];
    expect(defaultColumns(all, scores, 9)).toEqual([
      "name",
      "f1_macro",
      "model",
      "params.usual",
      "extra.note",
      "params.rare",
      "accuracy",
      "log_loss",
      "logged_at",
    ]);
  });

  it("tell targets, kinds and people apart only where they differ", () => {
    const fixed = [
      column("target_column", "fixed", 3, 2),
      column("kind", "fixed", 3, 1),
      column("user", "fixed", 3, 3),
    ];
    const shown = defaultColumns([...fixed, column("f1_macro", "score", 3)], scores, 3);
    expect(shown).toEqual(["name", "f1_macro", "model", "target_column", "user", "logged_at"]);
  });

  it("leave out the steps that the model in short says, and put last what is another in each", () => {
    const all = [
      column("params.steps", "parameter", 9),
      column("params.best_estimator__steps", "parameter", 9),
      { ...column("params.note", "parameter", 9, 9), type: "text" as const },
      column("params.depth", "parameter", 8),
    ];
    const shown = defaultColumns(all, scores, 9);
    expect(shown).toEqual(["name", "model", "params.depth", "params.note", "logged_at"]);
  });

  it("are 12 at most", () => {
    const all = Array.from({ length: 100 }, (_, i) => column(`params.${i}`, "parameter"));
    expect(defaultColumns(all, scores, 1)).toHaveLength(12);
  });

  it("have every score that was added to the project after the others, whether or not it has a value yet", () => {
    const all = [
      column("f1_macro", "score", 9),
      column("accuracy", "score", 9),
      column("added.ks", "added", 0),
      ...Array.from({ length: 20 }, (_, i) => column(`params.p${i}`, "parameter", 9)),
      column("added.wrong", "added", 9),
    ];
    const shown = defaultColumns(all, scores, 9);
    expect(shown.slice(-4)).toEqual(["accuracy", "added.ks", "added.wrong", "logged_at"]);
    expect(shown.filter((name) => name.startsWith("params."))).toHaveLength(7);
  });
});
