/** A number as plots say it: five digits that matter. */
export function brief(value: number | null | undefined): string {
  if (value === null || value === undefined) return "undefined";
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}
