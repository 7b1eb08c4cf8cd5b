import type { DataReader, DecodedArray, PageHeader, SchemaElement } from "hyparquet";
import type { Hyparquet } from "./load-hyparquet.js";

/** Values of a column, the first of which belongs to row `start` of the row group. */
export interface Piece {
  start: number;
  /** The values, or where there is a dictionary, each one's place in it. */
  values: DecodedArray;
  dictionary?: DecodedArray;
}

export interface DensePieces {
  /** The first row that is wanted: pages before it are left out. */
  from: number;
  /** The header of each page by where its body ends, checked. */
  pages: ReadonlyMap<number, PageHeader>;
  element: SchemaElement;
  decompress: (body: Uint8Array, header: PageHeader) => Uint8Array;
  /** Makes a text of a string's bytes. */
  text: (bytes: Uint8Array) => string;
  hyparquet: Hyparquet;
}

/**
 * The values of a column chunk page by page, where no value is missing and all are doubles one after the other or places in a dictionary: what
 * this project writes, and most other writers. That takes a tenth of the time of decoding value by value.
 * @returns undefined for any other page
 */
export function densePieces(
  bytes: ArrayBuffer,
  { from, pages, element, decompress, text, hyparquet }: DensePieces,
): Piece[] | undefined {
  const { type, logical_type: logical, converted_type: converted } = element;
  const isPlainInteger = type === "INT64" && logical === undefined && converted === undefined;
  if (type !== "DOUBLE" && type !== "BYTE_ARRAY" && !isPlainInteger) return undefined;
  const pieces: Piece[] = [];
  let dictionary: DecodedArray | undefined;
  let start = 0;
  for (const [end, header] of pages) {
    const { compressed_page_size: size, dictionary_page_header: ofDictionary } = header;
    const page = header.data_page_header;
    const isDense = page?.encoding === "PLAIN" ? type === "DOUBLE" : page?.encoding.endsWith("_DICTIONARY");
    if (!ofDictionary && !isDense) return undefined;
    if (page && start + page.num_values <= from) {
      start += page.num_values;
      continue;
    }
    const body = decompress(new Uint8Array(bytes, end - size, size), header);
    if (body.length !== header.uncompressed_page_size) return undefined;
    const reader = { view: new DataView(body.buffer, body.byteOffset, body.byteLength), offset: 0 };
    if (ofDictionary) {
      const entries = hyparquet.readPlain(reader, type, ofDictionary.num_values, undefined);
      dictionary = type === "BYTE_ARRAY" ? Array.from(entries as Uint8Array[], text) : entries;
      continue;
    }
    const { num_values: count, encoding } = page!;
    if (element.repetition_type !== "REQUIRED" && !skipLevelsOfNoneMissing(reader, count)) return undefined;
    if (encoding === "PLAIN") {
      pieces.push({ start, values: hyparquet.readPlain(reader, type, count, undefined) });
    } else {
      if (!dictionary) return undefined;
      pieces.push({ start, values: readCodes(reader, count, hyparquet), dictionary });
    }
    start += count;
  }
  return pieces;
}

/** Goes past the definition levels of a page where they are a single run that says that every value is there. */
function skipLevelsOfNoneMissing(reader: DataReader, count: number): boolean {
  const { view } = reader;
  const end = 4 + view.getUint32(0, true);
  let header = 0;
  let at = 4;
  for (let scale = 1; at < end; scale *= 0x80) {
    const byte = view.getUint8(at++);
    header += (byte & 0x7f) * scale;
    if (byte < 0x80) break;
  }
  reader.offset = end;
  return header % 2 === 0 && header / 2 >= count && at < end && view.getUint8(at) === 1;
}

function readCodes(reader: DataReader, count: number, { readRleBitPackedHybrid }: Hyparquet): Int32Array {
  const codes = new Int32Array(count);
  const bitWidth = reader.view.getUint8(reader.offset++);
  // A dictionary of one entry takes no bits.
  if (bitWidth > 0) readRleBitPackedHybrid(reader, bitWidth, codes, reader.view.byteLength - reader.offset);
  return codes;
}
