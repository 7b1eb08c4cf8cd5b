import { seededRandom } from "../src/statistics/seeded-random.js";

/** Draws of the distributions that the cells are made of; the same for the same seed on every computer. */
export interface Random {
  /** Between 0 and 1. */
  uniform: () => number;
  /** Of mean 0 and variance 1. */
  normal: () => number;
  /** Student's t with 3 degrees of freedom: its variance is 3, its fourth moment infinite. */
  t3: () => number;
  /** exp of a normal draw: its mean is exp(1/2). */
  lognormal: () => number;
  /** Of shape a (at least 1) and scale 1. */
  gamma: (shape: number) => number;
  /** Of 0 to count - 1. */
  integer: (count: number) => number;
}

export function randomDraws(seed: number): Random {
  const uniform = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const chiSquare3 = () => normal() ** 2 + normal() ** 2 + normal() ** 2;
  return {
    uniform,
    normal,
    t3: () => normal() / Math.sqrt(chiSquare3() / 3),
    lognormal: () => Math.exp(normal()),
    gamma(shape) {
      // G. Marsaglia and W. W. Tsang (2000), A Simple Method for Generating Gamma Variables
      const d = shape - 1 / 3;
      const c = 1 / Math.sqrt(9 * d);
      for (;;) {
        const x = normal();
        const v = (1 + c * x) ** 3;
        if (v > 0 && Math.log(uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
      }
    },
    integer: (count) => Math.floor(uniform() * count),
  };
}
