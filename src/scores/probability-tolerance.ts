/**
 * How far a probability may lie beyond 0 or 1, and a row of class probabilities may miss a sum of 1, by
 * rounding alone: as much as the numbers themselves give evidence of. This is the only place that says so.
 *
 * Numbers that are all exact in bfloat16 (8 bits of precision) or float16 (11 bits) were computed in it: a
 * sum is off by up to four roundings of 1. Single-precision numbers, and all others, get what scikit-learn
 * grants them: 1e-8 + sqrt(2^-23) as its `log_loss`, 1e-8 + 1e-5 as its `roc_auc_score`. Numbers written with
 * 3 to 5 decimals may each be off by half of the last one.
 */
export const probabilityTolerances = {
  bfloat16: 2 ** -6,
  float16: 2 ** -9,
  float32: 1e-8 + Math.sqrt(2 ** -23),
  float64: 1e-8 + 1e-5,
} as const;

/**
 * The tolerance that `length` values from `start` on give evidence of.
 * @example probabilityTolerance([0.333, 0.333, 0.333], 0, 3) // 0.0015
 */
export function probabilityTolerance(values: ArrayLike<number>, start: number, length: number): number {
  const areAll = (isExact: (value: number) => boolean) => {
    for (let at = start; at < start + length; at++) if (!isExact(values[at]!)) return false;
    return true;
  };
  if (!areAll(isSingle)) {
    const decimals = [3, 4, 5].find((count) => areAll((value) => isDecimal(value, count)));
    const rounding = decimals === undefined ? 0 : length * 0.5 * 10 ** -decimals;
    return Math.min(Math.max(rounding, probabilityTolerances.float64), probabilityTolerances.bfloat16);
  }
  if (areAll((value) => hasBits(value, 8))) return probabilityTolerances.bfloat16;
  if (areAll((value) => hasBits(value, 11))) return probabilityTolerances.float16;
  return probabilityTolerances.float32;
}

function isSingle(value: number): boolean {
  return Math.fround(value) === value;
}

function isDecimal(value: number, decimals: number): boolean {
  return Number(value.toFixed(decimals)) === value;
}

/** Whether a single-precision number has so many significant bits; in float16 one below 2^-14 has fewer. */
function hasBits(value: number, bits: number): boolean {
  if (value === 0) return true;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const least = bits === 11 ? Math.max(exponent, -14) : exponent;
  return Number.isInteger(value * 2 ** (bits - 1 - least));
}
