import type { JsonColumn } from "../logs/catalog-log.js";
import { type NameState, nameKey, type ProjectState } from "../project-state.js";
import type { JsonLeaf, JsonMapping } from "./json-names.js";

/** A project has so many names with columns of their own; those that come later are rare ones. */
const mostWide = 256;
/** A table of so many rows takes so many new names at once: each one costs some milliseconds. */
const bigTable = 100_000;
const mostNewInBigTable = 16;

/**
 * A name with columns of its own, and the places in the staged JSON where its values stand, the outermost
 * first.
 */
export interface WideName {
  name: NameState;
  leaves: JsonLeaf[];
}

/** Names that have columns already keep them; of the others the most frequent ones get some. */
export function chooseWide(
  project: ProjectState,
  found: ReadonlyMap<JsonColumn, readonly JsonMapping[]>,
  rows: number,
): Map<JsonColumn, WideName[]> {
  const chosen = new Map<JsonColumn, Map<string, WideName>>();
  const fresh: { column: JsonColumn; name: string; leaves: JsonLeaf[]; count: number }[] = [];
  for (const [column, mappings] of found) {
    const byName = new Map<string, JsonLeaf[]>();
    for (const leaf of mappings.flatMap(({ leaves }) => leaves)) {
      byName.set(leaf.name, [...(byName.get(leaf.name) ?? []), leaf]);
    }
    const names = new Map<string, WideName>();
    chosen.set(column, names);
    for (const [name, leaves] of byName) {
      leaves.sort((a, b) => a.depth - b.depth || (a.pointer < b.pointer ? -1 : 1));
      const known = project.names.get(nameKey(column.kind, name));
      if (known?.place === "wide") names.set(name, { name: known, leaves });
      else if (!known)
        fresh.push({ column, name, leaves, count: Math.max(...leaves.map(({ count }) => count)) });
    }
  }
  const wideNow = [...project.names.values()].filter(({ place }) => place === "wide").length;
  const isBig = project.nextRow > bigTable && rows < project.nextRow;
  const room = Math.min(mostWide - wideNow, isBig ? mostNewInBigTable : mostWide);
  fresh.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  for (const { column, name, leaves } of fresh.slice(0, Math.max(0, room))) {
    const state = addName(project, column.kind, name, "wide");
    chosen.get(column)?.set(name, { name: state, leaves });
  }
  return new Map([...chosen].map(([column, names]) => [column, [...names.values()]]));
}

export function addName(
  project: ProjectState,
  kind: NameState["kind"],
  name: string,
  place: NameState["place"],
): NameState {
  const state: NameState = { id: project.nextName, kind, name, place, forms: 0, columns: 0 };
  project.nextName += 1;
  project.names.set(nameKey(kind, name), state);
  return state;
}
