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
export function scoreAgreement(given: ScoredPredictions): string | undefined {
  const { yPred, labels, positive, isOneColumn } = given;
  if (labels < 2) return undefined;
  const samples = yPred.length;
  const predicted = new Float64Array(labels);
  const probable = new Float64Array(labels);
  const agreeing =
    positive === undefined
      ? countAgreeing(given, predicted, probable)
      : countAgreeingOfTwo(given, positive, predicted, probable);
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

/** Of several classes that are equally probable, each will do. */
function countAgreeing(
  { scores, yPred, labels }: ScoredPredictions,
  predicted: Float64Array,
  probable: Float64Array,
): number {
  let agreeing = 0;
  for (let row = 0; row < yPred.length; row++) {
    const start = row * labels;
    const prediction = yPred[row]!;
    const best = greatest(scores, start, labels);
    const agrees = scores[start + prediction] === scores[start + best];
    if (agrees) agreeing += 1;
    predicted[prediction]! += 1;
    probable[agrees ? prediction : best]! += 1;
  }
  return agreeing;
}

function countAgreeingOfTwo(
  { scores, yPred }: ScoredPredictions,
  positive: number,
  predicted: Float64Array,
  probable: Float64Array,
): number {
  const samples = yPred.length;
  let positives = 0;
  let probables = 0;
  let agreeing = 0;
  for (let row = 0; row < samples; row++) {
    const score = scores[row]!;
    const isPositive = yPred[row] === positive;
    const isProbable = score === 1 - score ? isPositive : score > 1 - score;
    if (isPositive) positives += 1;
    if (isProbable) probables += 1;
    if (isPositive === isProbable) agreeing += 1;
  }
  predicted[positive] = positives;
  predicted[1 - positive] = samples - positives;
  probable[positive] = probables;
  probable[1 - positive] = samples - probables;
  return agreeing;
}

function greatest(scores: Float64Array, start: number, length: number): number {
  let best = 0;
  for (let code = 1; code < length; code++) if (scores[start + code]! > scores[start + best]!) best = code;
  return best;
}
