import type { RowCells } from "./log-shape.js";

/** Where each column of a header is: headers are few, and each is one array for all lines of its file. */
const placesOf = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** The cells of a row by the names of its header, without a map of its own for each of a million rows. */
export function rowCells(header: readonly string[], fields: readonly string[]): RowCells {
  let places = placesOf.get(header);
  if (!places) placesOf.set(header, (places = new Map(header.map((name, i) => [name, i]))));
  return new Cells(places, fields);
}

class Cells implements ReadonlyMap<string, string> {
  readonly #places: ReadonlyMap<string, number>;
  readonly #fields: readonly string[];

  constructor(places: ReadonlyMap<string, number>, fields: readonly string[]) {
    this.#places = places;
    this.#fields = fields;
  }

  get size(): number {
    return this.#fields.length;
  }

  get(name: string): string | undefined {
    const place = this.#places.get(name);
    return place === undefined ? undefined : this.#fields[place];
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  keys() {
    return this.#places.keys();
  }

  values() {
    return this.#asMap().values();
  }

  entries() {
    return this.#asMap().entries();
  }

  [Symbol.iterator]() {
    return this.#asMap().entries();
  }

  forEach(each: (field: string, name: string, cells: RowCells) => void): void {
    this.#asMap().forEach(each);
  }

  #asMap(): Map<string, string> {
    return new Map([...this.#places].map(([name, place]) => [name, this.#fields[place]!]));
  }
}
