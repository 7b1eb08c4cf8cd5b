import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPredictions } from "../../src/predictions/read/read-predictions.js";
import { ThriftWriter, thriftType } from "../../src/predictions/write/thrift-writer.js";
import { TrackingError } from "../../src/tracking-error.js";
import { contents, fileOf, hardTable, largeTable, table } from "./tables.js";

const small = new Uint8Array(
  fileOf(
    table(
      40,
      [
        { name: "sample_id", type: "integer", values: Int32Array.from({ length: 40 }, (_, i) => i) },
        { name: "y_true", type: "string", dictionary: ["cat", "dog"], codes: new Int32Array(40).fill(1, 5) },
        { name: "text", type: "string", values: Array.from({ length: 40 }, (_, i) => `text ${i}`) },
        { name: "y_score", type: "double", values: Float64Array.from({ length: 40 }, (_, i) => i / 3) },
      ],
      { note: "kept" },
    ),
  ),
);
const footerLength = new DataView(small.buffer).getUint32(small.length - 8, true);
const footerStart = small.length - 8 - footerLength;

describe("a damaged predictions file", () => {
  for (const [what, bytes, message] of [
    ["is empty", new Uint8Array(0), "it is empty"],
    ["is the start of a Parquet file only", small.slice(0, 4), "it has 4 bytes only"],
    ["is cut in half", small.slice(0, small.length / 2), "it does not end as a Parquet file"],
    ["has lost its last byte", small.slice(0, -1), "it does not end as a Parquet file"],
    ["has lost its first bytes", small.slice(100), "claims to lie beyond the end of the file"],
    [
      "is a CSV file",
      Buffer.from("sample_id,y_true,y_pred\n1,cat,dog\n"),
      "it does not end as a Parquet file",
    ],
    ["claims a footer of 4 GB", withFooterLength(0xffffffff), "it claims a footer of 4294967295 bytes"],
    ["claims a footer without bytes", withFooterLength(0), "its footer is garbled"],
    ["has nothing but zero bytes", new Uint8Array(1000), "it does not end as a Parquet file"],
    ["is a header and a trailer only", Buffer.from("PAR1\0\0\0\0PAR1"), "its footer is garbled"],
  ] as const) {
    it(`is refused where it ${what}`, async () => {
      const reading = readPredictions(arrayBuffer(bytes), { name: "predictions/p/2026-11-23/abc.parquet" });
      const error = await reading.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(TrackingError);
      expect(error).toMatchObject({ code: "PREDICTIONS_NOT_READABLE", cause: expect.any(Error) });
      expect((error as Error).message).toContain("predictions/p/2026-11-23/abc.parquet cannot be read: ");
      expect((error as Error).message).toContain(message);
      expect((error as Error).message).toContain("bring it back from a copy");
    });
  }

  it("is refused when any one bit of its pages is flipped", async () => {
    const outcomes: unknown[] = [];
    for (let bit = 4 * 8; bit < footerStart * 8; bit++) outcomes.push(await read(flipped([bit])));
    const readable = outcomes.filter((outcome) => !(outcome instanceof Error));
    const good = contents(await readPredictions(arrayBuffer(small)));
    expect(readable).toStrictEqual(readable.map(() => good)); // bits of a page header that say nothing here
    expect(readable.length).toBeLessThan(outcomes.length / 20);
  });

  it("is refused, or read in part, when bits of its footer are flipped: never a crash, a hang or another error", async () => {
    const started = performance.now();
    for (let bit = footerStart * 8; bit < small.length * 8; bit++) await read(flipped([bit]));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: footerStart * 8, max: small.length * 8 - 1 }), {
          minLength: 2,
          maxLength: 20,
        }),
        async (bits) => {
          await read(flipped(bits));
        },
      ),
      { numRuns: 3000 },
    );
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  it("is refused wherever it is cut", async () => {
    for (let length = 0; length < small.length; length++) {
      expect(await read(small.slice(0, length)), `${length} bytes`).toBeInstanceOf(TrackingError);
    }
  });

  it("is refused where random bytes replace a part of it", async () => {
    const file = new Uint8Array(fileOf(hardTable()));
    const good = contents(await readPredictions(arrayBuffer(file)));
    const pagesEnd = file.length - 8 - new DataView(file.buffer).getUint32(file.length - 8, true);
    const noise = fc.uint8Array({ minLength: 8, maxLength: 64 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: pagesEnd - 64 }), noise, async (at, random) => {
        const bytes = file.slice();
        bytes.set(random, at);
        const outcome = await read(bytes);
        expect(outcome instanceof Error ? good : outcome).toStrictEqual(good);
        await read(bytes.fill(0xff, pagesEnd + random[0]!, pagesEnd + random[0]! + 8));
      }),
      { numRuns: 500 },
    );
  });
});

describe("a file that claims a huge size", () => {
  const body = Buffer.alloc(8);
  for (const [what, claim, message] of [
    [
      "its rows are more than a call reads",
      { rows: 2 ** 40, pageValues: 1, uncompressed: 8, body },
      `it has ${2 ** 40} rows, more than 50000000`,
    ],
    [
      "its rows are more than its bytes can be",
      { rows: 40_000_000, pageValues: 40_000_000, uncompressed: 8, body },
      'its column "y_true" claims 40000000 values in',
    ],
    [
      "a page has more values than there are rows",
      { rows: 3, pageValues: 2 ** 30, uncompressed: 8, body },
      `a page of it claims ${2 ** 30} values of 8 bytes where there can be 3`,
    ],
    [
      "a page has more values than its bytes hold",
      { rows: 1_000_000, pageValues: 1_000_000, uncompressed: 8, body },
      'its column "y_true" is garbled',
    ],
    [
      "its pages have fewer values than there are rows",
      { rows: 2, pageValues: 1, uncompressed: 8, body },
      'its column "y_true" has 1 values for 2 rows',
    ],
    [
      "a page is larger than its compressed bytes can make it",
      { rows: 1, pageValues: 1, uncompressed: 2 ** 30 - 1, body: fromHex("ffffffff070000"), codec: 1 },
      'its column "y_true" is garbled',
    ],
    [
      "a page is larger than any",
      { rows: 1, pageValues: 1, uncompressed: 2 ** 31 - 1, body, codec: 6 },
      "a page of it claims 2147483647 bytes",
    ],
    [
      "a run has a thousand million levels",
      { rows: 9, pageValues: 9, uncompressed: 10, body: fromHex("06000000feffffff0701"), optional: true },
      "a page of it has a run of 1073741823 where 9 values are all",
    ],
    [
      "it has codes and no dictionary",
      { rows: 9, pageValues: 9, uncompressed: 8, body: fromHex("01feffffff070000"), encoding: 8 },
      'its column "y_true" has codes without a dictionary',
    ],
    [
      "a delta encoding has blocks without values",
      { rows: 9, pageValues: 9, uncompressed: 8, body: fromHex("8001000900000000"), encoding: 5 },
      "a page of it has 9 differences in blocks of",
    ],
    [
      "its compression is not known",
      { rows: 1, pageValues: 1, uncompressed: 8, body, codec: 3 },
      "it is compressed with LZO; write it with Snappy",
    ],
  ] as const) {
    it(`is refused where ${what}, before that is allocated`, async () => {
      const before = process.memoryUsage.rss();
      const started = performance.now();
      expect(((await read(crafted(claim))) as Error).message).toContain(message);
      expect(performance.now() - started).toBeLessThan(1000);
      expect(process.memoryUsage.rss() - before).toBeLessThan(2 ** 27);
    });
  }

  it("is refused where its strings share more than there is", async () => {
    // Lengths shared with the string before: 0, then 1,000,000 more each; own lengths: 1 each.
    const shared = fromHex("800104030080897a0000000080010403020000000000616263");
    const error = await read(
      crafted({ rows: 3, pageValues: 3, uncompressed: shared.length, body: shared, encoding: 7 }),
    );
    expect((error as Error).message).toContain("a page of it has strings that share more than there is");
  });
});

describe("predictions that are not there", () => {
  it("are named by the column, with the columns that are", async () => {
    await expect(readPredictions(fileOf(largeTable(1)), { columns: ["y_ture"] })).rejects.toThrow(
      'the predictions file cannot be read: it has no column "y_ture"; its columns are sample_id, text_id, y_true, y_pred, y_score, rounded',
    );
  });

  it("pass on why their bytes cannot be fetched", async () => {
    const cause = new Error("EIO: i/o error, read");
    const file = { byteLength: 100, slice: () => Promise.reject(cause) };
    await expect(readPredictions(file)).rejects.toMatchObject({
      code: "PREDICTIONS_NOT_READABLE",
      message: "the predictions file cannot be read: EIO: i/o error, read",
      cause,
    });
    const shrunk = { byteLength: 1000, slice: () => new ArrayBuffer(10) };
    await expect(readPredictions(shrunk)).rejects.toThrow("it ends before its length says so");
  });
});

/** What is read, or the TrackingError; anything else fails the test. */
async function read(bytes: Uint8Array) {
  try {
    return contents(await readPredictions(arrayBuffer(bytes)));
  } catch (error) {
    if (error instanceof TrackingError && error.code === "PREDICTIONS_NOT_READABLE") return error;
    throw error;
  }
}

function flipped(bits: readonly number[]): Uint8Array {
  const bytes = small.slice();
  for (const bit of bits) bytes[bit >>> 3]! ^= 1 << (bit & 7);
  return bytes;
}

function withFooterLength(length: number): Uint8Array {
  const bytes = small.slice();
  new DataView(bytes.buffer).setUint32(bytes.length - 8, length, true);
  return bytes;
}

function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer; // a Buffer may be a part of a larger one
}

/** A file of one required double column in one page, saying what it is told to. */
function crafted(claim: {
  rows: number;
  pageValues: number;
  uncompressed: number;
  body: Uint8Array;
  codec?: number;
  encoding?: number;
  optional?: boolean;
}) {
  const header = new ThriftWriter();
  header.struct(undefined, () => {
    header.i32(1, 0);
    header.i32(2, claim.uncompressed);
    header.i32(3, claim.body.length);
    header.i32(4, crc32(claim.body) | 0);
    header.struct(5, () => {
      header.i32(1, claim.pageValues);
      header.i32(2, claim.encoding ?? 0);
      header.i32(3, 3);
      header.i32(4, 3);
    });
  });
  const page = Buffer.concat([header.bytes, claim.body]);
  const footer = new ThriftWriter();
  footer.struct(undefined, () => {
    footer.i32(1, 2);
    footer.list(2, thriftType.struct, ["schema", "y_true"], (name) =>
      footer.struct(undefined, () => {
        if (name === "y_true") footer.i32(1, 5);
        if (name === "y_true") footer.i32(3, claim.optional ? 1 : 0);
        footer.binary(4, name);
        if (name === "schema") footer.i32(5, 1);
      }),
    );
    footer.i64(3, claim.rows);
    footer.list(4, thriftType.struct, [0], () =>
      footer.struct(undefined, () => {
        footer.list(1, thriftType.struct, [0], () =>
          footer.struct(undefined, () =>
            footer.struct(3, () => {
              footer.i32(1, 5);
              footer.list(3, thriftType.binary, ["y_true"], (name) => footer.element(name));
              footer.i32(4, claim.codec ?? 0);
              footer.i64(5, claim.rows);
              footer.i64(7, page.length);
              footer.i64(9, 4);
            }),
          ),
        );
        footer.i64(3, claim.rows);
      }),
    );
  });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.bytes.length);
  return Buffer.concat([Buffer.from("PAR1"), page, footer.bytes, length, Buffer.from("PAR1")]);
}

function fromHex(digits: string): Buffer {
  return Buffer.from(digits, "hex");
}
