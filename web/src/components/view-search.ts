import type { View } from "../api/types.js";
import { type TrackingSearch, viewLists, viewTexts } from "../search.js";

/** What a view keeps of a table's address. */
export function viewOf(search: TrackingSearch): View["state"] {
  const kept = [...viewTexts, ...viewLists].flatMap((name) => {
    const value = search[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(kept);
}

/** The address of a table as a view keeps it; what the view does not say is as usual. */
export function searchOfView(name: string, state: View["state"]): TrackingSearch {
  const search: TrackingSearch = { view: name };
  for (const key of viewTexts) {
    const value = state[key];
    search[key] = typeof value === "string" ? value : undefined;
  }
  for (const key of viewLists) {
    const value = state[key];
    search[key] = Array.isArray(value) ? value.filter((each) => typeof each === "string") : undefined;
  }
  return search;
}

/** Whether an address says how its table looks. */
export function hasLook(search: TrackingSearch): boolean {
  return search.view !== undefined || [...viewTexts, ...viewLists].some((name) => search[name] !== undefined);
}
