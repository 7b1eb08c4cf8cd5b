import type { ColumnMetaData, FileMetaData, SchemaTree } from "hyparquet";
import { columnNames } from "../feature-columns.js";
import { magic } from "../write/parquet-constants.js";
import type { ByteRanges } from "./byte-ranges.js";
import { loadHyparquet } from "./load-hyparquet.js";
import { UnreadableFile } from "./unreadable-file.js";

export interface ParquetFile {
  rows: number;
  /** Those at the top of the schema; a nested one has children. */
  columns: readonly SchemaTree[];
  /** What each column is called: as in the file, but features as the user named them. */
  names: readonly string[];
  metadata: Record<string, string>;
  /** The part of a column that is in each row group, those without rows included. */
  chunks(column: SchemaTree): ColumnChunk[];
  read(start: number, end: number): Promise<ArrayBuffer>;
}

export interface ColumnChunk {
  rows: number;
  offset: number;
  size: number;
  metadata: ColumnMetaData;
}

/**
 * Reads the footer, and with it whatever else lies in the last half megabyte: all of a small file.
 * @param tailSize how much to read first, less where the footer alone is wanted
 */
export async function openParquet(file: ByteRanges, tailSize: number = 2 ** 19): Promise<ParquetFile> {
  const length = file.byteLength;
  const trailer = magic.length + 4;
  if (length < magic.length + trailer)
    throw new UnreadableFile(length === 0 ? "it is empty" : `it has ${length} bytes only`);
  const tailStart = Math.max(0, length - tailSize);
  const tail = await readRange(file, tailStart, length);
  const read = async (start: number, end: number) =>
    start >= tailStart ? tail.slice(start - tailStart, end - tailStart) : readRange(file, start, end);

  const view = new DataView(tail, tail.byteLength - trailer);
  if (new TextDecoder("latin1").decode(tail.slice(-magic.length)) !== magic)
    throw new UnreadableFile("it does not end as a Parquet file");
  const footerLength = view.getUint32(0, true);
  const footerStart = length - trailer - footerLength;
  if (footerStart < magic.length) throw new UnreadableFile(`it claims a footer of ${footerLength} bytes`);

  const bytes = await read(footerStart, length);
  const { parquetMetadata, parquetSchema } = await loadHyparquet();
  try {
    const footer = parquetMetadata(bytes, { geoparquet: false });
    return { ...contents(footer, parquetSchema(footer).children, footerStart), read };
  } catch (cause) {
    throw UnreadableFile.from(cause, "its footer");
  }
}

async function readRange(file: ByteRanges, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = await file.slice(start, end);
  if (bytes.byteLength !== end - start) throw new UnreadableFile("it ends before its length says so");
  return bytes;
}

/** @param dataEnd the file's length without its footer */
function contents(
  footer: FileMetaData,
  columns: readonly SchemaTree[],
  dataEnd: number,
): Omit<ParquetFile, "read"> {
  const names = new Set(columns.map(({ element }) => element.name));
  if (names.size < columns.length) throw new UnreadableFile("two of its columns have the same name");
  const rows = whole(footer.num_rows, "number of rows");
  const groups = footer.row_groups.map((group) => ({
    rows: whole(group.num_rows, "number of rows of a row group"),
    columns: group.columns,
  }));
  const metadata = Object.fromEntries(
    (footer.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ""]),
  );
  const total = groups.reduce((sum, group) => sum + group.rows, 0);
  if (rows !== total) throw new UnreadableFile(`it claims ${rows} rows, but its row groups ${total}`);
  return {
    rows,
    columns,
    names: columnNames([...names], metadata),
    metadata,
    chunks: ({ element }) =>
      groups.map((group) => {
        const found = group.columns.filter(({ meta_data }) => meta_data?.path_in_schema[0] === element.name);
        const chunk = found.length === 1 ? found[0] : undefined;
        const ofChunk = chunk?.meta_data;
        const name = JSON.stringify(element.name);
        if (!ofChunk || chunk.file_path !== undefined || ofChunk.type !== element.type) {
          throw new UnreadableFile(`the column ${name} of a row group does not fit its schema`);
        }
        return columnChunk(ofChunk, name, group.rows, dataEnd);
      }),
  };
}

/** Equal rows take next to no room, but not none. */
const mostRowsPerByte = 2 ** 18;

function columnChunk(metadata: ColumnMetaData, name: string, rows: number, dataEnd: number): ColumnChunk {
  const values = whole(metadata.num_values, "number of values of a column");
  const size = whole(metadata.total_compressed_size, "size of a column");
  const dataOffset = whole(metadata.data_page_offset, "offset of a column");
  // Some writers give 0 where there is no dictionary.
  const dictionaryOffset =
    whole(metadata.dictionary_page_offset ?? 0, "offset of a dictionary") || dataOffset;
  const offset = Math.min(dictionaryOffset, dataOffset);
  if (offset < magic.length || offset + size > dataEnd)
    throw new UnreadableFile(`its column ${name} claims to lie beyond the end of the file`);
  if (values !== rows || rows > size * mostRowsPerByte)
    throw new UnreadableFile(`its column ${name} claims ${values} values in ${size} bytes, for ${rows} rows`);
  return { rows, offset, size, metadata };
}

/** A size or a count; a damaged footer may have anything in its place. */
function whole(value: unknown, what: string): number {
  const number = Number(value);
  if ((typeof value === "bigint" || typeof value === "number") && Number.isSafeInteger(number) && number >= 0)
    return number;
  throw new UnreadableFile(`its footer gives ${String(value)} as the ${what}`);
}
