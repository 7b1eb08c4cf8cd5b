import { runPalette } from "./run-palette.js";

/** The colour of a run, the same on every page: from its id alone, so that nobody has to keep it. */
export function runColour(runId: string, scheme: "light" | "dark"): string {
  const palette = runPalette[scheme];
  return palette[Math.floor(share(runId) * palette.length)]!;
}

/** A number from 0 to below 1 for a text, FNV-1a with its bits mixed once more: similar texts are far apart. */
function share(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
