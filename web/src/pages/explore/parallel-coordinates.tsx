import { Group, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Cell, Experiments, Score } from "../../api/types.js";
import { brief } from "../../charts/axes.js";
import type { ChartOption } from "../../charts/echarts.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { rangeOf } from "../../charts/range-of.js";
import { PageButton, PageLink } from "../../components/page-link.js";
import { showCount, showScore } from "../../components/show-cell.js";

const missing = "(none)";
const mostListed = 10;
const mostLabels = 12;

/** A line an experiment over an axis a parameter, coloured by the score; a range drawn on an axis chooses experiments. */
export default function ParallelCoordinates({
  project,
  page,
  score,
  axes,
}: {
  project: string;
  page: Experiments;
  score: Score;
  axes: readonly string[];
}) {
  const [ranges, setRanges] = useState<ReadonlyMap<number, readonly [number, number]>>(new Map());
  const names = useMemo(() => [...axes, score.name], [axes.join("\0"), score.name]);
  const { dimensions, lines } = useMemo(() => linesOf(page, names), [page, names]);
  const option = useMemo((): ChartOption | undefined => {
    if (lines.length === 0) return undefined; // none has the score, or its values are on their way
    const values = lines.map(({ places }) => places.at(-1) as number);
    const [least, most] = rangeOf(values);
    const good = ["#f08c00", "#ced4da", "#1971c2"];
    return {
      parallel: { left: 80, right: 130, top: 50, bottom: 24 },
      parallelAxis: dimensions.map((dimension, dim) => ({
        dim,
        id: String(dim),
        name: dimension.name === score.name ? score.title : dimension.name,
        nameTextStyle: { width: 120, overflow: "truncate" },
        ...(dimension.labels
          ? { type: "category", data: dimension.labels, axisLabel: { width: 90, overflow: "truncate" } }
          : { type: "value", scale: true, axisLabel: { formatter: brief } }),
      })),
      visualMap: {
        min: least,
        max: most === least ? least + 1 : most,
        dimension: dimensions.length - 1,
        right: 0,
        top: "center",
        calculable: true,
        formatter: brief,
        inRange: { color: score.direction === "higher" ? good : good.toReversed() },
      },
      series: [
        {
          type: "parallel",
          data: lines.map(({ places }) => places),
          lineStyle: { width: lines.length > 500 ? 1 : 1.5, opacity: lines.length > 500 ? 0.25 : 0.6 },
          inactiveOpacity: 0.03,
          progressive: 500,
        },
      ],
    };
  }, [dimensions, lines, score]);
  const comparable = new Set(lines.map(({ testSet }) => testSet)).size < 2;
  const chosen = lines
    .filter(({ places }) =>
      [...ranges].every(
        ([axis, [from, to]]) => (places[axis] as number) >= from && (places[axis] as number) <= to,
      ),
    )
    .sort((a, b) => distance(a, score) - distance(b, score));
  return (
    <PlotFrame
      level={2}
      title="Parallel coordinates"
      meaning="A line is an experiment; its colour is the score. Draw along an axis to choose a range, click the axis to take it away."
      inWords={`${lines.length} experiments over ${axes.join(", ")} and ${score.title}.`}
      fileName={`${project}-parallel-${score.name}`.replace(/[^\w.-]+/g, "-")}
      chart={
        option && {
          option,
          height: 380,
          onAxisRange: (axis, range) =>
            setRanges((before) => {
              const next = new Map(before);
              if (range) next.set(axis, range);
              else next.delete(axis);
              return next;
            }),
        }
      }
      note={
        comparable
          ? undefined
          : "These are of several test sets, whose scores are not comparable: choose one to see which are best."
      }
      table={[
        ["prediction_id", "name", ...names],
        ...lines.map(({ id, name, cells }) => [
          id,
          name,
          ...cells.map((cell) => (typeof cell === "boolean" ? String(cell) : (cell ?? null))),
        ]),
      ]}
    >
      <Text size="sm" mt="xs" aria-live="polite">
        {ranges.size === 0
          ? `${showCount(lines.length)} experiments`
          : `${showCount(chosen.length)} of ${showCount(lines.length)} experiments chosen`}
        {comparable && chosen.length > 0 && "; the best:"}
      </Text>
      {comparable && (
        <Group gap="xs">
          {chosen.slice(0, mostListed).map(({ id, name, cells }) => (
            <PageLink key={id} to="/experiments/$id" params={{ id }} size="sm">
              {name} ({showScore(cells.at(-1) as number)})
            </PageLink>
          ))}
          {chosen.length > 1 && (
            <PageButton
              to="/compare"
              search={{ id: chosen.slice(0, mostListed).map(({ id }) => id) }}
              size="compact-xs"
              variant="default"
            >
              Compare these
            </PageButton>
          )}
        </Group>
      )}
    </PlotFrame>
  );
}

interface Line {
  id: string;
  name: string;
  testSet: string;
  cells: Cell[];
  /** Of each axis the value, or the position of the text among its labels. */
  places: number[];
}

interface Dimension {
  name: string;
  /** Undefined: an axis of numbers. */
  labels: string[] | undefined;
}

/** Numbers on an axis of numbers; everything else, and what is missing in places, on one of labels. */
function linesOf(page: Experiments, names: readonly string[]): { dimensions: Dimension[]; lines: Line[] } {
  const at = (name: string) => page.columns.findIndex((column) => column.name === name);
  const columns = names.map(at);
  const rows = page.rows.map((row, i) => ({ row, id: page.prediction_ids[i] as string }));
  const scored = rows.filter(({ row }) => typeof row[columns.at(-1) as number] === "number");
  const dimensions = columns.map((column, i): Dimension => {
    const values = scored.map(({ row }) => row[column] ?? null);
    const name = names[i] as string;
    const given = new Set(values.filter((value) => value !== null));
    // A line passes by an axis of numbers where it has none; of few values, all are labels, and nothing is one of them.
    if ([...given].every((value) => typeof value === "number")) {
      if (given.size > mostLabels || !values.includes(null)) return { name, labels: undefined };
    }
    const texts = [...new Set(values)].sort((a, b) =>
      typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)),
    );
    return { name, labels: texts.map(labelOf) };
  });
  const [name, model, digest] = ["name", "model", "test_set_digest"].map(at) as [number, number, number];
  const places = dimensions.map(({ labels }) => labels && new Map(labels.map((label, i) => [label, i])));
  return {
    dimensions,
    lines: scored.map(({ row, id }) => {
      const cells = columns.map((column) => row[column] ?? null);
      return {
        id,
        name: String(row[name] ?? row[model]),
        testSet: String(row[digest]),
        cells,
        places: cells.map(
          (cell, i) => places[i]?.get(labelOf(cell)) ?? (cell === null ? Number.NaN : Number(cell)),
        ),
      };
    }),
  };
}

function labelOf(cell: Cell): string {
  return cell === null ? missing : String(cell);
}

/** How far from the best, so that the best come first. */
function distance({ cells }: Line, { direction }: Score): number {
  const value = cells.at(-1) as number;
  return direction === "higher" ? -value : direction === "lower" ? value : Math.abs(value);
}
