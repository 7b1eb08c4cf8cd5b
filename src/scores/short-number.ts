/** A score as people read it: four digits that matter; nothing where there is none. */
export function shortNumber(value: number | null | undefined): string {
  if (value === undefined || value === null) return "";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(3);
  return size < 10 ? value.toFixed(4) : value.toPrecision(6);
}
