import { invalidParameter } from "./mlflow-error.js";
import { parseOrderBy } from "./search/order-by.js";
import { offsetOf, pageToken } from "./search/page-token.js";
import { parseFilter } from "./search/parse-filter.js";
import type { SearchItem, SearchKind } from "./search/search-item.js";

export interface Search {
  filter: string | undefined;
  orderBy: readonly string[];
  maxResults: number;
  pageToken: string | undefined;
}

export interface FoundItems<T> {
  items: T[];
  nextPageToken: string | undefined;
}

/** The page of what a filter finds, in the order asked for. */
export function searchItems<T extends SearchItem>(
  candidates: Iterable<T>,
  kind: SearchKind,
  search: Search,
): FoundItems<T> {
  const matches = search.filter ? parseFilter(search.filter, kind) : undefined;
  return pageOf(candidates, matches, parseOrderBy(search.orderBy, kind), search);
}

/** The same with filter and order as functions. */
export function pageOf<T extends SearchItem>(
  candidates: Iterable<T>,
  matches: ((item: T) => boolean) | undefined,
  compare: (a: T, b: T) => number,
  { maxResults, pageToken: token }: Pick<Search, "maxResults" | "pageToken">,
): FoundItems<T> {
  const offset = offsetOf(token);
  const found: T[] = [];
  for (const item of candidates) if (!matches || matches(item)) found.push(item);
  const items = firstOf(found, offset + maxResults, compare).slice(offset);
  const isMore = found.length > offset + items.length;
  return { items, nextPageToken: isMore ? pageToken(offset + items.length) : undefined };
}

/** The first of a list in an order; of a long list few are sorted. */
function firstOf<T>(items: T[], count: number, compare: (a: T, b: T) => number): T[] {
  if (count * 8 > items.length) return items.sort(compare).slice(0, count);
  const first: T[] = [];
  for (const item of items) {
    if (first.length === count && compare(item, first[count - 1]!) >= 0) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(item, first[middle]!) < 0) high = middle;
      else low = middle + 1;
    }
    first.splice(low, 0, item);
    if (first.length > count) first.pop();
  }
  return first;
}

/** @throws MlflowError where it is none of 1 to the most */
export function checkedMaxResults(given: number | undefined, usual: number, most: number): number {
  const count = given ?? usual;
  if (count >= 1 && count <= most) return count;
  throw invalidParameter(
    `Invalid value ${count} for parameter 'max_results' supplied: it must be at least 1 and at most ${most}`,
  );
}
