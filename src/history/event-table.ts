import { kindNames } from "./event.js";

/** Events as columns: a million of them take some 40 MB. Row i is the i-th of every array. */
export interface EventTable {
  rows: number;
  /** Places in `kindNames`. */
  kinds: Uint8Array;
  /** Every key, in the order in which it came. */
  keys: readonly string[];
  /** Places in `keys`. */
  keyCodes: Int32Array;
  /** 0 where there is none: only metrics have steps. */
  steps: Float64Array;
  /** Milliseconds since 1970. */
  times: Float64Array;
  /** NaN where the value is a text, too. */
  values: Float64Array;
  /** What stood in `value` of events that are no metrics, by row. */
  texts: ReadonlyMap<number, string>;
  /** By row, where there is one. */
  contexts: ReadonlyMap<number, string>;
}

export const metricKind = kindNames.indexOf("metric");

/** Collects events row by row. */
export class EventTableBuilder {
  rows = 0;
  #room = 1024;
  #kinds = new Uint8Array(this.#room);
  #keyCodes = new Int32Array(this.#room);
  #steps = new Float64Array(this.#room);
  #times = new Float64Array(this.#room);
  #values = new Float64Array(this.#room);
  readonly #texts = new Map<number, string>();
  readonly #contexts = new Map<number, string>();
  readonly #codes = new Map<string, number>();

  add(event: {
    kind: number;
    key: string;
    step: number;
    time: number;
    value: number;
    text: string | undefined;
    context: string | undefined;
  }): void {
    if (this.rows === this.#room) this.#grow();
    const i = this.rows++;
    let code = this.#codes.get(event.key);
    if (code === undefined) this.#codes.set(event.key, (code = this.#codes.size));
    this.#kinds[i] = event.kind;
    this.#keyCodes[i] = code;
    this.#steps[i] = event.step;
    this.#times[i] = event.time;
    this.#values[i] = event.value;
    if (event.text !== undefined) this.#texts.set(i, event.text);
    if (event.context) this.#contexts.set(i, event.context);
  }

  table(): EventTable {
    return {
      rows: this.rows,
      kinds: this.#kinds.subarray(0, this.rows),
      keys: [...this.#codes.keys()],
      keyCodes: this.#keyCodes.subarray(0, this.rows),
      steps: this.#steps.subarray(0, this.rows),
      times: this.#times.subarray(0, this.rows),
      values: this.#values.subarray(0, this.rows),
      texts: this.#texts,
      contexts: this.#contexts,
    };
  }

  #grow(): void {
    this.#room *= 2;
    const grown = <T extends Uint8Array | Int32Array | Float64Array>(column: T, empty: T): T => {
      empty.set(column);
      return empty;
    };
    this.#kinds = grown(this.#kinds, new Uint8Array(this.#room));
    this.#keyCodes = grown(this.#keyCodes, new Int32Array(this.#room));
    this.#steps = grown(this.#steps, new Float64Array(this.#room));
    this.#times = grown(this.#times, new Float64Array(this.#room));
    this.#values = grown(this.#values, new Float64Array(this.#room));
  }
}

/**
 * The rows in the order of kind, key, step, time and the order in which they came, each once: a line that was
 * written twice, since nobody knew whether it had come in, counts as one.
 */
export function sortedRows(table: EventTable): Uint32Array {
  const { rows, kinds, keys, keyCodes, steps, times, values, texts, contexts } = table;
  const rank = new Int32Array(keys.length);
  Array.from(keys, (key, code) => ({ key, code }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .forEach(({ code }, i) => (rank[code] = i));
  // Rows of one kind and key, in the order in which they came.
  const group = (i: number) => kinds[i]! * keys.length + rank[keyCodes[i]!]!;
  const starts = new Uint32Array(kindNames.length * keys.length + 1);
  for (let i = 0; i < rows; i++) starts[group(i) + 1]!++;
  for (let g = 1; g < starts.length; g++) starts[g]! += starts[g - 1]!;
  const order = new Uint32Array(rows);
  const next = starts.slice();
  for (let i = 0; i < rows; i++) order[next[group(i)]!++] = i;

  const compare = (a: number, b: number) => steps[a]! - steps[b]! || times[a]! - times[b]! || a - b;
  const isSame = (a: number, b: number) =>
    Object.is(values[a], values[b]) && texts.get(a) === texts.get(b) && contexts.get(a) === contexts.get(b);
  let kept = 0;
  for (let g = 0; g + 1 < starts.length; g++) {
    const part = order.subarray(starts[g], starts[g + 1]);
    if (!isSorted(part, compare)) part.sort(compare);
    const first = kept;
    for (const row of part) {
      let isTwice = false;
      for (let k = kept - 1; k >= first && !isTwice; k--) {
        const before = order[k]!;
        if (steps[before] !== steps[row] || times[before] !== times[row]) break;
        isTwice = isSame(before, row);
      }
      if (!isTwice) order[kept++] = row; // never beyond what was read
    }
  }
  return order.subarray(0, kept);
}

function isSorted(part: Uint32Array, compare: (a: number, b: number) => number): boolean {
  for (let i = 1; i < part.length; i++) if (compare(part[i - 1]!, part[i]!) > 0) return false;
  return true;
}
