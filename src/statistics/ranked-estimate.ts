import type { ClassRanking } from "./class-ranking.js";
import type { Estimate } from "./estimate.js";

/** A value of a class's ranking, with the part in its deviation that a sample at each place has. */
export interface RankedEstimate {
  value: number;
  parts: Float64Array;
}

/**
 * Adds a share of a ranked estimate to an estimate of the same samples: so that a mean over classes needs one
 * array.
 * @example addRanked({ value: 0, parts: new Float64Array(1) }, { value: 4, parts: Float64Array.of(0, 6) }, { places: Uint32Array.of(1) }, 0.5) // { value: 2, parts: Float64Array.of(3) }
 */
export function addRanked(
  sum: Estimate,
  { value, parts }: RankedEstimate,
  { places }: Pick<ClassRanking, "places">,
  share: number,
): Estimate {
  sum.value += share * value;
  for (let i = 0; i < places.length; i++) sum.parts[i]! += share * parts[places[i]!]!;
  return sum;
}

/**
 * The same with two estimates of the same ranking: a look at a place of a large table takes longer than
 * adding, so both parts stand together.
 * @param sums are changed
 * @example addRankedPair([{ value: 0, parts: new Float64Array(1) }, { value: 1, parts: new Float64Array(1) }], [{ value: 4, parts: Float64Array.of(0, 6) }, { value: 2, parts: Float64Array.of(1, 8) }], { places: Uint32Array.of(1) }, 0.5) // undefined
 */
export function addRankedPair(
  [first, second]: readonly [Estimate, Estimate],
  [ofFirst, ofSecond]: readonly [RankedEstimate, RankedEstimate],
  { places }: Pick<ClassRanking, "places">,
  share: number,
): void {
  first.value += share * ofFirst.value;
  second.value += share * ofSecond.value;
  const both = new Float64Array(2 * ofFirst.parts.length);
  for (let place = 0; place < ofFirst.parts.length; place++) {
    both[2 * place] = share * ofFirst.parts[place]!;
    both[2 * place + 1] = share * ofSecond.parts[place]!;
  }
  for (let i = 0; i < places.length; i++) {
    const at = 2 * places[i]!;
    first.parts[i]! += both[at]!;
    second.parts[i]! += both[at + 1]!;
  }
}
