/** What H2O's definitions have in common. */
export const h2o = {
  library: "H2O",
  version: "3.46.0.12",
  precision: "float64",
  comparedWith: "library",
} as const;
