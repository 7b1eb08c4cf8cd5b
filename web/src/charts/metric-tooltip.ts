import { brief } from "./brief.js";
import type { MetricLook } from "./metric-look.js";

/** So many lines of 22 pixels fit on a chart below the line of the place. */
const mostLines = 10;
const longestName = 34;

/** A series whose id begins so is drawn behind another, and not named. */
export const behind = "behind";

interface Hovered {
  seriesId?: string | undefined;
  seriesName?: string | undefined;
  marker?: unknown;
  value?: unknown;
}

/** What all lines have at one place of the x axis, the greatest value first. */
export function metricTooltip(x: MetricLook["x"]) {
  return {
    trigger: "axis" as const,
    padding: 6,
    formatter: (hovered: unknown) => tooltipText(Array.isArray(hovered) ? (hovered as Hovered[]) : [], x),
  };
}

/** Written as ECharts' rich text: what stands in braces is drawn as a mark, so names have none. */
export function tooltipText(hovered: readonly Hovered[], x: MetricLook["x"]): string {
  const points = hovered.flatMap(({ seriesId = "", seriesName = "", marker, value }) => {
    const [at, y] = Array.isArray(value) ? (value as unknown[]) : [];
    if (seriesId.startsWith(behind) || typeof at !== "number" || typeof y !== "number") return [];
    return [
      { at, y, text: `${typeof marker === "string" ? marker : ""}${brief(y)}  ${shortened(seriesName)}` },
    ];
  });
  const [first] = points;
  if (!first) return "";
  points.sort((a, b) => b.y - a.y);
  const shown = points.length > mostLines ? mostLines - 1 : points.length;
  return [
    placeText(first.at, x),
    ...points.slice(0, shown).map(({ text }) => text),
    ...(shown < points.length ? [`and ${points.length - shown} more`] : []),
  ].join("\n");
}

function placeText(at: number, x: MetricLook["x"]): string {
  if (x === "step") return `step ${brief(at)}`;
  return x === "seconds" ? `after ${brief(at)} s` : new Date(at).toLocaleString();
}

function shortened(name: string): string {
  const plain = name.replaceAll(/[{}|]/g, " ");
  return plain.length > longestName ? `${plain.slice(0, longestName - 1)}…` : plain;
}
