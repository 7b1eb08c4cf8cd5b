import { describe, expect, it } from "vitest";

import { type FeatureColumn, sampleFeatures } from "../../../src/experiment/input/sample-features.js";

const said: string[] = [];

/** A column of two values or more, once checked, and what was said of it. */
function checked(values: unknown): { column: FeatureColumn; warnings: string[] } {
  said.length = 0;
  const samples = (values as { length: number }).length;
  const [column] = sampleFeatures({ f: values }, samples, (text) => said.push(text));
  return { column: column!, warnings: [...said] };
}

const large = 2n ** 53n + 1n;

describe("the type of a feature", () => {
  it.each<[string, unknown, unknown]>([
    ["numbers", [1, 2, 3], [1, null, 3]],
    ["numbers with fractions", [1, 2.5, 3], [1, undefined, 3]],
    ["doubles", Float64Array.of(1, 2, 3), Float64Array.of(1, Number.NaN, 3)],
    ["numbers of a typed array, which holds no missing one", Int32Array.of(1, 2, 3), [1, null, 3]],
    ["bytes", Uint8Array.of(1, 2, 3), [1, null, 3]],
    ["bigints among numbers", [1, 2n, 3], [1, null, 3n]],
  ])("is double for %s, whether all are whole or one is missing", (_, whole, gappy) => {
    for (const given of [whole, gappy]) {
      const { column, warnings } = checked(given);
      expect(column).toMatchObject({ type: "double", nullable: true });
      expect(warnings).toEqual([]);
    }
    expect(checked(whole).column).toMatchObject({ values: { 0: 1, 2: 3 } });
    expect(checked(gappy).column).toMatchObject({ values: { 0: 1, 2: 3 } });
  });

  it("is integer for bigints, whether one is missing or not, with every digit", () => {
    const whole = { name: "f", type: "integer", values: BigInt64Array.of(large, 2n, 2n) };
    expect(checked([large, 2n, 2n]).column).toEqual(whole);
    expect(checked(BigInt64Array.of(large, 2n, 2n)).column).toEqual(whole);
    expect(checked(BigUint64Array.of(large, 2n, 2n)).column).toEqual(whole);
    const gappy = {
      name: "f",
      type: "integer",
      dictionary: [large, 2n],
      codes: Int32Array.of(0, -1, 1),
      nullable: true,
    };
    expect(checked([large, null, 2n]).column).toEqual(gappy);
    expect(checked([large, Number.NaN, 2n]).column).toEqual(gappy);
    expect(said).toEqual([]);
  });

  it("is text where a bigint that no double holds stands among numbers, with a warning that says the way out", () => {
    const { column, warnings } = checked([1, large, null, 2.5]);
    expect(column).toEqual({
      name: "f",
      type: "string",
      dictionary: ["1", "9007199254740993", "2.5"],
      codes: Int32Array.of(0, 1, -1, 2),
      nullable: true,
    });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^sample_features\["f"\] has whole numbers beyond 2\^53, such as 9007199254740993, .* kept as text; give the column as text, /,
      ),
    ]);
  });

  it("is nothing for integers beyond 64 bits", () => {
    for (const given of [[1n, 2n ** 63n], BigUint64Array.of(1n, 2n ** 63n)]) {
      expect(() => checked(given)).toThrow(
        'sample_features["f"][1] is 9223372036854775808n: it is beyond 64 bits; give such integers as text',
      );
    }
  });
});
