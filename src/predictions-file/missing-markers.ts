/** How programs write that a value is missing: pandas, R, SQL, spreadsheets. */
const markers = new Set(["na", "n/a", "#n/a", "<na>", "nan", "null", "none", "nat"]);

/** Whether a cell says that its value is missing, or is a text that happens to be written so. */
export function isMissingMarker(cell: unknown): cell is string {
  return typeof cell === "string" && cell.length < 10 && markers.has(cell.trim().toLowerCase());
}
