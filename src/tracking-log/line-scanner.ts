import { idValue } from "./id-set.js";

const carriageReturn = 0x0d;
const quote = 0x22;
const zero = 0x30;
const nine = 0x39;
const idLength = 12;

/**
 * Splits lines at their commas byte by byte, strictly, and makes text only of the cells that are asked for.
 */
export interface LineScanner {
  /** Says what the cells of the lines that follow are. */
  readHeader(header: readonly string[]): void;
  /**
   * Scans the line that begins at an offset and ends in a line break.
   * @returns the offset of its line break; -1 for a line that has to be looked at more closely
   */
  scan(start: number): number;
  /**
   * Of the line scanned last: the wanted cells, and its prediction id as text and as two numbers of 30 bits.
   */
  cells(): string[];
  predictionId(): string;
  readonly idHigh: number;
  readonly idLow: number;
}

export function lineScanner(bytes: Buffer, columns: readonly string[]): LineScanner {
  const wanted = [...columns, "prediction_id", "format"];
  const [idPlace, formatPlace] = [columns.length, columns.length + 1];
  /** For each wanted column, where its cell begins and ends. */
  const from = new Int32Array(wanted.length);
  const to = new Int32Array(wanted.length);
  let placeOf = new Int32Array(0);
  let hasFormat = false;
  let idHigh = 0;
  let idLow = 0;

  const isRow = (end: number): boolean => {
    if (bytes[end - 1] === carriageReturn) return false;
    const formatAt = from[formatPlace]!;
    const digit = bytes[formatAt]!;
    if (hasFormat && (to[formatPlace]! - formatAt !== 1 || digit <= zero || digit > nine)) return false;
    const idAt = from[idPlace]!;
    if (to[idPlace]! - idAt !== idLength) return false;
    let high = 0;
    let low = 0;
    let isId = true;
    for (let i = 0; i < idLength / 2; i++) {
      const [first, second] = [idValue(bytes[idAt + i]!), idValue(bytes[idAt + i + idLength / 2]!)];
      if (first < 0 || second < 0) isId = false;
      high = (high << 5) | first;
      low = (low << 5) | second;
    }
    idHigh = high;
    idLow = low;
    return isId;
  };

  return {
    readHeader(header) {
      placeOf = Int32Array.from(header, (name) => wanted.indexOf(name));
      hasFormat = header.includes("format");
      from.fill(0);
      to.fill(0);
    },

    // 0x22 is a quote, 0x2c a comma, 0x0a a line break: reading a module's constants here, for every byte of
    // a log, takes a third of the time. Nearly all bytes are greater, so that one look tells; and of the many
    // empty cells that nobody asks for, the comma alone is looked at.
    scan(start) {
      const data = bytes;
      const places = placeOf;
      const begins = from;
      const ends = to;
      const count = places.length;
      let at = start;
      for (let column = 0; column < count; column++) {
        let byte = data[at]!;
        const place = places[column]!;
        if (byte === 0x2c && place < 0) {
          at += 1;
          continue;
        }
        if (byte === 0x22) {
          if (place >= 0) begins[place] = at + 1;
          for (;;) {
            do byte = data[++at]!;
            while (byte > 0x22 || (byte !== 0x22 && byte !== 0x0a)); // a quote, or a line break
            if (byte === 0x0a) return -1;
            byte = data[++at]!;
            if (byte !== 0x22) break;
          }
          if (byte !== 0x2c && byte !== 0x0a) return -1;
          if (place >= 0) ends[place] = at - 1;
        } else {
          if (place >= 0) begins[place] = at;
          while (byte > 0x2c || (byte !== 0x2c && byte !== 0x0a && byte !== 0x22)) byte = data[++at]!;
          if (byte === 0x22) return -1;
          if (place >= 0) ends[place] = at;
        }
        if (byte === 0x0a) return column === count - 1 && isRow(at) ? at : -1;
        at += 1;
      }
      return -1;
    },

    cells: () =>
      columns.map((_, place) => {
        const [start, end] = [from[place]!, to[place]!];
        const text = bytes.toString("utf8", start, end);
        return bytes[start - 1] === quote && text.includes('"') ? text.replaceAll('""', '"') : text;
      }),
    predictionId: () => bytes.toString("latin1", from[idPlace], to[idPlace]),
    get idHigh() {
      return idHigh;
    },
    get idLow() {
      return idLow;
    },
  };
}
