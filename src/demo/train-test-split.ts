/** Rows dealt to training and to testing. */
export interface Split<Row> {
  train: Row[];
  test: Row[];
}

/** Deals rows by a shuffle that the seed fixes on every platform; each part keeps the order of the rows.
 *  @param testShare how much of the rows goes to the test set, 0..1 */
export function trainTestSplit<Row>(
  rows: readonly Row[],
  options: { seed: number; testShare: number },
): Split<Row> {
  const random = seededRandom(options.seed);
  const order = rows.map((_, index) => ({ index, key: random() })).sort((a, b) => a.key - b.key);
  const tested = new Set(
    order.slice(0, Math.round(rows.length * options.testShare)).map(({ index }) => index),
  );
  return {
    train: rows.filter((_, index) => !tested.has(index)),
    test: rows.filter((_, index) => tested.has(index)),
  };
}

/** Numbers in 0..1 by Mulberry32, a generator of 32 bits of state. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
