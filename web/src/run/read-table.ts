/** The beginning of a table: as it would be read aloud. */
export interface PreviewTable {
  columns: string[];
  rows: string[][];
  /** Rows of the whole file; undefined where only its beginning was read. */
  total: number | undefined;
}

const mostRows = 100;
const mostColumns = 50;

/** @returns undefined where the file is none that can be read */
export async function readTable(
  kind: "csv" | "tsv" | "parquet",
  bytes: ArrayBuffer,
): Promise<PreviewTable | undefined> {
  try {
    return kind === "parquet" ? await readParquet(bytes) : await readDelimited(kind, bytes);
  } catch {
    return undefined;
  }
}

async function readDelimited(kind: "csv" | "tsv", bytes: ArrayBuffer): Promise<PreviewTable> {
  const { dsvFormat } = await import("d3-dsv");
  const text = new TextDecoder().decode(bytes);
  const [header = [], ...rows] = dsvFormat(kind === "csv" ? "," : "\t").parseRows(text);
  return {
    columns: header.slice(0, mostColumns),
    rows: rows.slice(0, mostRows).map((row) => row.slice(0, mostColumns)),
    total: rows.length,
  };
}

async function readParquet(bytes: ArrayBuffer): Promise<PreviewTable> {
  const { parquetMetadata, parquetReadObjects } = await import("hyparquet");
  const { num_rows: count } = parquetMetadata(bytes);
  const total = Number(count);
  const found = await parquetReadObjects({ file: bytes, rowStart: 0, rowEnd: Math.min(mostRows, total) });
  const columns = Object.keys(found[0] ?? {}).slice(0, mostColumns);
  const rows = found.map((row) => columns.map((name) => shown(row[name])));
  return { columns, rows, total };
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") {
    return JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? String(item) : item));
  }
  return typeof value === "string" ? value : `${value as number | bigint | boolean}`;
}
