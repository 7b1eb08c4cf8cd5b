import type { Cell, Experiments, Score } from "../../api/types.js";
import { tellingFormatter } from "../../charts/axes.js";
import { brief } from "../../charts/brief.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { rangeOf } from "../../charts/range-of.js";
import { briefValue } from "../../charts/tooltip.js";

const missing = "(none)";
const maxLabels = 12;

/** One experiment over the axes. */
export interface Line {
  id: string;
  name: string;
  testSet: string;
  cells: Cell[];
  /** Of each axis the value, or the position of the text among its labels. */
  places: number[];
  score: number;
}

export interface Dimension {
  name: string;
  /** Undefined: an axis of numbers. */
  labels: string[] | undefined;
}

export interface ParallelLines {
  dimensions: Dimension[];
  lines: Line[];
}

/**
 * The experiments that have the score, which is the last of the names. Numbers are on an axis of numbers;
 * everything else, and what is missing in places, on one of labels.
 */
export function parallelLines(page: Experiments, names: readonly string[]): ParallelLines {
  const at = (name: string) => page.columns.findIndex((column) => column.name === name);
  const columns = names.map(at);
  const [name, model, digest] = [at("name"), at("model"), at("test_set_digest")];
  const scored = page.rows.flatMap((row, i) => {
    const score = row[columns.at(-1) ?? -1];
    return typeof score === "number" ? [{ row, score, id: page.prediction_ids[i] ?? "" }] : [];
  });
  const dimensions = columns.map((column, i) =>
    dimensionOf(
      names[i] ?? "",
      scored.map(({ row }) => row[column] ?? null),
    ),
  );
  const places = dimensions.map(({ labels }) => labels && new Map(labels.map((label, i) => [label, i])));
  return {
    dimensions,
    lines: scored.map(({ row, score, id }) => {
      const cells = columns.map((column) => row[column] ?? null);
      return {
        id,
        name: String(row[name] ?? row[model]),
        testSet: String(row[digest]),
        cells,
        score,
        places: cells.map(
          (cell, i) => places[i]?.get(labelOf(cell)) ?? (cell === null ? Number.NaN : Number(cell)),
        ),
      };
    }),
  };
}

/**
 * A line passes by an axis of numbers where it has none; of few values all are labels, and a missing one is
 * one too.
 */
function dimensionOf(name: string, values: readonly Cell[]): Dimension {
  const given = new Set(values.filter((value) => value !== null));
  const areNumbers = [...given].every((value) => typeof value === "number");
  if (areNumbers && (given.size > maxLabels || !values.includes(null))) return { name, labels: undefined };
  const texts = [...new Set(values)].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)),
  );
  return { name, labels: texts.map(labelOf) };
}

function labelOf(cell: Cell): string {
  return cell === null ? missing : String(cell);
}

/** A line an experiment, coloured by its score; undefined where none has the score. */
export function parallelOption({ dimensions, lines }: ParallelLines, score: Score): ChartOption | undefined {
  if (lines.length === 0) return undefined;
  const [least, greatest] = rangeOf(lines.map((line) => line.score));
  const colours = ["#f08c00", "#ced4da", "#1971c2"];
  return {
    parallel: { left: 80, right: 130, top: 50, bottom: 24 },
    parallelAxis: dimensions.map(({ name, labels }, dim) => ({
      dim,
      id: String(dim),
      name: name === score.name ? score.title : name,
      nameTextStyle: { width: 120, overflow: "truncate" },
      ...(labels
        ? {
            type: "category",
            data: labels,
            axisLabel: { width: 90, overflow: "truncate", formatter: tellingFormatter(labels) },
          }
        : { type: "value", scale: true, axisLabel: { formatter: brief } }),
    })),
    visualMap: {
      min: least,
      max: greatest === least ? least + 1 : greatest,
      dimension: dimensions.length - 1,
      right: 0,
      top: "center",
      calculable: true,
      formatter: briefValue,
      inRange: { color: score.direction === "higher" ? colours : colours.toReversed() },
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
}

/** The range that was drawn over each axis, by the axis's position. */
export type AxisRanges = ReadonlyMap<number, readonly [from: number, to: number]>;

/** The lines within all ranges, the best first. */
export function linesWithin(lines: readonly Line[], ranges: AxisRanges, { direction }: Score): Line[] {
  const fromBest = ({ score }: Line) =>
    direction === "higher" ? -score : direction === "lower" ? score : Math.abs(score);
  return lines
    .filter(({ places }) =>
      [...ranges].every(([axis, [from, to]]) => {
        const place = places[axis] ?? Number.NaN;
        return place >= from && place <= to;
      }),
    )
    .sort((a, b) => fromBest(a) - fromBest(b));
}
