import type { ErrorDifference } from "../../api/types.js";
import { plotArea, valueAxis } from "../../charts/axes.js";
import { brief } from "../../charts/brief.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { cloudOption } from "../../charts/cloud.js";
import { decileAxis } from "../../charts/decile-axis.js";
import { tooltipOf } from "../../charts/tooltip.js";

/** Each sample's two absolute errors; on the line both are equally near. */
export function errorsOfBothOption({ errors, greatest }: ErrorDifference): ChartOption {
  return cloudOption(errors, {
    x: { name: "Absolute error of A", min: 0, max: greatest },
    y: { name: "Absolute error of B", min: 0, max: greatest },
    line: [
      [0, 0],
      [greatest, greatest],
    ],
  });
}

export function nearerByDecileOption({ deciles }: ErrorDifference): ChartOption {
  return {
    grid: { ...plotArea, top: 40, bottom: 56 },
    legend: { top: 0 },
    tooltip: {
      trigger: "axis",
      formatter: tooltipOf((i) => {
        const decile = deciles[i];
        if (!decile) return "";
        return `actual ${brief(decile.lower)} to ${brief(decile.upper)}, ${decile.samples} samples\nA nearer on ${decile.a_nearer}, mean absolute error ${brief(decile.a)}\nB nearer on ${decile.b_nearer}, mean absolute error ${brief(decile.b)}`;
      }),
    },
    xAxis: decileAxis(deciles),
    yAxis: valueAxis("Samples", { nameGap: 40, min: 0 }),
    series: [
      { type: "bar", name: "A nearer", data: deciles.map(({ a_nearer: count }) => count) },
      { type: "bar", name: "B nearer", data: deciles.map(({ b_nearer: count }) => count) },
    ],
  };
}
