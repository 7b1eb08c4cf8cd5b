/** What CatBoost's definitions have in common. */
export const catboost = {
  library: "CatBoost",
  version: "1.2.10",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
} as const;

/** CatBoost's kappa of 0 / 0. */
export function orLeast(kappa: number): number {
  return Number.isNaN(kappa) ? -1 : kappa;
}
