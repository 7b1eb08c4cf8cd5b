/** What one prediction costs. */
export type Loss = (truth: number, prediction: number) => number;

export const absoluteError: Loss = (truth, prediction) => Math.abs(truth - prediction);

export const squaredError: Loss = (truth, prediction) => (truth - prediction) ** 2;

/** |error| / |y_true|: infinite where y_true is 0, and NaN where y_pred is too. */
export const relativeError: Loss = (truth, prediction) => Math.abs((truth - prediction) / truth);

/** (ln(1 + y_true) - ln(1 + y_pred))²: NaN below -1. */
export const squaredLogError: Loss = (truth, prediction) => (Math.log1p(truth) - Math.log1p(prediction)) ** 2;

/** ln(cosh(error)), written so that a large error does not overflow. */
export const logCosh: Loss = (truth, prediction) => {
  const size = Math.abs(prediction - truth);
  return size + Math.log1p(Math.exp(-2 * size)) - Math.LN2;
};

/** `alpha` of the error where y_pred is too low, and 1 - alpha of it where it is too high. */
export function pinball(alpha: number): Loss {
  return (truth, prediction) =>
    prediction < truth ? alpha * (truth - prediction) : (1 - alpha) * (prediction - truth);
}

/** error² / 2 up to `delta`, a line from there on. */
export function huber(delta: number): Loss {
  return (truth, prediction) => {
    const size = Math.abs(truth - prediction);
    return size <= delta ? (size * size) / 2 : delta * (size - delta / 2);
  };
}

/**
 * Unit deviance of a Tweedie distribution, which is 0 at y_pred = y_true. Power 0 is the squared error, 1
 * Poisson, 2 gamma. Source: Jørgensen, The Theory of Dispersion Models (1997).
 * @example tweedieDeviance(0)(1, 3) // 4
 */
export function tweedieDeviance(power: number): Loss {
  if (power === 0) return squaredError;
  if (power === 1) {
    return (truth, prediction) =>
      2 * ((truth === 0 ? 0 : truth * Math.log(truth / prediction)) - truth + prediction);
  }
  if (power === 2) {
    return (truth, prediction) => 2 * (Math.log(prediction / truth) + truth / prediction - 1);
  }
  const [one, two] = [1 - power, 2 - power];
  return (truth, prediction) =>
    2 * (truth ** two / (one * two) - (truth * prediction ** one) / one + prediction ** two / two);
}

/** Whether a Tweedie distribution of this power, 0 or from 1 on, can have this value and this mean. */
export function isTweedie(power: number): (truth: number, prediction: number) => boolean {
  if (power === 0) return () => true;
  return (truth, prediction) => prediction > 0 && (power < 2 ? truth >= 0 : truth > 0);
}
