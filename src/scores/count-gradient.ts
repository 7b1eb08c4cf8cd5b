import type { ClassScore } from "./class-average.js";
import type { ConfusionTable } from "./confusion-table.js";

/** How fast a score of counts changes with each of them: its partial derivatives. */
export interface CountGradient {
  actual: Float64Array;
  predicted: Float64Array;
  correct: Float64Array;
  samples: number;
}

/** Adds the derivatives of one class's score, times a weight. */
export type AddClassGradient = (
  table: ConfusionTable,
  gradient: CountGradient,
  code: number,
  weight: number,
) => void;

/** Derivatives of `macroAverage`. */
export function addMacroGradient(add: AddClassGradient) {
  return (table: ConfusionTable, gradient: CountGradient): void => {
    const { actual, predicted } = table;
    let classes = 0;
    for (let code = 0; code < actual.length; code++) classes += Number(actual[code]! + predicted[code]! > 0);
    for (let code = 0; code < actual.length; code++) add(table, gradient, code, 1 / classes);
  };
}

/** Derivatives of `weightedAverage`. */
export function addWeightedGradient(add: AddClassGradient, score: ClassScore) {
  return (table: ConfusionTable, gradient: CountGradient): void => {
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
