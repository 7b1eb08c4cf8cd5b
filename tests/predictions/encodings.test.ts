import fc from "fast-check";
import { snappyUncompress } from "hyparquet";
import { readRleBitPackedHybrid } from "hyparquet/src/encoding.js";
import { decompressSnappy } from "hyparquet-compressors";
import { describe, expect, it } from "vitest";
import { checkRuns } from "../../src/predictions/read/check-page-values.js";
import { UnreadableFile } from "../../src/predictions/read/unreadable-file.js";
import { ByteSink } from "../../src/predictions/write/byte-sink.js";
import { appendHybrid, bitWidthOf } from "../../src/predictions/write/rle-bit-packing.js";
import { appendSnappy, appendSnappyIntegers } from "../../src/predictions/write/snappy.js";

describe("bytes packed by Snappy", () => {
  it("are what they were to both of hyparquet's readers", () => {
    // Pieces that repeat at many distances and lengths, and some that never do.
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.tuple(fc.nat(255), fc.nat(300)).map(([byte, length]) => new Uint8Array(length).fill(byte)),
      fc
        .tuple(fc.integer({ min: 1, max: 70_000 }), fc.nat(9))
        .map(([length, step]) =>
          Uint8Array.from({ length }, (_, i) => (i * step) ^ (Math.imul(i, 0x9e3779b1) >>> 28)),
        ),
    );
    const bytes = fc
      .tuple(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.array(fc.nat(5), { maxLength: 30 }))
      .map(([pieces, order]) => Buffer.concat([...pieces, ...order.map((i) => pieces[i % pieces.length]!)]));
    fc.assert(
      fc.property(bytes, (given) => {
        const packed = new ByteSink(0);
        appendSnappy(packed, given);
        expect(unpackedByBoth(packed.written(), given.length)).toStrictEqual([given, given].map(hex));
      }),
      { numRuns: 500 },
    );
  });

  for (const length of [
    0, 1, 3, 4, 59, 60, 61, 63, 64, 65, 67, 68, 69, 127, 128, 255, 256, 257, 4096, 4097, 65_535, 65_537,
  ]) {
    it(`are what they were: ${length} of them, equal, in pairs or without order`, () => {
      for (const byte of [() => 7, (i: number) => i % 2, (i: number) => Math.imul(i, 0x9e3779b1) >>> 24]) {
        const given = Uint8Array.from({ length }, (_, i) => byte(i));
        const packed = new ByteSink(0);
        appendSnappy(packed, given);
        expect(unpackedByBoth(packed.written(), given.length)).toStrictEqual([given, given].map(hex));
        expect(packed.length).toBeLessThanOrEqual(length + 8);
      }
    });
  }

  it("are what they were where they end in 64-bit integers", () => {
    const integers = fc.oneof(
      fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { maxLength: 100 }),
      fc.array(fc.bigInt({ min: 0n, max: 2n ** 33n }), { maxLength: 100 }),
      fc.array(fc.constantFrom(0n, 1n, 2n ** 40n, -1n), { maxLength: 300 }),
      fc
        .tuple(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), fc.nat(1000), fc.nat(300))
        .map(([first, step, count]) => Array.from({ length: count }, (_, i) => first + BigInt(i * step))),
    );
    fc.assert(
      fc.property(integers, fc.uint8Array({ maxLength: 12 }), (values, before) => {
        const wide = BigInt64Array.from(values);
        const given = Buffer.concat([before, new Uint8Array(wide.buffer)]);
        const packed = new ByteSink(0);
        appendSnappyIntegers(packed, given, new Int32Array(wide.buffer));
        expect(unpackedByBoth(packed.written(), given.length)).toStrictEqual([given, given].map(hex));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("codes packed as runs and bits", () => {
  it("are what they were to hyparquet's reader", () => {
    const codes = fc.integer({ min: 1, max: 2 ** 20 }).chain((count) => {
      const run = fc.tuple(fc.nat(count - 1), fc.oneof(fc.constant(1), fc.nat(20), fc.nat(600)));
      return fc.tuple(fc.constant(count), fc.array(run, { maxLength: 60 }), fc.nat(3));
    });
    fc.assert(
      fc.property(codes, ([count, runs, skipped]) => {
        const values = Int32Array.from(runs.flatMap(([code, length]) => Array.from({ length }, () => code)));
        const start = Math.min(skipped, values.length);
        const packed = new ByteSink(0);
        const bitWidth = bitWidthOf(count);
        appendHybrid(packed, values, start, values.length, bitWidth);
        const bytes = packed.written().slice();
        const expected = Array.from(values.subarray(start));
        const read = Array.from(expected, () => -1);
        const reader = { view: new DataView(bytes.buffer), offset: 0 };
        if (expected.length > 0) readRleBitPackedHybrid(reader, bitWidth, read, bytes.length);
        expect(read).toStrictEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("are refused where a run claims more of them than there are to be, or bits that no code has", () => {
    for (const [bytes, bitWidth] of [
      [[0xfe, 0xff, 0xff, 0xff, 0x07, 1], 1],
      [[202, 1, 1], 1],
      [[0xff, 0xff, 0xff, 0xff, 0x07, 1], 1],
      [[0xfe, 0xff, 0xff, 0xff, 0x0f, 1], 1],
      [[1, 200, 1, 1], 1],
      [[0x80], 1],
      [[200, 1, 1], 33],
    ] as const) {
      expect(() => checkRuns(Uint8Array.from(bytes), bitWidth, 100)).toThrow(UnreadableFile);
    }
    for (const bytes of [[200, 1, 1], [27, ...Array.from({ length: 13 }, () => 255)], []]) {
      expect(() => checkRuns(Uint8Array.from(bytes), 1, 100)).not.toThrow();
    }
  });
});

/** What hyparquet's two readers make of it, one in JavaScript, one in WebAssembly. */
function unpackedByBoth(packed: Uint8Array, length: number): string[] {
  const theirs = new Uint8Array(length);
  if (length > 0) snappyUncompress(packed.slice(), theirs);
  return [hex(theirs), hex(decompressSnappy(packed, length))];
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
