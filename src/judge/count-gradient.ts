import { accuracy } from "../scores/accuracy.js";
import { type ConfusionTable, marginProducts } from "../scores/confusion-table.js";
import { f1, precision } from "../scores/precision-recall-f1.js";
import type { ClassificationScore } from "../scores/registry.js";
import { type Estimate, influenceEstimate } from "../statistics/estimate.js";

/** How fast a score of counts changes with each of them: its partial derivatives. */
export interface CountGradient {
  actual: Float64Array;
  predicted: Float64Array;
  correct: Float64Array;
  samples: number;
}

/**
 * A sample's influence on the score: how fast it changes as samples of that true and predicted label gain weight. A score of counts does not
 * change when all of them grow alike, so the influences on it are 0 on average.
 */
export function influenceOf(
  gradient: CountGradient,
  samples: number,
  truth: number,
  prediction: number,
): number {
  const hit = truth === prediction ? gradient.correct[truth]! : 0;
  return samples * (gradient.actual[truth]! + gradient.predicted[prediction]! + hit + gradient.samples);
}

/** The score with each sample's part in its deviation. */
export function countEstimate(
  value: number,
  gradient: CountGradient,
  yTrue: Int32Array,
  yPred: Int32Array,
): Estimate {
  const samples = yTrue.length;
  const influences = new Float64Array(samples);
  for (let i = 0; i < samples; i++) influences[i] = influenceOf(gradient, samples, yTrue[i]!, yPred[i]!);
  return influenceEstimate(value, influences);
}

/** The derivatives of a score; where it counts a class as 0 because it is undefined there, they are 0 too. */
export function countGradient(
  score: ClassificationScore,
  table: ConfusionTable,
  positive: number,
): CountGradient {
  const labels = table.actual.length;
  const gradient: CountGradient = {
    actual: new Float64Array(labels),
    predicted: new Float64Array(labels),
    correct: new Float64Array(labels),
    samples: 0,
  };
  fillers[score]?.(table, gradient, positive);
  return gradient;
}

type Filler = (table: ConfusionTable, gradient: CountGradient, positive: number) => void;

const fillers: Partial<Record<ClassificationScore, Filler>> = {
  accuracy: addAccuracy,
  recall_weighted: addAccuracy,
  balanced_accuracy(table, gradient) {
    const classes = table.actual.reduce((count, each) => count + Number(each > 0), 0);
    table.actual.forEach((_, code) => {
      addRecall(table, gradient, code, 1 / classes);
    });
  },
  precision: (table, gradient, positive) => addPrecision(table, gradient, positive, 1),
  recall: (table, gradient, positive) => addRecall(table, gradient, positive, 1),
  f1: (table, gradient, positive) => addF1(table, gradient, positive, 1),
  precision_macro: macro(addPrecision),
  recall_macro: macro(addRecall),
  f1_macro: macro(addF1),
  precision_weighted: weighted(addPrecision, precision),
  f1_weighted: weighted(addF1, f1),
  matthews_corrcoef: addCorrelation,
  cohen_kappa: addKappa,
};

function addAccuracy(table: ConfusionTable, gradient: CountGradient): void {
  gradient.correct.fill(1 / table.samples);
  gradient.samples = -accuracy(table) / table.samples;
}

type ClassFiller = (table: ConfusionTable, gradient: CountGradient, code: number, weight: number) => void;

function addPrecision(
  { predicted, correct }: ConfusionTable,
  gradient: CountGradient,
  code: number,
  weight: number,
): void {
  const whole = predicted[code] ?? 0;
  if (whole === 0) return;
  gradient.correct[code]! += weight / whole;
  gradient.predicted[code]! -= (weight * correct[code]!) / whole ** 2;
}

function addRecall(
  { actual, correct }: ConfusionTable,
  gradient: CountGradient,
  code: number,
  weight: number,
): void {
  const whole = actual[code] ?? 0;
  if (whole === 0) return;
  gradient.correct[code]! += weight / whole;
  gradient.actual[code]! -= (weight * correct[code]!) / whole ** 2;
}

function addF1(
  { actual, predicted, correct }: ConfusionTable,
  gradient: CountGradient,
  code: number,
  weight: number,
): void {
  const whole = (actual[code] ?? 0) + (predicted[code] ?? 0);
  if (whole === 0) return;
  const byMargin = (2 * weight * correct[code]!) / whole ** 2;
  gradient.correct[code]! += (2 * weight) / whole;
  gradient.actual[code]! -= byMargin;
  gradient.predicted[code]! -= byMargin;
}

function macro(add: ClassFiller): Filler {
  return (table, gradient) => {
    const { actual, predicted } = table;
    let classes = 0;
    for (let code = 0; code < actual.length; code++) classes += Number(actual[code]! + predicted[code]! > 0);
    for (let code = 0; code < actual.length; code++) add(table, gradient, code, 1 / classes);
  };
}

function weighted(add: ClassFiller, score: typeof precision): Filler {
  return (table, gradient) => {
    const { actual, samples } = table;
    let value = 0;
    for (let code = 0; code < actual.length; code++) {
      const ofClass = score(table, code) ?? 0;
      value += (actual[code]! * ofClass) / samples;
      add(table, gradient, code, actual[code]! / samples);
      gradient.actual[code]! += ofClass / samples;
    }
    gradient.samples = -value / samples;
  };
}

function addCorrelation(table: ConfusionTable, gradient: CountGradient): void {
  const { samples, totalCorrect, actual, predicted } = table;
  const { actualByPredicted, actualByActual, predictedByPredicted } = marginProducts(table);
  const covariance = totalCorrect * samples - actualByPredicted;
  const ofActual = samples ** 2 - actualByActual;
  const ofPredicted = samples ** 2 - predictedByPredicted;
  if (ofActual === 0 || ofPredicted === 0) return;
  const root = Math.sqrt(ofActual * ofPredicted);
  const value = covariance / root;
  for (let code = 0; code < actual.length; code++) {
    gradient.correct[code] = samples / root;
    gradient.actual[code] = -predicted[code]! / root + (value * actual[code]!) / ofActual;
    gradient.predicted[code] = -actual[code]! / root + (value * predicted[code]!) / ofPredicted;
  }
  gradient.samples = totalCorrect / root - value * (samples / ofActual + samples / ofPredicted);
}

function addKappa(table: ConfusionTable, gradient: CountGradient): void {
  const { samples, totalCorrect, actual, predicted } = table;
  const wrong = (samples - totalCorrect) * samples;
  const wrongByChance = samples ** 2 - marginProducts(table).actualByPredicted;
  if (wrongByChance === 0) return;
  const ratio = wrong / wrongByChance;
  for (let code = 0; code < actual.length; code++) {
    gradient.correct[code] = samples / wrongByChance;
    gradient.actual[code] = (-ratio * predicted[code]!) / wrongByChance;
    gradient.predicted[code] = (-ratio * actual[code]!) / wrongByChance;
  }
  gradient.samples = (2 * ratio * samples - (2 * samples - totalCorrect)) / wrongByChance;
}
