/** What scikit-learn's definitions of classes have in common. */
export const sklearn = {
  library: "scikit-learn",
  version: "1.9.1",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
} as const;
