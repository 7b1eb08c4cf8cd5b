import { UnreadableFile } from "../predictions/read/unreadable-file.js";

/** A file that holds another number of rows than it says. */
export function wrongRows(read: number, claimed: number): UnreadableFile {
  return new UnreadableFile(`it has ${read} rows, but claims ${claimed}`);
}

/** A row without a value in a column that needs one. */
export function noValue(column: string, row: number): UnreadableFile {
  return new UnreadableFile(
    `its column ${column} has no value in row ${row + 1} (the first is 1)`,
    "every sample needs a value: fill it in, or leave the row out",
  );
}
