import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DigestColumn, testSetDigest } from "../../../src/experiment/digest/test-set-digest.js";
import { oraclePython, runPython } from "../../python/python.js";

const ids: DigestColumn = { type: "integer", values: Int32Array.of(1, 2) };

describe("the digest of a test set", () => {
  it("is what its documentation says", () => {
    expect(testSetDigest(ids, { type: "string", values: ["cat", "dog"] })).toBe(
      "16c1c5e0cb0150c1d0d3142c306ed40c",
    );
  });

  it("is what Python's mmh3 makes of the documented bytes, for ids and labels of every type and length", async (context) => {
    const texts = Array.from({ length: 70 }, (_, i) => "é猫🐈x".repeat(i).slice(0, i).toWellFormed());
    const integers = BigInt64Array.from(
      texts,
      (_, i) => [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 255n, BigInt(i)][i % 6]!,
    );
    const small = Int32Array.from(texts, (_, i) => (i - 35) * 61_356_675);
    const safe = Float64Array.from(texts, (_, i) => (i - 35) * 2 ** 47 - 1);
    const doubles = Float64Array.from(texts, (_, i) => [-0, 0, 1 / 3, -1e308, 5e-324, i][i % 6]!);
    const codes = Int32Array.from(texts, (_, i) => (i * 7) % 5);
    const columns: DigestColumn[] = [
      { type: "string", values: texts },
      { type: "string", dictionary: ["", "cat", "dög", "🐈", "x".repeat(1000)], codes },
      { type: "integer", values: integers },
      { type: "integer", values: small },
      { type: "integer", values: safe },
      { type: "integer", dictionary: [0, -7, 2 ** 40, 10n ** 18n, -(2n ** 63n)], codes },
      { type: "boolean", values: Uint8Array.from(codes, (code) => code % 2) },
      { type: "double", values: doubles },
    ];
    const others: DigestColumn[] = [
      { type: "string", values: ["one", "two"] },
      { type: "integer", values: Int32Array.of(3) },
      { type: "integer", values: new Int32Array(0) },
    ];
    const pairs = columns.flatMap((a) =>
      [...columns, ...others].flatMap((b) =>
        b === a
          ? [[a, b]]
          : [
              [a, b],
              [b, a],
            ],
      ),
    );
    const given = pairs.map((pair) => pair.map((column) => ({ type: column.type, cells: cellsOf(column) })));
    const expected = await runPython(oraclePython(context), ["-c", digestsByMmh3], JSON.stringify(given));
    expect(pairs.map(([a, b]) => testSetDigest(a!, b!))).toStrictEqual(JSON.parse(expected));
  });

  it("is the same in whatever order the samples come", () => {
    const samples = fc.array(fc.tuple(fc.string(), fc.integer()), { maxLength: 50 });
    const shuffles = samples.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffles, ([given, shuffled]) => {
        expect(digestOf(shuffled)).toBe(digestOf(given));
      }),
    );
  });

  it("is another when one label is corrected, one sample is missing, or two samples exchange their labels", () => {
    const samples = fc.uniqueArray(fc.tuple(fc.string(), fc.integer()), {
      minLength: 2,
      maxLength: 50,
      selector: ([id]) => id,
    });
    fc.assert(
      fc.property(samples, fc.nat(), (given, at) => {
        const i = at % (given.length - 1);
        const [[id, label], [nextId, nextLabel]] = [given[i]!, given[i + 1]!];
        const digest = digestOf(given);
        expect(digestOf(given.with(i, [id, label + 1]))).not.toBe(digest);
        expect(digestOf(given.toSpliced(i, 1))).not.toBe(digest);
        const exchanged = digestOf(given.with(i, [id, nextLabel]).with(i + 1, [nextId, label]));
        expect(exchanged === digest).toBe(label === nextLabel);
      }),
    );
  });

  it("counts a sample that is in the test set twice", () => {
    expect(
      digestOf([
        ["a", 1],
        ["a", 1],
      ]),
    ).not.toBe(digestOf([["a", 1]]));
    expect(
      digestOf([
        ["a", 1],
        ["a", 1],
      ]),
    ).not.toBe(
      digestOf([
        ["b", 1],
        ["b", 1],
      ]),
    );
  });

  it("does not depend on how the same values are held", () => {
    const text = { type: "string", values: ["b", "a", "b"] } as const;
    const coded = { type: "string", dictionary: ["a", "b"], codes: Int32Array.of(1, 0, 1) } as const;
    const numbers: DigestColumn[] = [
      { type: "integer", values: Int32Array.of(0, 1, 0) },
      { type: "integer", values: Float64Array.of(-0, 1, 0) },
      { type: "integer", values: BigInt64Array.of(0n, 1n, 0n) },
      { type: "integer", values: new BigInt64Array(new ArrayBuffer(40), 8, 3).fill(1n, 1, 2) },
      { type: "integer", dictionary: [1, 0n], codes: Int32Array.of(1, 0, 1) },
      { type: "boolean", values: Uint8Array.of(0, 1, 0) },
    ];
    expect(new Set([text, coded].flatMap((a) => numbers.map((b) => testSetDigest(a, b)))).size).toBe(1);
    expect(new Set([text, coded].flatMap((a) => numbers.map((b) => testSetDigest(b, a)))).size).toBe(1);
  });

  it('tells types apart: 1, "1" and the double 1', () => {
    const ones: DigestColumn[] = [
      { type: "integer", values: Int32Array.of(1) },
      { type: "string", values: ["1"] },
      { type: "double", values: Float64Array.of(1) },
    ];
    expect(new Set(ones.map((one) => testSetDigest(one, one))).size).toBe(3);
  });

  it("depends on the order where ids and true values are of different number", () => {
    const yTrue: DigestColumn = { type: "integer", values: Int32Array.of(5, 6, 7) };
    const digest = testSetDigest(ids, yTrue);
    expect(testSetDigest({ type: "integer", values: Int32Array.of(2, 1) }, yTrue)).not.toBe(digest);
    expect(testSetDigest(ids, { type: "integer", values: Int32Array.of(5, 7, 6) })).not.toBe(digest);
    expect(testSetDigest(yTrue, ids)).not.toBe(digest);
    expect(testSetDigest(ids, yTrue)).toBe(digest);
  });

  it("stays exact over many samples: the digests of the parts add up to that of the whole", () => {
    const count = 6_000_000; // beyond 2^53 in a plain sum of 32-bit words
    const all = Int32Array.from({ length: count }, (_, i) => i);
    const digest = (from: number, to: number) => {
      const part: DigestColumn = { type: "integer", values: all.subarray(from, to) };
      return BigInt(`0x${testSetDigest(part, part)}`);
    };
    const parts = [0, 1, 2, 3, 4, 5, 6].map((million) => million * 1_000_000);
    const sum = parts.slice(1).reduce((total, to, i) => total + digest(parts[i]!, to), 0n);
    expect(BigInt.asUintN(128, sum)).toBe(digest(0, count));
  });
});

function digestOf(samples: readonly (readonly [string, number])[]): string {
  return testSetDigest(
    { type: "string", values: samples.map(([id]) => id) },
    { type: "integer", values: Float64Array.from(samples, ([, label]) => label) },
  );
}

/** Integers as decimal text, doubles as the hexadecimal of their big-endian bytes. */
function cellsOf(column: DigestColumn): string[] {
  const values =
    "codes" in column ? Array.from(column.codes, (code) => column.dictionary[code]!) : column.values;
  return Array.from(values as ArrayLike<string | number | bigint>, (value) => {
    if (column.type !== "double") return String(value);
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value as number);
    return bytes.toString("hex");
  });
}

/** Written from the documentation of testSetDigest alone. */
const digestsByMmh3 = `
import json, struct, sys, mmh3

def encode(kind, cell):
    if kind == "string":
        text = cell.encode()
        return b"\\x02" + struct.pack("<I", len(text)) + text
    if kind == "double":
        return b"\\x03" + struct.pack("<d", struct.unpack(">d", bytes.fromhex(cell))[0] + 0.0)
    return b"\\x01" + struct.pack("<q", int(cell))

def digest(ids, labels):
    ids, labels = ([encode(column["type"], cell) for cell in column["cells"]] for column in (ids, labels))
    if len(ids) == len(labels):
        pairs = [a + b for a, b in zip(ids, labels)]
    else:
        pairs = [tag + struct.pack("<Q", i) + cell for tag, cells in ((b"\\x04", ids), (b"\\x05", labels)) for i, cell in enumerate(cells)]
    return "%032x" % (sum(mmh3.hash128(pair, 0, False, signed=False) for pair in pairs) % 2**128)

print(json.dumps([digest(*pair) for pair in json.load(sys.stdin)]))
`;
