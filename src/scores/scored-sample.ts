import type { Label } from "./label.js";

/** True labels and the probabilities that a classifier gave, as in a classification sample. */
export interface ScoredSample {
  labels: readonly Label[];
  yTrue: Int32Array;
  /** Binary: P(positive), one a sample. Multiclass: row-major, a row a sample and a column a label. */
  yScore: Float64Array;
  /** Binary only: code of the positive class. */
  positive?: number;
}

/** One or two labels are binary, more are multiclass. */
export function isBinary({ labels }: { labels: readonly Label[] }): boolean {
  return labels.length <= 2;
}
