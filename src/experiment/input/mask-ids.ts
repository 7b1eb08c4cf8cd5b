import { type DictionaryValues, hasDictionary, plainValues, type Values } from "./values.js";

/**
 * The positions at which a test set of booleans is true, where it can only be meant as a mask over a whole
 * data set: it has as many true values as there are samples. Undefined for any other test set; booleans that
 * stand beside the samples are ids.
 * @example maskPositions([false, true, true], 2) // Int32Array [1, 2]
 */
export function maskPositions(
  given: Values<unknown> | DictionaryValues<unknown>,
  samples: number,
): Int32Array | undefined {
  const first = hasDictionary(given) ? given.dictionary[given.codes[0] as number] : given[0];
  if (typeof first !== "boolean") return undefined;
  const values = plainValues(given);
  const positions = new Int32Array(samples);
  let found = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== true) continue;
    if (found === samples) return undefined;
    positions[found++] = i;
  }
  return found === samples ? positions : undefined;
}
