/**
 * Why an address of BigQuery cannot name an object; undefined where it can. Two slashes in a row are made
 * one, and `*` stands for any characters.
 * @example whyOddName("tracking//cars.csv") // "two slashes in a row"
 */
export function whyOddName(path: string): string | undefined {
  if (path.includes("//")) return "two slashes in a row";
  if (path.includes("*")) return 'a "*", which stands for any characters there';
  if (/[\r\n]/.test(path)) return "a line break";
  return undefined;
}

/** Source addresses of one external table, as BigQuery's limits have them; a wildcard counts as one. */
export const mostFiles = 10_000;
