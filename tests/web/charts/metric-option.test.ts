import { describe, expect, it } from "vitest";

import { type BandLine, bandOption } from "../../../web/src/charts/band-option.js";
import { axisNumber } from "../../../web/src/charts/metric-axes.js";
import { metricOption, oddValues } from "../../../web/src/charts/metric-option.js";
import { tooltipText } from "../../../web/src/charts/metric-tooltip.js";
import { leftOutByLog } from "../../../web/src/run/left-out-by-log.js";
import { textsDrawn } from "../draw.js";

const look = { x: "step", smoothing: 0, logX: false, logY: false } as const;
const line = { name: "a run", color: "#123456", x: [0, 1, 2, 3], y: [4, "NaN", 0, 1] as const };

describe("a chart of a metric", () => {
  it("draws finite numbers alone, and on a logarithmic axis those above 0", () => {
    const dataOf = (logY: boolean) => {
      const { series } = metricOption([line], { ...look, logY }) as { series: { data: unknown }[] };
      return series.map(({ data }) => data);
    };
    expect(dataOf(false)).toEqual([
      [
        [0, 4],
        [1, null],
        [2, 0],
        [3, 1],
      ],
    ]);
    expect(dataOf(true)).toEqual([
      [
        [0, 4],
        [1, null],
        [2, null],
        [3, 1],
      ],
    ]);
    expect(oddValues(["NaN", 1, "NaN", "-Infinity"])).toBe("2 × NaN, 1 × -Infinity");
    expect(oddValues([1, 2])).toBe("");
  });

  it("keeps what was logged pale behind what is smoothed", () => {
    const option = metricOption([line], { ...look, smoothing: 0.5, x: "seconds" });
    const { series } = option as { series: { data: [number, number | null][]; lineStyle: object }[] };
    expect(series.map(({ data }) => data[3])).toEqual([
      [3, 1],
      [3, expect.closeTo((4 * 0.25 + 1) / 1.75, 12)],
    ]);
    expect(series[0]?.lineStyle).toMatchObject({ opacity: 0.25 });
    expect(textsDrawn(option)).toContain("seconds since the start");
  });

  it("says how many points a logarithmic axis leaves out", () => {
    const lines = [line, { ...line, x: [0, 1], y: [-1, 0] }];
    const said = (logX: boolean, logY: boolean) => leftOutByLog(lines, { ...look, logX, logY }, "points");
    expect(said(false, false)).toBe("");
    expect(said(false, true)).toBe("log y leaves out 3 of 5 points, at 0 or below");
    expect(said(true, true)).toBe(
      "log x leaves out 2 of 5 points, at 0 or below; log y leaves out 3 of 5 points, at 0 or below",
    );
    expect(leftOutByLog(lines, { ...look, x: "time", logX: true, logY: false }, "points")).toBe("");
    const { series } = metricOption([line], { ...look, logX: true }) as { series: { data: unknown[] }[] };
    expect(series[0]?.data).toEqual([
      [1, null],
      [2, 0],
      [3, 1],
    ]);
  });

  it("smooths the same values whether an axis can show them or not", () => {
    const option = metricOption([line], { ...look, smoothing: 0.5, logY: true });
    const { series } = option as { series: { data: [number, number | null][] }[] };
    expect(series[1]?.data[2]).toEqual([2, expect.closeTo((4 * 0.5 + 0) / 1.5, 12)]);
  });

  it("smooths the means of buckets where its points are but extremes, and names those alone", () => {
    const means = { x: [0.5, 2.5], y: [2, 1], n: [2, 2] };
    const option = metricOption([{ ...line, means }], { ...look, smoothing: 0.5 });
    const { series } = option as { series: { data: [number, number | null][]; tooltip?: object }[] };
    expect(series.map(({ data }) => data)).toEqual([
      [
        [0, 4],
        [1, null],
        [2, 0],
        [3, 1],
      ],
      [
        [0.5, 2],
        [2.5, 1.2],
      ],
    ]);
    expect(series.map(({ tooltip }) => tooltip)).toEqual([{ show: false }, undefined]);
  });

  it("draws a mean with a band for each group", () => {
    const band: BandLine = {
      name: "lr 0.1 (3 runs)",
      color: "#123",
      x: [0, 1],
      mean: [2, 1],
      low: [1, 0],
      high: [3, 2],
      points: 2,
    };
    const option = bandOption([band], look);
    expect(textsDrawn(option)).toContain("lr 0.1 (3 runs)");
    const { series } = option as { series: { type: string; data: unknown }[] };
    expect(series.map(({ type }) => type)).toEqual(["line", "custom"]);
    expect(series[1]?.data).toEqual([
      [0, 1],
      [1, 0],
      [1, 2],
      [0, 3],
    ]);
  });

  it("cuts a band on a logarithmic axis at the least that is drawn, and leaves out means at 0 or below", () => {
    const band: BandLine = {
      name: "a",
      color: "#123",
      x: [0, 1, 2],
      mean: [2, 1, 0],
      low: [0.5, -1, -2],
      high: [3, 2, 1],
      points: 3,
    };
    const { series } = bandOption([band], { ...look, logY: true }) as { series: { data: unknown }[] };
    expect(series.map(({ data }) => data)).toEqual([
      [
        [0, 2],
        [1, 1],
        [2, null],
      ],
      [
        [0, 0.5],
        [1, 0.5],
        [1, 2],
        [0, 3],
      ],
    ]);
  });

  it("writes numbers of any size on its axes in few characters", () => {
    const written = [0, 0.5, 1200, 250_000, 2.5e12, 1_000_100, 1.2e-6, -3e-8, 4e20].map(axisNumber);
    expect(written).toEqual(["0", "0.5", "1200", "250K", "2.5T", "1.0001M", "1.2e-6", "-3e-8", "4e+20"]);
  });

  it("says at most ten lines of values under the pointer, the greatest first, and no markup of a name", () => {
    const point = (at: number) => ({
      seriesId: `line ${at}`,
      seriesName: at === 19 ? `{marker|}${"long ".repeat(20)}` : `run ${at}`,
      marker: "*",
      value: [7, at],
    });
    const pale = { ...point(99), seriesId: "behind 0" };
    const lines = tooltipText([pale, ...Array.from({ length: 20 }, (_, at) => point(at))], "step").split(
      "\n",
    );
    expect(lines).toHaveLength(11);
    expect(lines.slice(0, 3)).toEqual(["step 7", "*19   marker  long long long long long…", "*18  run 18"]);
    expect(lines.at(-1)).toBe("and 11 more");
    expect(tooltipText([{ ...point(0), value: [7, null] }], "step")).toBe("");
  });
});
