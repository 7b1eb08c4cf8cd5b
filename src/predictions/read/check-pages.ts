import { crc32 } from "node:zlib";
import type { PageHeader, SchemaElement } from "hyparquet";
import { checkPageValues, checkRuns } from "./check-page-values.js";
import type { Hyparquet } from "./load-hyparquet.js";
import type { ColumnChunk } from "./open-parquet.js";
import { UnreadableFile } from "./unreadable-file.js";

/**
 * Walks the pages of a column chunk up to row `to` and refuses those that claim what cannot be, before
 * anything is decoded or allocated for them: sizes beyond the chunk, more values than rows, a wrong checksum
 * where the writer left one.
 *
 * @returns the header of each page by where its body ends
 */
export function checkPages(
  bytes: ArrayBuffer,
  { rows, metadata }: ColumnChunk,
  element: SchemaElement,
  to: number,
  { parquetHeader, deltaBinaryUnpack }: Hyparquet,
): Map<number, PageHeader> {
  const pages = new Map<number, PageHeader>();
  let hasDictionary = false;
  let position = 0;
  for (let row = 0; row < to; ) {
    if (position >= bytes.byteLength)
      throw new UnreadableFile(
        `its column ${JSON.stringify(element.name)} has ${row} values for ${rows} rows`,
      );
    const room = Math.min(longestHeader, bytes.byteLength - position);
    const reader = { view: new DataView(bytes, position, room), offset: 0 };
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    const start = position + reader.offset;
    if (!(size >= 0 && size <= bytes.byteLength - start))
      throw new UnreadableFile(`a page of it claims ${size} bytes, more than there are`);
    const body = new Uint8Array(bytes, start, size);
    if (header.crc !== undefined && header.crc >>> 0 !== crc32(body))
      throw new UnreadableFile("the checksum of a page of it is wrong");
    row += valuesOf(header, rows - row);
    if (header.type === "DICTIONARY_PAGE") hasDictionary = true;
    else refuseEncoding(header, element, hasDictionary);
    position = start + size;
    pages.set(position, header);

    const version2 = header.data_page_header_v2;
    let values = body;
    if (header.type === "DATA_PAGE_V2" && version2) {
      values = body.subarray(levelBytes(header));
      if (element.repetition_type !== "REQUIRED")
        checkRuns(body.subarray(version2.repetition_levels_byte_length), 1, version2.num_values);
    }
    if (metadata.codec === "UNCOMPRESSED" || (header.type === "DATA_PAGE_V2" && !version2?.is_compressed))
      checkPageValues(header, values, element, deltaBinaryUnpack);
  }
  return pages;
}

/** The statistics in it are the largest part. */
const longestHeader = 2 ** 16;
/** No page is larger in earnest: writers aim at a megabyte. */
const largestPage = 2 ** 30;
/** A JavaScript array of more elements is a hash table. */
const mostValues = 2 ** 25;

/** How many rows a page has, at most `rows`; a dictionary none. */
function valuesOf(header: PageHeader, rows: number): number {
  const size = header.uncompressed_page_size;
  if (!(size >= 0 && size <= largestPage)) throw new UnreadableFile(`a page of it claims ${size} bytes`);
  const values = pageOf(header)?.num_values;
  const isDictionary = header.type === "DICTIONARY_PAGE";
  const most = isDictionary ? size : rows;
  if (values === undefined || !(values >= 0 && values <= most))
    throw new UnreadableFile(
      `a page of it claims ${values} values of ${size} bytes where there can be ${most}`,
    );
  if (values > mostValues)
    throw new UnreadableFile(
      `a page of it has ${values} values, more than ${mostValues}`,
      "write it in smaller row groups",
    );
  return isDictionary ? 0 : values;
}

/** Where codes have no dictionary, the decoder would take them for the values. */
function refuseEncoding(header: PageHeader, { name, type }: SchemaElement, hasDictionary: boolean): void {
  const encoding = pageOf(header)?.encoding;
  const isDecodable =
    encoding === "RLE" ? type === "BOOLEAN" : hasDictionary || !encoding?.endsWith("DICTIONARY");
  if (!isDecodable)
    throw new UnreadableFile(`its column ${JSON.stringify(name)} has codes without a dictionary`);
}

function pageOf(header: PageHeader) {
  if (header.type === "DATA_PAGE") return header.data_page_header;
  if (header.type === "DATA_PAGE_V2") return header.data_page_header_v2;
  if (header.type === "DICTIONARY_PAGE") return header.dictionary_page_header;
  throw new UnreadableFile("it has a page of an unknown type");
}

/** How many bytes of a page of version 2 come before its values. */
function levelBytes(header: PageHeader): number {
  const page = header.data_page_header_v2!;
  const { definition_levels_byte_length: definition, repetition_levels_byte_length: repetition } = page;
  const fits =
    definition >= 0 &&
    repetition >= 0 &&
    definition + repetition <= Math.min(header.compressed_page_size, header.uncompressed_page_size) &&
    page.num_rows === page.num_values &&
    page.num_nulls >= 0 &&
    page.num_nulls <= page.num_values;
  if (!fits) throw new UnreadableFile("a page of it has sizes that do not fit together");
  return definition + repetition;
}
