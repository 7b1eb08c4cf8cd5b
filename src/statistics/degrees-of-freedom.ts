/**
 * Degrees of freedom of a variance that is a sum over classes: as many as the class has that most of it comes
 * from. Of a class with one sample nothing is known of how it varies: then 1. Source: F. E. Satterthwaite
 * (1946), An Approximate Distribution of Estimates of Variance Components.
 * @param parts of each sample; their squares sum up to the variance
 * @example degreesOfFreedom(Float64Array.of(1, 1, 1, 1), Int32Array.of(0, 0, 0, 0)) // 3
 */
export function degreesOfFreedom(parts: Float64Array, classes: Int32Array): number {
  const variances: number[] = [];
  const sizes: number[] = [];
  for (let i = 0; i < parts.length; i++) {
    const code = classes[i]!;
    variances[code] = (variances[code] ?? 0) + parts[i]! * parts[i]!;
    sizes[code] = (sizes[code] ?? 0) + 1;
  }
  let sum = 0;
  let squares = 0;
  for (const [code, variance] of variances.entries()) {
    if (variance === undefined) continue;
    sum += variance;
    squares += variance ** 2 / Math.max(1, sizes[code]! - 1);
  }
  return squares > 0 ? (sum * sum) / squares : 1;
}
