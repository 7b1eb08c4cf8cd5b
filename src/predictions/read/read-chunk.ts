import type { Compressors, PageHeader, SchemaElement } from "hyparquet";
import { checkPageValues } from "./check-page-values.js";
import { checkPages } from "./check-pages.js";
import { densePieces, type Piece } from "./dense-pieces.js";
import { loadHyparquet } from "./load-hyparquet.js";
import type { ColumnChunk } from "./open-parquet.js";
import { UnreadableFile } from "./unreadable-file.js";

/**
 * Decodes one column of one row group: at least its rows `from` up to `to`. A missing value is null.
 * @throws UnreadableFile
 */
export async function readChunk(
  bytes: ArrayBuffer,
  chunk: ColumnChunk,
  element: SchemaElement,
  from: number,
  to: number,
): Promise<Piece[]> {
  const hyparquet = await loadHyparquet();
  const { codec } = chunk.metadata;
  const decompress = hyparquet.compressors[codec as keyof typeof hyparquet.compressors];
  if (codec !== "UNCOMPRESSED" && !decompress) {
    throw new UnreadableFile(
      `it is compressed with ${codec ?? "an unknown codec"}`,
      "write it with Snappy, the default of pandas",
    );
  }
  try {
    const pages = checkPages(bytes, chunk, element, to, hyparquet);
    const checkedBody = (input: Uint8Array, length: number, header: PageHeader | undefined) => {
      const body = decompress!(input, length);
      if (header) checkPageValues(header, body, element, hyparquet.deltaBinaryUnpack);
      return body;
    };
    const text = stringDecoder();
    const dense = densePieces(bytes, {
      from,
      pages,
      element,
      decompress: (input, header) =>
        codec === "UNCOMPRESSED" ? input : checkedBody(input, header.uncompressed_page_size, header),
      text,
      hyparquet,
    });
    if (dense) return dense;
    const compressors: Compressors = {
      [codec]: (input: Uint8Array, length: number) =>
        checkedBody(input, length, pages.get(input.byteOffset + input.byteLength)),
    };
    const pieces: Piece[] = [];
    await hyparquet.parquetRead({
      // A file of this column chunk and nothing else.
      file: { byteLength: bytes.byteLength, slice: () => bytes },
      metadata: {
        version: 2,
        schema: [{ name: "schema", num_children: 1 }, element],
        num_rows: BigInt(chunk.rows),
        row_groups: [rowGroup(bytes, chunk, element)],
        metadata_length: 0,
      },
      columns: [element.name],
      rowStart: from,
      rowEnd: to,
      compressors,
      parsers: { stringFromBytes: text },
      onChunk: ({ columnData, rowStart }) => pieces.push({ start: rowStart, values: columnData }),
    });
    return pieces;
  } catch (cause) {
    throw UnreadableFile.from(cause, `its column ${JSON.stringify(element.name)}`);
  }
}

function rowGroup(bytes: ArrayBuffer, { rows, metadata }: ColumnChunk, { name }: SchemaElement) {
  const { dictionary_page_offset: _, statistics: __, ...rest } = metadata;
  const size = BigInt(bytes.byteLength);
  const meta_data = { ...rest, path_in_schema: [name], data_page_offset: 0n, total_compressed_size: size };
  return { columns: [{ file_offset: 0n, meta_data }], total_byte_size: size, num_rows: BigInt(rows) };
}

/** Unlike TextDecoder it keeps a byte order mark, and is quick with short strings. */
function stringDecoder(): (bytes: Uint8Array) => string {
  let page: Buffer = Buffer.alloc(0);
  return (bytes) => {
    if (page.buffer !== bytes.buffer) page = Buffer.from(bytes.buffer);
    const text = page.toString("utf8", bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    if (text.includes("\ufffd")) new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text;
  };
}
