import { describe, expect, it } from "vitest";

import { alignSamples } from "../../../src/judge/pairing/align-samples.js";
import type { PredictionColumn } from "../../../src/predictions/prediction-table.js";
import { seededRandom } from "../../../src/statistics/seeded-random.js";

type Id = string | number | bigint;

function column(ids: readonly Id[]): PredictionColumn {
  const integers = { name: "sample_id", type: "integer" } as const;
  if (typeof ids[0] === "number") return { ...integers, values: Float64Array.from(ids as number[]) };
  if (typeof ids[0] === "bigint") return { ...integers, values: BigInt64Array.from(ids as bigint[]) };
  const dictionary = [...new Set(ids)] as string[];
  return {
    name: "sample_id",
    type: "string",
    dictionary,
    codes: Int32Array.from(ids, (id) => dictionary.indexOf(id as string)),
  };
}

function shuffled<T>(values: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  return values
    .map((value) => [random(), value] as const)
    .sort(([x], [y]) => x - y)
    .map(([, value]) => value);
}

const kinds: [string, (i: number) => Id][] = [
  ["row numbers", (i) => i],
  ["negative numbers too", (i) => i - 30],
  ["numbers far apart", (i) => i * 1_000_003 - 9e14],
  ["numbers beyond 2^53", (i) => 2n ** 60n + BigInt(i)],
  ["texts", (i) => `sample ${i}`],
];

describe.each(kinds)("ids that are %s", (_, idOf) => {
  const some = (from: number, to: number) => Array.from({ length: to - from }, (__, i) => idOf(from + i));

  it("are found whatever the order, and only those that both have", () => {
    const [a, b] = [shuffled(some(0, 60), 1), shuffled(some(20, 90), 2)];
    const { a: rowsA, b: rowsB } = alignSamples(column(a), column(b), ["a", "b"]);
    const pairs = Array.from(rowsA!, (row, i) => [a[row], b[rowsB![i]!]] as const);
    expect(pairs.every(([x, y]) => x === y)).toBe(true);
    expect(pairs.map(([x]) => x)).toEqual(a.filter((id) => b.includes(id)));
    expect(alignSamples(column(some(0, 5)), column(some(5, 9)), ["a", "b"]).a).toHaveLength(0);
  });

  it("in the same order need no rows, unless one stands twice", () => {
    const a = shuffled(some(0, 60), 3);
    expect(alignSamples(column(a), column(a), ["a", "b"])).toEqual({ a: undefined, b: undefined });
    const twice = [...a, a[7]!];
    const refused = new RegExp(`${String(a[7])} of experiment b is in rows 8 and 61`);
    expect(() => alignSamples(column(a), column(twice), ["a", "b"])).toThrow(refused);
    expect(() => alignSamples(column(twice), column(twice), ["b", "c"])).toThrow(refused);
  });
});

it("takes an integer for the same whichever way the file has it", () => {
  const found = alignSamples(
    { name: "sample_id", type: "integer", values: BigInt64Array.of(3n, 1n, 2n) },
    { name: "sample_id", type: "integer", dictionary: [1, 2, 3], codes: Int32Array.of(0, 1, 2) },
    ["a", "b"],
  );
  expect(found).toEqual({ a: Int32Array.of(0, 1, 2), b: Int32Array.of(2, 0, 1) });
});
