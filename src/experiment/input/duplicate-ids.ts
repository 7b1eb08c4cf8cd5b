import type { SampleIds } from "./sample-ids.js";
import { shown } from "./values.js";

/**
 * Says that sample ids are there twice: such samples cannot be paired with those of another experiment.
 * @returns the warning, or nothing where each id is there once
 */
export function duplicateIds({ values }: SampleIds): string | undefined {
  if (isAscending(values)) return undefined;
  const repeated = values.length - distinctCount(values);
  if (repeated === 0) return undefined;
  const seen = new Set<string | number | bigint>();
  let second = 0;
  while (!seen.has(values[second]!)) seen.add(values[second++]!);
  const id = values[second]!;
  const first = (values as readonly unknown[]).indexOf(id);
  const more = repeated === 1 ? "" : `, and ${repeated - 1} more ids are there again`;
  return `parameters.test_set has ${shown(id)} twice, at ${first} and ${second}${more}: an experiment in which a sample id is there twice can never be compared sample by sample; give each sample an id of its own`;
}

/** Sorting numbers takes a tenth of the time of a set of them. */
function distinctCount(values: SampleIds["values"]): number {
  if (!ArrayBuffer.isView(values)) return new Set<unknown>(values).size;
  const sorted = values.slice().sort();
  let distinct = 1;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) distinct += 1;
  return distinct;
}

/** Row numbers and sorted ids are told without a table of them. */
function isAscending(values: SampleIds["values"]): boolean {
  for (let i = 1; i < values.length; i++) if (!(values[i - 1]! < values[i]!)) return false;
  return true;
}
