/**
 * The colour of a run, the same on every page: from its id alone, so that nobody has to keep it. Ids that are next
 * to each other get hues that are far apart.
 */
export function runColour(runId: string, scheme: "light" | "dark"): string {
  let hash = 2166136261;
  for (let i = 0; i < runId.length; i++) hash = Math.imul(hash ^ runId.charCodeAt(i), 16777619) >>> 0;
  const hue = Math.round(((hash % 4096) * 137.508) % 360);
  const tone = (hash >>> 12) % 3;
  const lightness = scheme === "light" ? [38, 46, 30][tone]! : [64, 72, 56][tone]!;
  const saturation = [72, 58, 85][(hash >>> 14) % 3]!;
  return `hsl(${hue}, ${saturation}%, ${lightness}%)`;
}
