import { GridCounts } from "../statistics/grid-counts.js";
import { inSlices } from "./in-slices.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotDensity, PlotPoints, ValueRange } from "./plot-schema.js";
import { sampleIds } from "./sample-ids.js";

/** Beyond this many samples a scatter plot is a smear, and its points are counted on a grid. */
const mostPoints = 5000;
const gridSize = 60;

/**
 * What a scatter plot of two numbers a sample is drawn from: the points where they are few, else how many
 * there are in each cell of a grid.
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
  const grid = new GridCounts(xRange, yRange, gridSize);
  await inSlices(x.length, signal, (from, to) => grid.add(x, y, from, to));
  return {
    form: "density",
    x_edges: Array.from(grid.xEdges),
    y_edges: Array.from(grid.yEdges),
    ...grid.cells(),
  };
}
