/** Probabilities and predictions of the same samples, by the codes of their labels. */
export interface ScoredPredictions {
  /** Two classes: P(positive) a sample; more: row by row, a column a label. */
  scores: Float64Array;
  yPred: Int32Array;
  labels: number;
  positive: number | undefined;
  /** Whether y_score was given as the positive class's probabilities alone. */
  isOneColumn: boolean;
}

/**
 * Says where y_pred is the most probable class by y_score in fewer samples than chance would give: then the
 * columns of y_score are of other classes, or y_score is of other samples. Chance is what two unrelated
 * columns with these shares of classes agree in. A decision threshold of any height agrees in no fewer.
 * @returns the warning, or nothing
 */
export function scoreAgreement({
  scores,
  yPred,
  labels,
  positive,
  isOneColumn,
}: ScoredPredictions): string | undefined {
  if (labels < 2) return undefined;
  const samples = yPred.length;
  const predicted = new Float64Array(labels);
  const probable = new Float64Array(labels);
  let agreeing = 0;
  for (let row = 0; row < samples; row++) {
    const prediction = yPred[row]!;
    const best = positive === undefined ? greatest(scores, row * labels, labels) : undefined;
    const other = 1 - scores[row]!;
    const code = best ?? (scores[row]! > other ? positive! : 1 - positive!);
    const top = best === undefined ? Math.max(scores[row]!, other) : scores[row * labels + best]!;
    const own =
      best === undefined
        ? prediction === positive
          ? scores[row]!
          : other
        : scores[row * labels + prediction]!;
    const agrees = own === top; // of several that are equally probable, each will do
    if (agrees) agreeing += 1;
    predicted[prediction]! += 1;
    probable[agrees ? prediction : code]! += 1;
  }
  let chance = 0;
  for (let code = 0; code < labels; code++)
    chance += (predicted[code]! / samples) * (probable[code]! / samples);
  // Where no class is both predicted and probable, chance would give none either.
  if (agreeing > 0 && agreeing / samples >= chance - 1e-12) return undefined;
  const share =
    agreeing === 0 ? "in no sample" : `in ${agreeing} of ${samples} samples, fewer than chance would give`;
  const check = isOneColumn
    ? "check that y_score is the probability of the positive class, not of the other, and that its values are those of y_pred's samples"
    : "check that y_score's columns are in the order of the classes and that its rows are those of y_pred";
  return `y_pred is the most probable class by y_score ${share}; ${check}`;
}

function greatest(scores: Float64Array, start: number, length: number): number {
  let best = 0;
  for (let code = 1; code < length; code++) if (scores[start + code]! > scores[start + best]!) best = code;
  return best;
}
