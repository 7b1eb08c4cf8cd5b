/** The address says an order as `name:asc` or `name:desc`, the first one first. */
export type SortDirection = "asc" | "desc";

const nameOf = (key: string) => key.replace(/:(asc|desc)$/, "");

export function sortDirection(sort: readonly string[], name: string): SortDirection | undefined {
  const key = sort.find((each) => nameOf(each) === name);
  return key === undefined ? undefined : key.endsWith(":desc") ? "desc" : "asc";
}

/** From 1; 0 where it is not sorted by. */
export function sortPosition(sort: readonly string[], name: string): number {
  return sort.findIndex((key) => nameOf(key) === name) + 1;
}

/** @param add by what it is sorted already first, then by this; else by this alone */
export function sortedBy(
  sort: readonly string[],
  name: string,
  direction: SortDirection,
  add: boolean,
): string[] {
  const others = add ? sort.filter((key) => nameOf(key) !== name) : [];
  return [...others, `${name}:${direction}`];
}
