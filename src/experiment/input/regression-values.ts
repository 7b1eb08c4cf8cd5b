import { TrackingError } from "../../tracking-error.js";
import { shown, type Values } from "./values.js";

/**
 * Checks a regression's values and gives them as doubles.
 * @param warnings gets a sentence where a double cannot hold an integer, so that two values may become one
 * @throws TrackingError INVALID_ARGUMENT unless every value is a finite number
 */
export function regressionValues(values: Values<unknown>, name: string, warnings: string[]): Float64Array {
  const numbers = values instanceof Float64Array ? values : new Float64Array(values.length);
  let rounded = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isFinite(number)) throw notANumber(name, i, value);
    numbers[i] = number;
    if (rounded < 0 && typeof value === "bigint" && BigInt(number) !== value) rounded = i;
  }
  if (rounded >= 0) {
    warnings.push(
      `${name}[${rounded}] is ${String(values[rounded])}, an integer beyond 2^53, which the nearest double, ${numbers[rounded]}, stands for: values that differ may become equal; take an offset off both y_true and y_pred`,
    );
  }
  return numbers;
}

function notANumber(name: string, position: number, value: unknown): TrackingError {
  const missing = value === null || value === undefined || Number.isNaN(value);
  const wayOut = missing
    ? "leave the sample out or impute it"
    : typeof value === "string"
      ? "convert it to a number, or log it as kind classification"
      : typeof value === "object"
        ? "of several targets a sample log an experiment for each"
        : "give finite numbers";
  return new TrackingError(
    "INVALID_ARGUMENT",
    `${name}[${position}] is ${shown(value)}: a regression's values are finite numbers; ${wayOut}`,
  );
}
