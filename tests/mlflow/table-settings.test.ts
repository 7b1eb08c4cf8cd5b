import { describe, expect, it } from "vitest";

import { tableSettings } from "../../src/mlflow/table-settings.js";

const path = "evaluation.parquet";
const withTag = (text: string | undefined) => ({
  tag: (key: string) => (key === `ml_tracking.settings.${path}` ? text : undefined),
});

describe("what a tag says of a table", () => {
  it("is arguments of logExperiment, with labels as the table has them", () => {
    const said = { name: "a", labels: [1, 0, 2], positive_label: 1, group: "clinic" };
    expect(tableSettings(withTag(JSON.stringify(said)), path, [0n, 1n])).toEqual({
      name: "a",
      labels: [1n, 0n, 2],
      positiveLabel: 1n,
      group: "clinic",
    });
    expect(tableSettings(withTag(undefined), path, [])).toEqual({});
    expect(tableSettings(withTag('{"order": "day"}'), path, [])).toEqual({ order: "day" });
  });

  it("is refused where it is no mapping, or names what there is not", () => {
    for (const text of ["", "[]", "null", "{", "3"]) {
      expect(() => tableSettings(withTag(text), path, []), text).toThrow(
        "the tag ml_tracking.settings.evaluation.parquet is no JSON mapping",
      );
    }
    expect(() => tableSettings(withTag('{"positive": 1}'), path, [])).toThrow(
      '"positive", which is not one of name, labels, positive_label, group, order',
    );
  });
});
