import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";

import type { ChartOption } from "./chart-option.js";
import { connect, type Chart as EChart, init } from "./echarts.js";
import { themed } from "./themed.js";

export interface ChartProps {
  option: ChartOption;
  height: number;
  /** Charts of one group show the same part of the axis, and the same place under the pointer. */
  group?: string;
  onClick?: (event: { seriesIndex: number; dataIndex: number }) => void;
  /** Parallel axes: what was drawn over an axis, as its least and greatest; none where it was taken away. */
  onAxisRange?: (axis: number, range: readonly [number, number] | undefined) => void;
}

/**
 * One ECharts chart that follows its container's width and the colour scheme. Its text alternative stands
 * beside it.
 */
export function Chart({ option, height, group, onClick, onAxisRange }: ChartProps) {
  const container = useRef<HTMLDivElement>(null);
  const chart = useRef<EChart | null>(null);
  const pointer = useRef<{ x: number; y: number }>(undefined);
  const scheme = useComputedColorScheme("light");
  const clicked = useRef(onClick);
  clicked.current = onClick;
  const ranged = useRef(onAxisRange);
  ranged.current = onAxisRange;

  useEffect(() => {
    const element = container.current as HTMLDivElement;
    const made = init(element, scheme === "dark" ? "dark" : null, { renderer: "canvas" });
    chart.current = made;
    if (group !== undefined) {
      made.group = group;
      connect(group);
    }
    made.on("click", (event) => {
      clicked.current?.({
        seriesIndex: event.seriesIndex ?? 0,
        dataIndex: event.dataIndex,
      });
    });
    // A double click shows all again.
    made.getZr().on("dblclick", () => made.dispatchAction({ type: "dataZoom", start: 0, end: 100 }));
    made.on("axisareaselected", (event) => {
      const { parallelAxisId: axis, intervals } = event as AxisEvent;
      ranged.current?.(Number(axis), intervals[0]);
    });
    // ECharts keeps every turn of the wheel from the page, whether it zooms or not: without Ctrl it is the page's.
    const leaveToPage = (event: WheelEvent) => {
      if (!event.ctrlKey) event.stopPropagation();
    };
    element.addEventListener("wheel", leaveToPage, { capture: true, passive: true });
    const follow = ({ offsetX: x, offsetY: y }: PointerEvent) => {
      pointer.current = { x, y };
    };
    element.addEventListener("pointermove", follow, { passive: true });
    const resizing = new ResizeObserver(() => made.resize());
    resizing.observe(element);
    return () => {
      resizing.disconnect();
      element.removeEventListener("wheel", leaveToPage, { capture: true });
      element.removeEventListener("pointermove", follow);
      made.dispose();
      chart.current = null;
    };
  }, [scheme, group]);

  useEffect(() => {
    const made = chart.current;
    if (!made) return;
    const zoomed = group === undefined ? undefined : zoomOf(made);
    made.setOption(themed(option, scheme), { notMerge: true });
    if (group === undefined) return;
    made.setOption({ tooltip: besideOwnPointer(made.getDom()) });
    // What is new is seen where the reader looks, and points.
    if (zoomed) made.dispatchAction({ type: "dataZoom", ...zoomed });
    if (isPointedAt(made.getDom()) && pointer.current) {
      made.dispatchAction({ type: "showTip", ...pointer.current });
    }
  }, [option, scheme, group]);

  return <div ref={container} style={{ height, width: "100%" }} aria-hidden="true" />;
}

/**
 * Of charts that belong together, only the one under the pointer says values: the others mark the place, and have
 * their tooltip out of sight, since ECharts fails to follow one that is not drawn.
 */
function besideOwnPointer(element: HTMLElement) {
  type Size = Record<"viewSize" | "contentSize", [number, number]>;
  return {
    confine: false,
    position: ([x, y]: [number, number], _of: unknown, _drawn: unknown, _at: unknown, size: Size) => {
      if (!isPointedAt(element)) return [-10_000, -10_000];
      const [width, height] = size.contentSize;
      const room = size.viewSize[0] - width;
      return [
        x + 16 <= room ? x + 16 : Math.max(0, x - 16 - width),
        Math.max(0, Math.min(y, size.viewSize[1] - height)),
      ];
    },
  };
}

function isPointedAt(element: HTMLElement): boolean {
  return element.matches(":hover");
}

interface Zoom {
  start?: number;
  end?: number;
  startValue?: number;
  endValue?: number;
}

/**
 * The part of the axis that is seen, in its values; undefined where it is all of it. An end that is seen goes on
 * with what comes, in percent.
 */
function zoomOf(made: EChart): Zoom | undefined {
  const drawn = made.getOption() as { dataZoom?: Zoom[] } | undefined;
  const { start = 0, end = 100, startValue = 0, endValue = 0 } = drawn?.dataZoom?.[0] ?? {}; // none before it is first drawn
  if (start <= 0 && end >= 100) return undefined;
  return { ...(start > 0 ? { startValue } : { start }), ...(end < 100 ? { endValue } : { end }) };
}

interface AxisEvent {
  /** As the option names it: the position of the axis. */
  parallelAxisId: string;
  intervals: [number, number][];
}

/** The chart as a picture: the address of its data, PNG at twice the size. */
export function drawPicture(
  option: ChartOption,
  scheme: "light" | "dark",
  kind: "png" | "svg",
  height: number,
): string {
  const made = init(document.createElement("div"), scheme === "dark" ? "dark" : null, {
    renderer: kind === "svg" ? "svg" : "canvas",
    width: 800,
    height,
  });
  made.setOption({ ...themed(option, scheme), backgroundColor: scheme === "dark" ? "#1a1b1e" : "#ffffff" });
  const picture = made.getDataURL({ type: kind, pixelRatio: 2 });
  made.dispose();
  return picture;
}
