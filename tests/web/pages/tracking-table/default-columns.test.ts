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

describe("the columns of a table before anyone chooses", () => {
  it("are who and when, every score that is used, then the parameters that most experiments have", () => {
    const all = [
      column("params.rare", "parameter", 1),
      column("params.usual", "parameter", 9),
      column("extra.note", "extra", 5),
      column("accuracy", "score"),
      column("r2", "score", 0),
    ];
    expect(defaultColumns(all)).toEqual([
      "name",
      "model",
      "logged_at",
      "accuracy",
      "params.usual",
      "extra.note",
      "params.rare",
    ]);
  });

  it("tell targets and kinds apart only where they differ, and the positive class where a score is about it", () => {
    const fixed = [
      column("target_column", "fixed", 3, 2),
      column("kind", "fixed", 3, 1),
      column("positive_label", "fixed"),
    ];
    expect(defaultColumns([...fixed, column("f1", "score")]).slice(3)).toEqual([
      "target_column",
      "f1",
      "positive_label",
    ]);
    expect(defaultColumns([...fixed, column("f1_macro", "score")])).not.toContain("positive_label");
  });

  it("are 60 at most", () => {
    const all = Array.from({ length: 100 }, (_, i) => column(`params.${i}`, "parameter"));
    expect(defaultColumns(all)).toHaveLength(60);
  });
});
