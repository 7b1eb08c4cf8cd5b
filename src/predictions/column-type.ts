import type { SchemaTree } from "hyparquet";
import type { PredictionColumn } from "./prediction-table.js";
import { UnreadableFile } from "./read/unreadable-file.js";

/**
 * What a column of a Parquet file is read as. @throws UnreadableFile where it can be no label, score or
 * sample id
 */
export function columnType({ element, children }: SchemaTree): PredictionColumn["type"] {
  const { name, type, converted_type: converted, logical_type: logical } = element;
  if (children.length > 0 || element.repetition_type === "REPEATED") {
    throw new UnreadableFile(
      `its column ${JSON.stringify(name)} is nested`,
      "predictions are one plain table, a row a sample: ask for other columns",
    );
  }
  if (element.repetition_type === undefined)
    throw new UnreadableFile(
      `its footer does not say whether the column ${JSON.stringify(name)} may lack values`,
    );
  switch (type) {
    case "BOOLEAN":
      return "boolean";
    case "FLOAT":
    case "DOUBLE":
      return "double";
    case "INT32":
    case "INT64":
      if (logical ? logical.type === "INTEGER" : !converted || /^U?INT_/.test(converted)) return "integer";
      break;
    case "BYTE_ARRAY":
      if (
        converted === "UTF8" ||
        converted === "ENUM" ||
        logical?.type === "STRING" ||
        logical?.type === "ENUM"
      )
        return "string";
      break;
    case "FIXED_LEN_BYTE_ARRAY":
      if (logical?.type === "FLOAT16" && element.type_length === 2) return "double";
      break;
    default:
  }
  throw new UnreadableFile(
    `its column ${JSON.stringify(name)} holds neither strings, integers, booleans nor floating-point numbers, but ${logical?.type ?? converted ?? type ?? "nothing known"}`,
    "write it as one of these; a time as text, for example",
  );
}
