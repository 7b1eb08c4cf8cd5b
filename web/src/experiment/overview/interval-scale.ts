/** A scale on which intervals are seen: its ends, and round numbers along it. */
export interface IntervalScale {
  from: number;
  to: number;
  ticks: readonly number[];
}

/**
 * The part of a score's range in which the intervals lie, widened to round numbers: over the whole range, those
 * of a good model are all dots at one end.
 * @example intervalScale([0.91, 0.985], [0, 1]) // { from: 0.9, to: 1, ticks: [0.9, 0.92, 0.94, 0.96, 0.98, 1] }
 */
export function intervalScale(
  values: readonly number[],
  [min, max]: readonly [number, number],
): IntervalScale {
  const least = Math.max(Math.min(...values), min);
  const most = Math.min(Math.max(...values), max);
  const step = roundStep((most - least || max - min) / 4);
  const last = Math.max(Math.ceil(most / step - 1e-9), 1);
  const first = Math.min(Math.floor(least / step + 1e-9), last - 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  return { from: ticks[0] ?? min, to: ticks.at(-1) ?? max, ticks };
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least * (1 - 1e-9)) ?? least;
}
