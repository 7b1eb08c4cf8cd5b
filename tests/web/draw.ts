import type { ChartOption } from "../../web/src/charts/chart-option.js";
import { init } from "../../web/src/charts/echarts.js";
import { themed } from "../../web/src/charts/themed.js";

/** The texts of a chart, drawn by ECharts without a browser: what it could not draw, it would not say. */
export function textsDrawn(option: ChartOption): string[] {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 600, height: 400 });
  chart.setOption(themed(option, "light"));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);
}

/** What a chart's tooltip says of an item of a series. */
export function tooltipText(option: ChartOption, dataIndex: number, seriesIndex = 0): string {
  const formatter: unknown = [option.tooltip].flat()[0]?.formatter;
  if (typeof formatter !== "function") throw new TypeError("the chart's tooltip has no formatter");
  const text: unknown = Reflect.apply(formatter, undefined, [{ dataIndex, seriesIndex }]);
  return String(text);
}
