/**
 * Quantile of the standard normal distribution: the z below which the share `probability` of it lies.
 * -Infinity at 0, Infinity at 1, NaN outside 0..1. Relative error about 1e-16. Source: M. J. Wichura (1988),
 * Algorithm AS 241, PPND16.
 *
 * Near 1 the probability itself is too coarse for far quantiles: use `-normalQuantile(upper tail)` there.
 * @example normalQuantile(0.975) // 1.9599639845400536
 */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centre, r)) / polynomial(centreDivisor, r);
  }
  if (!(probability >= 0 && probability <= 1)) return Number.NaN;
  const tail = q < 0 ? probability : 1 - probability;
  if (tail === 0) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(tail));
  const size =
    r <= 5
      ? polynomial(shoulder, r - 1.6) / polynomial(shoulderDivisor, r - 1.6)
      : polynomial(farTail, r - 5) / polynomial(farTailDivisor, r - 5);
  return q < 0 ? -size : size;
}

/** Horner's scheme, highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) value = value * x + coefficients[i]!;
  return value;
}

const centre = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const centreDivisor = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const shoulder = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const shoulderDivisor = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const farTail = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const farTailDivisor = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];

/**
 * Chance that a standard normal value is above z: 1/2 at 0. By the series around 0 and the continued fraction
 * of the tail. Source: M. Abramowitz and I. A. Stegun, 26.2.11 and 26.2.14.
 * @example normalTail(0) // 0.5
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  if (z > 40) return 0;
  const density = Math.exp(-z * z * 0.5) / Math.sqrt(2 * Math.PI);
  if (z < 2.5) {
    let term = z;
    let sum = z;
    for (let i = 3; term > sum * 1e-17; i += 2) {
      term *= (z * z) / i;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let i = 150; i > 0; i--) fraction = z + i / fraction;
  return density / fraction;
}
