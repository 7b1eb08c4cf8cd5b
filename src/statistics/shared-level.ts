/**
 * The level of each of several intervals that all hold together at `level`. Source: C. E. Bonferroni (1936).
 * @example sharedLevel(0.95, 5) // 0.99
 */
export function sharedLevel(level: number, count: number): number {
  return 1 - (1 - level) / count;
}
