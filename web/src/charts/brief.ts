/** A number with so many digits that matter at most; a whole number with all of them. */
export function shortNumber(value: number, digits: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(digits)));
}

/** A number as plots say it: five digits that matter. */
export function brief(value: number | null | undefined): string {
  return value === null || value === undefined ? "undefined" : shortNumber(value, 5);
}

/** A share of 1 in percent, such as the level of an interval. @example showPercent(0.95) // "95 %" */
export function showPercent(share: number): string {
  return `${shortNumber(share * 100, 6)} %`;
}
