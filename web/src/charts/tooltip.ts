import { brief } from "./brief.js";

interface Hovered {
  dataIndex: number;
  seriesIndex?: number;
}

/**
 * A tooltip's formatter. ECharts tells it what is under the pointer: one item, or one of each series at an
 * axis.
 */
export function tooltipOf(textOf: (dataIndex: number, seriesIndex: number) => string) {
  return (hovered: Hovered | readonly Hovered[]): string => {
    const first = "dataIndex" in hovered ? hovered : hovered[0];
    return first ? textOf(first.dataIndex, first.seriesIndex ?? 0) : "";
  };
}

/** For tooltips that ECharts lays out itself, a line a series. */
export function briefValue(value: unknown): string {
  return brief(typeof value === "number" ? value : null);
}
