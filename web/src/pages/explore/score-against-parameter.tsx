import { Switch } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";

import type { Columns, Experiments, Score } from "../../api/types.js";
import { brief, plotArea, valueAxis, zoom } from "../../charts/axes.js";
import type { ChartOption } from "../../charts/echarts.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { useExploreAddress } from "./address.js";

/** Further test sets share a colour. */
const mostColours = 8;

/** A point an experiment; a colour a test set, whose scores alone may be compared. */
export default function ScoreAgainstParameter({
  project,
  page,
  score,
  parameter,
}: {
  project: string;
  page: Experiments;
  score: Score;
  parameter: Columns["columns"][number];
}) {
  const { search, change } = useExploreAddress();
  const navigate = useNavigate();
  const isNumeric = parameter.type === "number";
  const points = useMemo(() => {
    const at = (name: string) => page.columns.findIndex((column) => column.name === name);
    const [x, y, name, model, digest, target] = [
      parameter.name,
      score.name,
      "name",
      "model",
      "test_set_digest",
      "target_column",
    ].map(at) as [number, number, number, number, number, number];
    return page.rows.flatMap((row, i) => {
      const [value, of] = [row[x] ?? null, row[y] ?? null];
      if (value === null || typeof of !== "number") return [];
      return [
        {
          x: isNumeric ? value : String(value),
          y: of,
          id: page.prediction_ids[i] as string,
          name: String(row[name] ?? row[model]),
          testSet: `${String(row[target])}, ${String(row[digest]).slice(0, 6)}`,
        },
      ];
    });
  }, [page, score, parameter, isNumeric]);
  const canBeLog = isNumeric && points.length > 0 && points.every(({ x }) => typeof x === "number" && x > 0);
  const isLog = canBeLog && search.log === "1";
  const sets = byTestSet(points).sort(([, a], [, b]) => b.length - a.length);
  const series = [
    ...sets.slice(0, mostColours),
    ...(sets.length > mostColours
      ? [["other test sets", sets.slice(mostColours).flatMap(([, of]) => of)] as const]
      : []),
  ];
  const option: ChartOption = {
    grid: { ...plotArea, left: 64, top: 40 },
    legend: { top: 0, type: "scroll" },
    tooltip: {
      formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) => {
        const point = series[seriesIndex]?.[1][dataIndex];
        if (!point) return "";
        const x = typeof point.x === "number" ? brief(point.x) : String(point.x);
        return `${point.name}\n${parameter.name} ${x}\n${score.name} ${brief(point.y)}`;
      },
    },
    xAxis: isNumeric
      ? { ...valueAxis(parameter.name), ...(isLog ? { type: "log", scale: false } : {}) }
      : {
          type: "category",
          jitter: points.length > 50 ? 40 : 0, // pixels: many points of one value would lie on a line
          data: [...new Set(points.map(({ x }) => String(x)))].sort((a, b) => a.localeCompare(b)),
          name: parameter.name,
          nameLocation: "middle",
          nameGap: 28,
          axisLabel: { hideOverlap: true, width: 120, overflow: "truncate" },
        },
    yAxis: valueAxis(score.title, { nameGap: 46 }),
    dataZoom: isNumeric ? zoom : zoom.slice(1),
    series: series.map(([name, of]) => ({
      type: "scatter",
      name,
      data: of.map(({ x, y }) => [x, y]),
      symbolSize: points.length > 1000 ? 5 : 9,
      itemStyle: { opacity: 0.7 },
      cursor: "pointer",
    })),
  };
  return (
    <PlotFrame
      level={2}
      title={`${score.title} against ${parameter.name}`}
      meaning={`A point is an experiment and opens it. ${score.direction === "higher" ? "Higher" : score.direction === "lower" ? "Lower" : "Nearer to 0"} is better, among points of one colour: scores on different test sets are not comparable.`}
      inWords={`${points.length} experiments on ${sets.length} test sets have both ${parameter.name} and ${score.title}.`}
      fileName={`${project}-${score.name}-${parameter.name}`.replace(/[^\w.-]+/g, "-")}
      controls={
        canBeLog && (
          <Switch
            size="xs"
            label="Logarithmic"
            checked={isLog}
            onChange={(event) => change({ log: event.currentTarget.checked ? "1" : undefined })}
          />
        )
      }
      chart={{
        option,
        height: 380,
        onClick: ({ seriesIndex, dataIndex }) => {
          const point = series[seriesIndex]?.[1][dataIndex];
          if (point) void navigate({ to: "/experiments/$id", params: { id: point.id } });
        },
      }}
      note={
        points.length < page.rows.length
          ? `${page.rows.length - points.length} experiments without ${parameter.name} or ${score.title} are not drawn.`
          : undefined
      }
      table={[
        ["prediction_id", "name", "test_set", parameter.name, score.name],
        ...points.map((point) => [
          point.id,
          point.name,
          point.testSet,
          typeof point.x === "boolean" ? String(point.x) : point.x,
          point.y,
        ]),
      ]}
    />
  );
}

function byTestSet<Point extends { testSet: string }>(points: readonly Point[]): [string, Point[]][] {
  const sets = new Map<string, Point[]>();
  for (const point of points) {
    const set = sets.get(point.testSet);
    if (set) set.push(point);
    else sets.set(point.testSet, [point]);
  }
  return [...sets];
}
