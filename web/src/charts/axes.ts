import type { DataZoomComponentOption } from "echarts/components";

import { brief } from "./brief.js";

/** A value axis with a name in its middle, as every plot has two of. */
export function valueAxis(name: string, more: { min?: number; max?: number; nameGap?: number } = {}) {
  return {
    type: "value" as const,
    name,
    nameLocation: "middle" as const,
    nameGap: 28,
    scale: true,
    axisLabel: {
      formatter: brief,
      showMinLabel: more.min === undefined || Number.isInteger(more.min),
      showMaxLabel: more.max === undefined || Number.isInteger(more.max),
    },
    splitLine: { lineStyle: { opacity: 0.35 } },
    ...more,
  };
}

/** An axis of texts with a name in its middle. */
export function categoryAxis(name: string, labels: readonly string[], nameGap = 28) {
  return {
    type: "category" as const,
    data: [...labels],
    name,
    nameLocation: "middle" as const,
    nameGap,
  };
}

/** The wheel with Ctrl, and pinching, zoom into a plot. */
export const zoomAcross: DataZoomComponentOption = { type: "inside", xAxisIndex: 0 };
export const zoomUpwards: DataZoomComponentOption = { type: "inside", yAxisIndex: 0 };

/** Into both axes. */
export const zoom: DataZoomComponentOption[] = [
  { ...zoomAcross, filterMode: "none" },
  { ...zoomUpwards, filterMode: "none" },
];

export const plotArea = { left: 56, right: 20, top: 28, bottom: 44 };

/** A straight line that other points are compared with: dashed, and not in the way of the pointer. */
export function comparisonLine(
  points: readonly (readonly [number, number])[],
  lineStyle: { width: number; opacity?: number },
) {
  return {
    type: "line" as const,
    data: points.map(([x, y]) => [x, y]),
    symbol: "none",
    silent: true,
    lineStyle: { type: "dashed" as const, ...lineStyle },
  };
}

/** A marked point, or without a height a line across the plot, with its name beside it. */
export function mark({ x, y, name }: { x: number; y?: number | undefined; name: string }) {
  const label = { show: true, formatter: () => name, fontSize: 11, color: "inherit" as const };
  const beside: "left" | "right" = x > 0.6 ? "left" : "right";
  const common = { name, silent: true, tooltip: { show: false }, z: 5 };
  return y === undefined
    ? {
        ...common,
        type: "line" as const,
        data: [],
        markLine: {
          silent: true,
          symbol: "none",
          animation: false,
          lineStyle: { type: "solid" as const, width: 1.5 },
          label: { ...label, position: "end" as const },
          data: [{ xAxis: x }],
        },
      }
    : {
        ...common,
        type: "scatter" as const,
        symbolSize: 12,
        itemStyle: { borderWidth: 2, borderColor: "#fff" },
        label: { ...label, position: beside },
        data: [[x, y]],
      };
}

/** How much room the names of many classes get beside a picture, in pixels: what is longer is cut off. */
const widthOfNames = 96;

/** From this length on, what all names begin with is left out: cut off, they would all look the same. */
const longBeginning = 6;

/** So much of a name is seen wherever it is cut off. */
const seenBeginning = 12;

/**
 * Names as an axis shows them, without the words that all of them begin with, or that those begin with that
 * would be cut off alike.
 * @param room so many characters fit: names that do are left whole
 * @example tellingNames(["class number 1 of 2", "class number 2 of 2"]) // ["…1 of 2", "…2 of 2"]
 */
export function tellingNames(labels: readonly string[], room = seenBeginning): string[] {
  if (labels.every(({ length }) => length <= room)) return [...labels];
  const shorter = withoutBeginning(labels);
  if (shorter.some((name, i) => name !== labels[i])) return shorter;
  const beginning = (label: string) => label.slice(0, seenBeginning);
  return labels.map((label) => {
    const alike = labels.filter((each) => beginning(each) === beginning(label));
    const telling = withoutBeginning(alike);
    const own = telling[alike.indexOf(label)] ?? label;
    const isTold = telling.every(
      (name, i) => i === alike.indexOf(label) || beginning(name) !== beginning(own),
    );
    return isTold ? own : `…${label.slice(-seenBeginning)}`;
  });
}

/** Writes the labels of an axis of texts, whose values stay whole. */
export function tellingFormatter(labels: readonly string[], room?: number): (label: string) => string {
  const telling = new Map(tellingNames(labels, room).map((shown, i) => [labels[i], shown]));
  return (label) => telling.get(label) ?? label;
}

function withoutBeginning(labels: readonly string[]): string[] {
  const [first = "", ...others] = labels;
  let same = others.length === 0 ? 0 : first.length;
  for (const label of others) while (!label.startsWith(first.slice(0, same))) same--;
  // Whole words, and not into a number.
  const words = first.slice(0, same).search(/[^\s,_/.:-]*$/);
  return words < longBeginning ? [...labels] : labels.map((label) => `…${label.slice(words)}`);
}

/**
 * The frame of a confusion matrix that is drawn as a picture: true labels downwards, predicted ones to the
 * right.
 */
export function confusionFrame(labels: readonly string[]) {
  const names = tellingNames(labels);
  return {
    grid: { left: 124, right: 20, top: 24, bottom: 172 },
    xAxis: {
      ...categoryAxis("predicted", names, 104),
      axisLabel: { rotate: 60, width: widthOfNames, overflow: "truncate" as const },
    },
    yAxis: {
      type: "category" as const,
      data: names,
      name: "true",
      inverse: true,
      axisLabel: { width: widthOfNames, overflow: "truncate" as const },
    },
    dataZoom: [zoomAcross, zoomUpwards],
  };
}

/** Where the colours of a picture of cells are explained: in its lower margin. */
export const lowerScale = {
  calculable: true,
  orient: "horizontal" as const,
  left: "center" as const,
  bottom: 0,
};
