/** A set of prediction ids: 16 bytes each where a Set of strings takes about 100. */
export interface IdSet {
  /** @returns whether it was not there yet */
  add(predictionId: string): boolean;
  /** The same of an id as two numbers of 30 bits, its first six characters and its last. */
  addNumbers(high: number, low: number): boolean;
  readonly size: number;
}

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const valueOf = new Int8Array(256).fill(-1);
for (let i = 0; i < alphabet.length; i++) valueOf[alphabet.charCodeAt(i)] = i;

/** The five bits of a character of a prediction id, given as its byte; -1 for any other. */
export function idValue(byte: number): number {
  return valueOf[byte]!;
}

export function idSet(): IdSet {
  // Open addressing. An id is two numbers of 30 bits; 2^30 marks a free place.
  const free = 2 ** 30;
  let places = 1024;
  let slots = new Int32Array(2 * places).fill(free);
  let size = 0;

  const put = (high: number, low: number): boolean => {
    let at = (Math.imul(high ^ low, 0x9e3779b1) >>> 0) & (places - 1);
    while (slots[2 * at] !== free) {
      if (slots[2 * at] === high && slots[2 * at + 1] === low) return false;
      at = (at + 1) & (places - 1);
    }
    slots[2 * at] = high;
    slots[2 * at + 1] = low;
    return true;
  };
  const grow = () => {
    const before = slots;
    places *= 2;
    slots = new Int32Array(2 * places).fill(free);
    for (let i = 0; i < before.length; i += 2) if (before[i] !== free) put(before[i]!, before[i + 1]!);
  };

  const addNumbers = (high: number, low: number): boolean => {
    const isNew = put(high, low);
    if (isNew) size += 1;
    if (2 * size > places) grow();
    return isNew;
  };

  return {
    add(predictionId) {
      let [high, low] = [0, 0];
      for (let i = 0; i < 6; i++) high = (high << 5) | idValue(predictionId.charCodeAt(i));
      for (let i = 6; i < 12; i++) low = (low << 5) | idValue(predictionId.charCodeAt(i));
      return addNumbers(high, low);
    },
    addNumbers,
    get size() {
      return size;
    },
  };
}
