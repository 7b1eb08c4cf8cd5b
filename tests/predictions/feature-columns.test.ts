import fc from "fast-check";
import { expect, it } from "vitest";

import { columnNames, featureColumns, featuresMetadata } from "../../src/predictions/feature-columns.js";

it("calls each feature what every program takes for a name, the same in whatever order they are given", () => {
  const names = ["bill length (mm)", "größe", "Age", "age", "a.b", "a b", "a_b", "🐧", "x".repeat(400)];
  const columns = featureColumns(names);
  expect(Object.fromEntries(columns)).toEqual({
    "bill length (mm)": "feature_bill_length_mm_adee07",
    größe: "feature_gr_e_d353a2",
    Age: "feature_Age_39b737",
    age: "feature_age",
    a_b: "feature_a_b",
    "a b": "feature_a_b_c8687a",
    "a.b": "feature_a_b_2e7336",
    "🐧": "feature_bc5b4d",
    ["x".repeat(400)]: `feature_${"x".repeat(280)}_7b0bd7`,
  });
  expect(featureColumns(names.toReversed())).toEqual(columns);
  // One feature has one column, whichever features are beside it.
  for (const name of ["bill length (mm)", "a b", "a_b", "🐧"])
    expect(featureColumns([name]).get(name)).toBe(columns.get(name));
  expect(featureColumns(["Age", "MedInc"]).get("MedInc")).toBe("feature_MedInc");
  expect(featuresMetadata(featureColumns(["age", "a_b"]))).toBeUndefined();
});

it("gives every set of names different columns, and the names back", () => {
  const anyNames = fc.uniqueArray(
    fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1 }),
      fc.constantFrom("a", "A", "a b", "a_b", "a_b_2", "A_B", "a.b", "__proto__", "constructor"),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(anyNames, (names) => {
      const columns = featureColumns(names);
      const inFile = names.map((name) => columns.get(name)!);
      for (const column of inFile) expect(column).toMatch(/^feature_[A-Za-z0-9_]{1,290}$/);
      expect(new Set(inFile.map((column) => column.toLowerCase())).size).toBe(names.length);
      const json = featuresMetadata(columns);
      const metadata = json === undefined ? {} : { "ml_tracking.features": json };
      expect(columnNames(["y_true", ...inFile], metadata)).toEqual([
        "y_true",
        ...names.map((name) => `feature_${name}`),
      ]);
    }),
  );
});

it("believes no metadata that is something else, and renames nothing but features", () => {
  const columns = ["y_true", "feature_a", "feature_b"];
  const said = (json: string) => columnNames(columns, { "ml_tracking.features": json });
  expect(said('{"y_true":"x","feature_c":"d","feature_a":"ä"}')).toEqual([
    "y_true",
    "feature_ä",
    "feature_b",
  ]);
  for (const json of ["", "[", "[1]", "{}", '{"feature_a":1}', "null", '"text"']) {
    expect(() => said(json)).toThrow("its metadata has no names of features");
  }
  expect(() => said('{"feature_a":"b"}')).toThrow("its metadata gives two features one name");
});
