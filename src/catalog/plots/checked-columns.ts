import { open } from "node:fs/promises";
import { crc32 } from "node:zlib";

import { pageType } from "../../predictions/parquet-constants.js";
import { numberField, optionalNumber, structField, ThriftReader } from "../../predictions/thrift-reader.js";
import { UnreadableFile } from "../../predictions/unreadable-file.js";
import { notReadable } from "./not-readable.js";
import { type Predictions, readBytes } from "./open-predictions.js";

/**
 * Checks the pages of some columns once an opening: DuckDB reads a damaged page without a look at its checksum, and then answers
 * with wrong numbers. Also that the pages hold as many values as there are rows, before anything is allocated for them.
 * @throws TrackingError PREDICTIONS_NOT_READABLE
 */
export async function checkColumns(
  predictions: Predictions,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const name of names) {
    await predictions.cache.get(
      `${predictions.id}\0checked\0${name}`,
      async (giveUp) => {
        await checkColumn(predictions, name, giveUp);
        return { bytes: 64 };
      },
      signal,
    );
  }
}

async function checkColumn(predictions: Predictions, name: string, signal: AbortSignal): Promise<void> {
  const { columns, rowGroups } = predictions.footer;
  const index = columns.findIndex((column) => column.name === name);
  try {
    const file = await open(predictions.path, "r");
    try {
      for (const { rows, chunks } of rowGroups) {
        signal.throwIfAborted();
        const { offset, compressedSize } = chunks[index]!;
        checkPages(await readBytes(file, offset, compressedSize), name, rows);
      }
    } finally {
      await file.close();
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw notReadable(predictions.name, cause);
  }
}

function checkPages(chunk: Uint8Array, column: string, rows: number): void {
  const reader = new ThriftReader(chunk);
  let seen = 0;
  while (seen < rows) {
    const header = reader.struct();
    const body = reader.take(numberField(header, 3, "size of a page"));
    const sum = optionalNumber(header, 4);
    if (sum !== undefined && sum >>> 0 !== crc32(body)) {
      throw new UnreadableFile("the checksum of a page of it is wrong");
    }
    // No codec makes more than this of a byte where the values differ; where they do not, pages are small.
    const unpacked = numberField(header, 2, "uncompressed size of a page");
    if (unpacked < 0 || unpacked > 2 ** 20 + 4096 * body.length || unpacked > 2 ** 30) {
      throw new UnreadableFile("a page of it claims to be larger than it can be");
    }
    const type = numberField(header, 1, "type of a page");
    if (type !== pageType.data && type !== pageType.dataV2) continue;
    const fields = structField(header, type === pageType.data ? 5 : 8, "data page header");
    const values = numberField(fields, 1, "number of values of a page");
    if (values < 0 || values > rows - seen) {
      throw new UnreadableFile(`its column ${JSON.stringify(column)} has more values than rows`);
    }
    seen += values;
  }
}
