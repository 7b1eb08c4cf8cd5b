import { valueAxis, zoomAcross } from "./axes.js";
import { brief } from "./brief.js";
import type { MetricLook } from "./metric-look.js";

const axisNames = { step: "step", seconds: "seconds since the start", time: "time" };

/** The axes of a metric by step or time. Charts of many runs zoom along the x axis, and keep what lies beyond it. */
export function metricAxes(look: MetricLook) {
  const numbers = { formatter: axisNumber, hideOverlap: true };
  return {
    grid: { left: 48, top: 12, right: 16, bottom: 44 },
    xAxis: {
      ...valueAxis(axisNames[look.x]),
      axisLabel: look.x === "time" ? { hideOverlap: true } : numbers,
      ...(look.x === "time" ? { type: "time" as const } : {}),
      ...(isLogX(look) ? { type: "log" as const } : {}),
    },
    yAxis: {
      ...valueAxis(""),
      axisLabel: numbers,
      type: look.logY ? ("log" as const) : ("value" as const),
    },
    dataZoom: [{ ...zoomAcross, filterMode: "none" as const }],
  };
}

/** A time has no logarithm that says anything. */
export function isLogX({ logX, x }: MetricLook): boolean {
  return logX && x !== "time";
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 6 });

/** A number that is short whatever its size. @example [25e11, 12e-7].map(axisNumber) // ["2.5T", "1.2e-6"] */
export function axisNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-3)) {
    return Number(value.toPrecision(5)).toExponential();
  }
  return size >= 10_000 ? compact.format(value) : brief(value);
}
