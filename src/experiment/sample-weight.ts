/** What the weights of an experiment's samples come to. */
export interface WeightTotals {
  sum: number;
  /** As how many samples of equal weight they tell as much: sum² / sum of squares (Kish). */
  effectiveSamples: number;
}

/**
 * What weights come to. Source: L. Kish (1965), Survey Sampling.
 * @example weightTotals(Float64Array.of(2, 2, 0)) // { sum: 4, effectiveSamples: 2 }
 */
export function weightTotals(weights: Float64Array): WeightTotals {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i]!;
    squares += weights[i]! ** 2;
  }
  return { sum, effectiveSamples: sum ** 2 / squares };
}

/** The key of the row's extra parameters, and the column of the predictions. */
export const sampleWeightName = "sample_weight";

/** The member of a row's extra parameters that says that its scores are weighted. */
export function weightTotalsJson({ sum, effectiveSamples }: WeightTotals): string {
  return JSON.stringify({ sum, effective_samples: effectiveSamples });
}

/** What a row says of its samples' weights; undefined where its scores are not weighted. */
export function recordedWeights(
  extraParameters: Readonly<Record<string, unknown>>,
): WeightTotals | undefined {
  const found = Object.hasOwn(extraParameters, sampleWeightName) ? extraParameters[sampleWeightName] : null;
  if (typeof found !== "object" || found === null) return undefined;
  const { sum, effective_samples: effectiveSamples } = found as Record<string, unknown>;
  if (typeof sum !== "number" || typeof effectiveSamples !== "number") return undefined;
  return { sum, effectiveSamples };
}

/**
 * How weighted scores are told from others.
 * @example weightedInWords(150, 87.2) // "weighted by sample_weight: 150 samples count as 87"
 */
export function weightedInWords(samples: number, effectiveSamples: number): string {
  const counted = Number(effectiveSamples.toPrecision(effectiveSamples < 10 ? 2 : 3));
  return `weighted by sample_weight: ${samples} ${samples === 1 ? "sample counts" : "samples count"} as ${counted < 10 ? counted : Math.round(effectiveSamples)}`;
}
