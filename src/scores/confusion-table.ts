import type { Label } from "./label.js";

/**
 * The margins and the diagonal of the confusion matrix: all that the scores from counts need, at a cost of
 * three numbers a label rather than one a pair of labels. Each array has one count a label.
 */
export interface ConfusionTable {
  /** How many; of weighted samples, like all the counts, the sum of their weights. */
  samples: number;
  /** Samples of this true label (the support). */
  actual: Float64Array;
  /** Samples predicted as this label. */
  predicted: Float64Array;
  /** Samples of this true label that are predicted as such. */
  correct: Float64Array;
  /** Sum of `correct`. */
  totalCorrect: number;
  /** Of weighted samples, what the weights do not tell. */
  weighted?: {
    /** How many samples there are. */
    rows: number;
    /** Whether a sample has the label, truly or predicted, whatever its weight. */
    occurs: Uint8Array;
  };
}

/** Counts a sample, in one pass. */
export function confusionTable({
  labels,
  yTrue,
  yPred,
}: {
  labels: readonly Label[];
  yTrue: Int32Array;
  yPred: Int32Array;
}): ConfusionTable {
  const samples = yTrue.length;
  const actual = new Float64Array(labels.length);
  const predicted = new Float64Array(labels.length);
  const correct = new Float64Array(labels.length);
  let totalCorrect = 0;
  for (let i = 0; i < samples; i++) {
    const truth = yTrue[i]!;
    const prediction = yPred[i]!;
    actual[truth]! += 1;
    predicted[prediction]! += 1;
    if (truth === prediction) {
      correct[truth]! += 1;
      totalCorrect += 1;
    }
  }
  return { samples, actual, predicted, correct, totalCorrect };
}

/** How many samples there are, whatever their weights. */
export function rowsOf({ samples, weighted }: ConfusionTable): number {
  return weighted?.rows ?? samples;
}

/** Whether a sample has the label, truly or predicted: with weights even one of weight 0. */
export function occurs({ actual, predicted, weighted }: ConfusionTable, code: number): boolean {
  return weighted ? weighted.occurs[code] === 1 : actual[code] !== 0 || predicted[code] !== 0;
}

/** The codes for which `holds` is true. */
export function codesWhere(table: ConfusionTable, holds: (code: number) => boolean): number[] {
  const codes: number[] = [];
  for (let code = 0; code < table.actual.length; code++) if (holds(code)) codes.push(code);
  return codes;
}

/**
 * The products of the margins, each summed over the labels: what correlation and chance agreement are made
 * of.
 */
export function marginProducts({ actual, predicted }: ConfusionTable): {
  actualByPredicted: number;
  actualByActual: number;
  predictedByPredicted: number;
} {
  let actualByPredicted = 0;
  let actualByActual = 0;
  let predictedByPredicted = 0;
  for (let code = 0; code < actual.length; code++) {
    actualByPredicted += actual[code]! * predicted[code]!;
    actualByActual += actual[code]! * actual[code]!;
    predictedByPredicted += predicted[code]! * predicted[code]!;
  }
  return { actualByPredicted, actualByActual, predictedByPredicted };
}
