import cars from "./data/cars.json" with { type: "json" };
import penguins from "./data/penguins.json" with { type: "json" };

/** A row of a data set, by column name; `row` is its number in the original file. */
export type DataRow = Record<string, string | number>;

/**
 * A data set that comes with ml-tracking; data/README.md says where it is from, and which rows are left out.
 */
export interface DemoData {
  uri: string;
  rows: DataRow[];
}

const origin = "https://cdn.jsdelivr.net/npm/vega-datasets@3.2.1/data";

/** 333 penguins of three species, with the measures of their body and their sex. */
export function penguinData(): DemoData {
  return { uri: `${origin}/penguins.json`, rows: asRecords(penguins) };
}

/** 392 cars of the years 1970 to 1982, with how many miles they go on a gallon. */
export function carData(): DemoData {
  return { uri: `${origin}/cars.json`, rows: asRecords(cars) };
}

function asRecords(table: { columns: string[]; rows: (string | number)[][] }): DataRow[] {
  return table.rows.map((row) =>
    Object.fromEntries(row.map((value, index) => [table.columns[index] ?? "", value])),
  );
}

/** The values of one column of text. */
export function texts(rows: readonly DataRow[], column: string): string[] {
  return rows.map((row) => String(row[column]));
}

/** The values of one column of numbers. */
export function numbers(rows: readonly DataRow[], column: string): number[] {
  return rows.map((row) => Number(row[column]));
}

/**
 * Every column but the row's number and what is predicted, to judge the model by: also those that it is not
 * given.
 */
export function sampleFeatures(
  rows: readonly DataRow[],
  target: string,
): Record<string, (string | number)[]> {
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== "row" && column !== target);
  return Object.fromEntries(columns.map((column) => [column, rows.map((row) => row[column] ?? "")]));
}

/**
 * What a model is given of each row: the numbers of its columns; a column of text becomes one column of 0 and
 * 1 a value.
 * @example features([{ mass: 2, sex: "F" }, { mass: 3, sex: "M" }], ["mass", "sex"]) // [[2, 1, 0], [3, 0, 1]]
 */
export function features(rows: readonly DataRow[], columns: readonly string[]): number[][] {
  const encoders = columns.map((column) => {
    if (typeof rows[0]?.[column] === "number") return (row: DataRow) => [Number(row[column])];
    const values = [...new Set(texts(rows, column))].sort();
    return (row: DataRow) => values.map((value) => (row[column] === value ? 1 : 0));
  });
  return rows.map((row) => encoders.flatMap((encode) => encode(row)));
}
