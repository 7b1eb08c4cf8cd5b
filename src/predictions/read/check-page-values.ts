import type { PageHeader, SchemaElement } from "hyparquet";
import type { Hyparquet } from "./load-hyparquet.js";
import { UnreadableFile } from "./unreadable-file.js";

/**
 * Refuses the values of a data page that would keep the decoder from coming to an end, or make it allocate
 * without one: it trusts the lengths that it finds among them, so that one flipped bit can become two
 * thousand million values.
 *
 * @param body the page without compression; in version 2, without its levels
 */
export function checkPageValues(
  header: PageHeader,
  body: Uint8Array,
  element: SchemaElement,
  deltaBinaryUnpack: Hyparquet["deltaBinaryUnpack"],
): void {
  const page = header.type === "DATA_PAGE" ? header.data_page_header : header.data_page_header_v2;
  if (!page || header.type === "DICTIONARY_PAGE") return;
  const count = page.num_values;
  let values = body;
  if (header.type === "DATA_PAGE" && element.repetition_type !== "REQUIRED") {
    checkRuns(body.subarray(4), 1, count);
    values = body.subarray(4 + viewOf(body).getUint32(0, true));
  }
  switch (page.encoding) {
    case "PLAIN_DICTIONARY":
    case "RLE_DICTIONARY":
      checkRuns(values.subarray(1), values[0] ?? 0, count);
      break;
    case "RLE":
      checkRuns(values.subarray(4), 1, count);
      break;
    case "DELTA_BINARY_PACKED":
    case "DELTA_LENGTH_BYTE_ARRAY":
      checkDelta(values, count);
      break;
    case "DELTA_BYTE_ARRAY":
      checkPrefixes(values, count, deltaBinaryUnpack);
      break;
    default:
  }
}

/**
 * Refuses runs of more values than there are to be, in the hybrid of run lengths and bit packing.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
 */
export function checkRuns(bytes: Uint8Array, bitWidth: number, count: number): void {
  if (bitWidth > 32) throw new UnreadableFile(`it has codes of ${bitWidth} bits where 32 are the most`);
  let seen = 0;
  let at = 0;
  while (seen < count && at < bytes.length) {
    const header = varint(bytes, at);
    const length = header.value >>> 1;
    const packed = (header.value & 1) === 1;
    seen += packed ? length * 8 : length;
    at = header.next + (packed ? Math.max(length * bitWidth, 1) : (bitWidth + 7) >>> 3);
    // Packed values come in groups of eight, and some writers fill up many of them.
    if (seen > count + (packed ? 512 : 0) || (packed && length === 0))
      throw new UnreadableFile(`a page of it has a run of ${length} where ${count} values are all`);
  }
}

/**
 * The number of values of a delta encoding, at most `count`.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/#DELTAENC
 */
function checkDelta(bytes: Uint8Array, count: number): number {
  const blockSize = varint(bytes, 0);
  const blocks = varint(bytes, blockSize.next);
  const total = varint(bytes, blocks.next).value;
  const perBlock = blockSize.value / blocks.value;
  if (!(perBlock >= 8 && perBlock % 8 === 0 && blockSize.value <= 2 ** 20 && total <= count))
    throw new UnreadableFile(`a page of it has ${total} differences in blocks of ${perBlock}`);
  return total;
}

/** Refuses strings that share more with the one before them than it has, or that together take a gigabyte. */
function checkPrefixes(
  bytes: Uint8Array,
  count: number,
  deltaBinaryUnpack: Hyparquet["deltaBinaryUnpack"],
): void {
  const reader = { view: viewOf(bytes), offset: 0 };
  const [prefixes, suffixes] = [0, 1].map(() => {
    const lengths = new Int32Array(checkDelta(bytes.subarray(reader.offset), count));
    deltaBinaryUnpack(reader, lengths.length, lengths);
    return lengths;
  }) as [Int32Array, Int32Array];
  let length = 0;
  let total = 0;
  for (const [i, prefix] of prefixes.entries()) {
    const shared = prefix >= 0 && prefix <= length;
    length = prefix + (suffixes[i] ?? -1);
    total += length;
    if (!shared || length < prefix || total > 2 ** 30)
      throw new UnreadableFile("a page of it has strings that share more than there is");
  }
}

/** An unsigned LEB128 number below 2^31. */
function varint(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start, scale = 1; at < start + 5; at++, scale *= 0x80) {
    const byte = bytes[at] ?? Number.NaN;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80 && value < 2 ** 31) return { value, next: at + 1 };
  }
  throw new UnreadableFile("a page of it ends too early, or has a number of more than 31 bits");
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
