import { runPalette } from "./run-palette.js";

/** What is drawn in a colour of its own. */
export interface Coloured {
  id: string;
  /** Milliseconds since 1970. */
  startedAt: number;
}

/**
 * The colours of runs that are shown together, by their ids. Each has the one that follows from its id, so that
 * nobody has to keep it; where an earlier run has that already, the next one that is free. So a later run changes
 * no other's colour, and two have the same one only where there are more of them than colours.
 * @param beside what is shown, too, but gives way to the others
 */
export function runColours(
  runs: readonly Coloured[],
  scheme: "light" | "dark",
  beside: readonly Coloured[] = [],
): ReadonlyMap<string, string> {
  const palette = runPalette[scheme];
  const free = new Set(palette.keys());
  const colours = new Map<string, string>();
  for (const { id } of [...earliestFirst(runs), ...earliestFirst(beside)]) {
    if (colours.has(id)) continue;
    if (free.size === 0) for (const place of palette.keys()) free.add(place);
    let place = Math.floor(share(id) * palette.length);
    while (!free.has(place)) place = (place + stride) % palette.length;
    free.delete(place);
    colours.set(id, palette[place]!);
  }
  return colours;
}

/** The palette is by hue: so far on, a colour looks different. It has no divisor in common with the length of either. */
const stride = 43;

function earliestFirst(runs: readonly Coloured[]): Coloured[] {
  return [...runs].sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
}

/** A number from 0 to below 1 for a text, FNV-1a with its bits mixed once more: similar texts are far apart. */
function share(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
