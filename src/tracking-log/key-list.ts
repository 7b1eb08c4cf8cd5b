/** Numbers of 64 bits, each as two halves of 32: eight bytes a number, however many there are. */
export interface KeyList {
  add(high: number, low: number): void;
  /** What was added; nothing is added any more. */
  sorted(): SortedKeys;
}

export interface SortedKeys {
  /** How many different ones there are. */
  size: number;
  has(high: number, low: number): boolean;
  /** A place from 0 to `size`, or -1. */
  indexOf(high: number, low: number): number;
  /** Those that were added more than once. */
  repeated(): SortedKeys;
  /** Adds every different one to another list. */
  addTo(list: KeyList): void;
}

export function keyList(): KeyList {
  let halves = new Uint32Array(2 ** 10);
  let count = 0;
  return {
    add(high, low) {
      if (count * 2 === halves.length) {
        const longer = new Uint32Array(halves.length * 2);
        longer.set(halves);
        halves = longer;
      }
      halves[count * 2] = low;
      halves[count * 2 + 1] = high;
      count += 1;
    },
    sorted() {
      const all = new BigUint64Array(halves.buffer, 0, count).sort();
      return sortedKeys(all, new Uint32Array(halves.buffer, 0, count * 2));
    },
  };
}

/** @param halves the same bytes as `all` */
function sortedKeys(all: BigUint64Array, halves: Uint32Array): SortedKeys {
  const isRepeat = (i: number) =>
    i > 0 && halves[i * 2] === halves[i * 2 - 2] && halves[i * 2 + 1] === halves[i * 2 - 1];
  const repeats: number[] = [];
  let size = 0;
  for (let i = 0; i < all.length; i++) {
    if (!isRepeat(i)) {
      // Moved together, so that each stands once and a place counts the different ones.
      halves[size * 2] = halves[i * 2]!;
      halves[size * 2 + 1] = halves[i * 2 + 1]!;
      size += 1;
    } else if (repeats.at(-1) !== size - 1) repeats.push(size - 1);
  }
  return distinctKeys(halves, size, repeats);
}

function distinctKeys(halves: Uint32Array, size: number, repeats: readonly number[]): SortedKeys {
  const indexOf = (high: number, low: number) => {
    let [from, to] = [0, size - 1];
    while (from <= to) {
      const at = (from + to) >>> 1;
      const [lowThere, highThere] = [halves[at * 2]!, halves[at * 2 + 1]!];
      if (highThere === high && lowThere === low) return at;
      // The bytes of a number stand as this machine has them: the second half counts first on all that
      // Node.js runs on.
      if (highThere < high || (highThere === high && lowThere < low)) from = at + 1;
      else to = at - 1;
    }
    return -1;
  };
  return {
    size,
    indexOf,
    has: (high, low) => indexOf(high, low) >= 0,
    repeated() {
      const some = new Uint32Array(repeats.length * 2);
      for (const [i, at] of repeats.entries()) some.set(halves.subarray(at * 2, at * 2 + 2), i * 2);
      return distinctKeys(some, repeats.length, []);
    },
    addTo(list) {
      for (let i = 0; i < size; i++) list.add(halves[i * 2 + 1]!, halves[i * 2]!);
    },
  };
}

const digits = new Map([..."0123456789abcdefghjkmnpqrstvwxyz"].map((character, i) => [character, i]));

/** The 60 bits of a prediction id. */
export function idKey(id: string): [high: number, low: number] {
  const half = (from: number) => {
    let bits = 0;
    for (let i = from; i < from + 6; i++) bits = bits * 32 + (digits.get(id[i]!) ?? 0);
    return bits;
  };
  return [half(0), half(6)];
}

/**
 * A digest of a text of 64 bits: that two of some millions of texts have the same happens once in a million
 * such stores.
 */
export function textKey(text: string): [high: number, low: number] {
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul(b ^ code, 0x5f356495);
    b ^= b >>> 13;
  }
  a = Math.imul(a ^ (b >>> 16), 0x85ebca6b);
  b = Math.imul(b ^ (a >>> 13), 0xc2b2ae35);
  return [(a ^ (a >>> 16)) >>> 0, (b ^ (b >>> 16)) >>> 0];
}
