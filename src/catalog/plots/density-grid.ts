import { binOf, edgesOfRange } from "./equal-bins.js";
import { inSlices } from "./in-slices.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotDensity, PlotPoints, ValueRange } from "./plot-data.js";
import { sampleIds } from "./sample-ids.js";

/** Beyond this many samples a scatter plot is a smear, and its points are counted on a grid. */
const mostPoints = 5000;
const gridSize = 60;

/**
 * What a scatter plot of two numbers a sample is drawn from: the points where they are few, else how many there are in each cell of a grid
 * of equal bins. Source of the counts: numpy 2, `histogram2d`.
 */
export async function pointsOrDensity(
  predictions: Predictions,
  x: Axis,
  y: Axis,
  signal: AbortSignal | undefined,
): Promise<PlotPoints | PlotDensity> {
  if (x.values.length > mostPoints) return density(x, y, signal);
  return {
    form: "points",
    x: Array.from(x.values),
    y: Array.from(y.values),
    row: Array.from(x.values.keys()),
    sample_id: await sampleIds(predictions, signal),
  };
}

export interface Axis {
  values: Float64Array;
  range: ValueRange;
}

async function density(
  { values: x, range: xRange }: Axis,
  { values: y, range: yRange }: Axis,
  signal: AbortSignal | undefined,
): Promise<PlotDensity> {
  const xEdges = edgesOfRange(xRange.min, xRange.max, gridSize);
  const yEdges = edgesOfRange(yRange.min, yRange.max, gridSize);
  const columns = xEdges.length - 1;
  const counts = new Float64Array(columns * (yEdges.length - 1));
  await inSlices(x.length, signal, (from, to) => {
    for (let i = from; i < to; i++) counts[binOf(y[i]!, yEdges) * columns + binOf(x[i]!, xEdges)]! += 1;
  });
  const cells: number[] = [];
  counts.forEach((count, cell) => {
    if (count > 0) cells.push(cell);
  });
  return {
    form: "density",
    x_edges: Array.from(xEdges),
    y_edges: Array.from(yEdges),
    x_bin: cells.map((cell) => cell % columns),
    y_bin: cells.map((cell) => Math.floor(cell / columns)),
    count: cells.map((cell) => counts[cell]!),
  };
}
