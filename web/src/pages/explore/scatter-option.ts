import type { Cell, Columns, Experiments, Score } from "../../api/types.js";
import { categoryAxis, plotArea, tellingFormatter, valueAxis, zoom } from "../../charts/axes.js";
import { brief } from "../../charts/brief.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { tooltipOf } from "../../charts/tooltip.js";

export type Parameter = Columns["columns"][number];

/** An experiment that has both the parameter and the score. */
export interface ExperimentPoint {
  x: string | number;
  y: number;
  id: string;
  name: string;
  testSet: string;
}

/** Points of one colour: those of a test set, whose scores alone may be compared. */
export interface TestSetPoints {
  name: string;
  points: ExperimentPoint[];
}

/** Further test sets share a colour. */
const maxColours = 8;

export function experimentPoints(page: Experiments, score: Score, parameter: Parameter): ExperimentPoint[] {
  const at = (name: string) => page.columns.findIndex((column) => column.name === name);
  const [x, y, name, model] = [at(parameter.name), at(score.name), at("name"), at("model")];
  const [digest, target] = [at("test_set_digest"), at("target_column")];
  return page.rows.flatMap((row, i) => {
    const [value = null, of] = [row[x], row[y]];
    if (value === null || typeof of !== "number") return [];
    return [
      {
        x: placeOf(value, parameter),
        y: of,
        id: page.prediction_ids[i] ?? "",
        name: String(row[name] ?? row[model]),
        testSet: `${String(row[target])}, ${String(row[digest]).slice(0, 6)}`,
      },
    ];
  });
}

function placeOf(value: NonNullable<Cell>, { type }: Parameter): string | number {
  return type === "number" && typeof value === "number" ? value : String(value);
}

/** The largest test sets first. */
export function byTestSet(points: readonly ExperimentPoint[]): TestSetPoints[] {
  const sets = new Map<string, ExperimentPoint[]>();
  for (const point of points) {
    const set = sets.get(point.testSet);
    if (set) set.push(point);
    else sets.set(point.testSet, [point]);
  }
  return [...sets]
    .map(([name, of]) => ({ name, points: of }))
    .sort((a, b) => b.points.length - a.points.length);
}

/** As many sets as there are colours; those beyond in one. */
export function withinColours(sets: readonly TestSetPoints[]): TestSetPoints[] {
  if (sets.length <= maxColours) return [...sets];
  const others = sets.slice(maxColours).flatMap(({ points }) => points);
  return [...sets.slice(0, maxColours), { name: "other test sets", points: others }];
}

/** A point an experiment. */
export function scatterOption(
  sets: readonly TestSetPoints[],
  { score, parameter, isLog }: { score: Score; parameter: Parameter; isLog: boolean },
): ChartOption {
  const isNumeric = parameter.type === "number";
  const points = sets.flatMap((set) => set.points);
  return {
    grid: { ...plotArea, left: 64, top: 40 },
    legend: { top: 0, type: "scroll" },
    tooltip: {
      formatter: tooltipOf((index, series) => {
        const point = sets[series]?.points[index];
        if (!point) return "";
        const x = typeof point.x === "number" ? brief(point.x) : point.x;
        return `${point.name}\n${parameter.name} ${x}\n${score.name} ${brief(point.y)}`;
      }),
    },
    xAxis: isNumeric
      ? { ...valueAxis(parameter.name), ...(isLog ? { type: "log", scale: false } : {}) }
      : textAxis(parameter.name, points),
    yAxis: valueAxis(score.title, { nameGap: 46 }),
    dataZoom: isNumeric ? zoom : zoom.slice(1),
    series: sets.map((set) => ({
      type: "scatter",
      name: set.name,
      data: set.points.map(({ x, y }) => [x, y]),
      symbolSize: points.length > 1000 ? 5 : 9,
      itemStyle: { opacity: 0.7 },
      cursor: "pointer",
    })),
  };
}

/** Up to so many values all have their name at the axis. */
const mostNamed = 8;

function textAxis(name: string, points: readonly ExperimentPoint[]) {
  const labels = [...new Set(points.map(({ x }) => String(x)))].sort((a, b) => a.localeCompare(b));
  const isFew = labels.length <= mostNamed;
  return {
    ...categoryAxis(name, labels),
    jitter: points.length > 50 ? 40 : 0, // pixels: many points of one value would lie on a line
    axisLabel: {
      hideOverlap: true,
      ...(isFew ? { interval: 0 } : {}),
      width: labels.length > 4 ? 84 : 150,
      overflow: "truncate" as const,
      formatter: tellingFormatter(labels, labels.length > 4 ? 12 : 20),
    },
  };
}
