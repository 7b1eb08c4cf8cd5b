// The kinds of charts that the plots need, and no more: this chunk is loaded with the first plot.
import { BarChart, CustomChart, HeatmapChart, LineChart, ParallelChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  ParallelComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { connect, init, use } from "echarts/core";
import { ScatterJitter } from "echarts/features";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";

use([
  AriaComponent,
  BarChart,
  CanvasRenderer,
  CustomChart,
  DataZoomComponent,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  ParallelChart,
  ParallelComponent,
  ScatterChart,
  ScatterJitter,
  SVGRenderer,
  TooltipComponent,
  VisualMapComponent,
]);

export type { ECharts as Chart } from "echarts/core";
export { connect, init };
