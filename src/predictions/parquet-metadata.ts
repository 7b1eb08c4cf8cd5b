import { convertedType, magic, physicalType } from "./parquet-constants.js";
import {
  numberField,
  optionalNumber,
  structField,
  structsField,
  type ThriftReader,
  type ThriftStruct,
  textField,
} from "./thrift-reader.js";
import { UnreadableFile } from "./unreadable-file.js";

/** What the footer says of a file whose columns are not nested. */
export interface FileMetadata {
  rows: number;
  columns: ColumnSchema[];
  rowGroups: { rows: number; chunks: ChunkMetadata[] }[];
  metadata: Record<string, string>;
}

export interface ColumnSchema {
  name: string;
  physical: number;
  /** Whether each page says which of its values are missing. */
  optional: boolean;
  /** "string" is UTF-8; an unsigned integer is read as one; undefined: a type that this reader has no column type for. */
  type: "string" | "integer" | "unsigned" | "boolean" | "double" | undefined;
}

/** One column of one row group. */
export interface ChunkMetadata {
  codec: number;
  offset: number;
  compressedSize: number;
}

/**
 * Checks that the pieces fit together and into the file, so that nothing is allocated for what a damaged or hostile file merely claims.
 * @param dataEnd the file's length without its footer
 */
export function fileMetadata(reader: ThriftReader, dataEnd: number): FileMetadata {
  const file = reader.struct();
  const [root, ...elements] = structsField(file, 2, "schema");
  const columns = elements.map((element) => columnSchema(element));
  if (!root || optionalNumber(root, 5) !== columns.length || columns.length === 0) {
    throw new UnreadableFile("its columns are nested, or it has none", plainTable);
  }
  if (new Set(columns.map(({ name }) => name)).size < columns.length) {
    throw new UnreadableFile("two of its columns have the same name");
  }
  const rowGroups = structsField(file, 4, "row groups").map((group) => rowGroup(group, columns, dataEnd));
  const rows = numberField(file, 3, "number of rows");
  const total = rowGroups.reduce((sum, group) => sum + group.rows, 0);
  if (rows !== total) throw new UnreadableFile(`it claims ${rows} rows, but its row groups ${total}`);
  const pairs = file.has(5) ? structsField(file, 5, "key-value metadata") : [];
  return {
    rows,
    columns,
    rowGroups,
    metadata: Object.fromEntries(
      pairs.map((pair) => [
        textField(pair, 1, "metadata key"),
        pair.has(2) ? textField(pair, 2, "metadata value") : "",
      ]),
    ),
  };
}

const plainTable = "predictions are one plain table, a row a sample";

function columnSchema(element: ThriftStruct): ColumnSchema {
  if (optionalNumber(element, 5)) throw new UnreadableFile("its columns are nested", plainTable);
  const name = textField(element, 4, "column name");
  const repetition = optionalNumber(element, 3) ?? 0;
  if (repetition !== 0 && repetition !== 1) {
    throw new UnreadableFile(`its column ${JSON.stringify(name)} holds lists`, plainTable);
  }
  const physical = numberField(element, 1, `type of the column ${JSON.stringify(name)}`);
  return { name, physical, optional: repetition === 1, type: columnType(element, physical) };
}

/** By ConvertedType and LogicalType of parquet.thrift: what else is stored in these physical types, as times are, has no column type. */
function columnType(element: ThriftStruct, physical: number): ColumnSchema["type"] {
  const converted = optionalNumber(element, 6);
  const logical = element.has(10) ? structField(element, 10, "logical type") : new Map<number, never>();
  const [logicalType] = logical.keys();
  switch (physical) {
    case physicalType.boolean:
      return "boolean";
    case physicalType.double:
    case physicalType.float:
      return "double";
    case physicalType.string:
      // Text, or an ENUM, which is 4 in both lists; anything else is bytes.
      return converted === convertedType.utf8 || converted === 4 || logicalType === 1 || logicalType === 4
        ? "string"
        : undefined;
    case physicalType.int32:
    case physicalType.integer:
      if (logicalType === undefined) return converted === undefined ? "integer" : integerType(converted);
      if (logicalType !== 10) return undefined;
      return structField(logical, 10, "integer type").get(2) === false ? "unsigned" : "integer";
    default:
      return undefined;
  }
}

/** UINT_8 .. UINT_64 are 11 to 14, INT_8 .. INT_64 15 to 18. */
function integerType(converted: number): ColumnSchema["type"] {
  if (converted < 11 || converted > 18) return undefined;
  return converted <= 14 ? "unsigned" : "integer";
}

function rowGroup(group: ThriftStruct, columns: readonly ColumnSchema[], dataEnd: number) {
  const rows = numberField(group, 3, "number of rows of a row group");
  const chunks = structsField(group, 1, "columns of a row group");
  if (rows < 0 || chunks.length !== columns.length)
    throw new UnreadableFile("a row group does not fit its schema");
  return {
    rows,
    chunks: chunks.map((chunk, i) => {
      const { name, physical } = columns[i]!;
      const fields = structField(chunk, 3, `metadata of the column ${JSON.stringify(name)}`);
      const path = fields.get(3);
      const dataOffset = numberField(fields, 9, "offset of a column");
      const dictionaryOffset = optionalNumber(fields, 11) || dataOffset; // some writers say 0 where there is none
      const offset = Math.min(dictionaryOffset, dataOffset);
      const compressedSize = numberField(fields, 7, "size of a column");
      if (
        numberField(fields, 1, "type of a column") !== physical ||
        numberField(fields, 5, "number of values of a column") !== rows ||
        !Array.isArray(path) ||
        path.length !== 1
      ) {
        throw new UnreadableFile(`the column ${JSON.stringify(name)} of a row group does not fit its schema`);
      }
      if (offset < magic.length || compressedSize < 0 || offset + compressedSize > dataEnd) {
        throw new UnreadableFile(
          `the column ${JSON.stringify(name)} claims to lie beyond the end of the file`,
        );
      }
      return { codec: numberField(fields, 4, "codec of a column"), offset, compressedSize };
    }),
  };
}
