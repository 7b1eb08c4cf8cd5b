import { binOf, edgesOfRange } from "./equal-bins.js";

interface Range {
  min: number;
  max: number;
}

/** How many points lie in each cell of a grid of equal bins. Source: numpy 2, `histogram2d`. */
export class GridCounts {
  readonly xEdges: Float64Array;
  readonly yEdges: Float64Array;
  readonly #counts: Float64Array;

  /**
   * @param size bins in either direction; fewer where there are not that many doubles between least and
   * greatest
   */
  constructor(x: Range, y: Range, size: number) {
    this.xEdges = edgesOfRange(x.min, x.max, size);
    this.yEdges = edgesOfRange(y.min, y.max, size);
    this.#counts = new Float64Array((this.xEdges.length - 1) * (this.yEdges.length - 1));
  }

  /** Counts the points from `from` to below `to`. */
  add(x: Float64Array, y: Float64Array, from: number, to: number): void {
    const columns = this.xEdges.length - 1;
    for (let i = from; i < to; i++) {
      this.#counts[binOf(y[i]!, this.yEdges) * columns + binOf(x[i]!, this.xEdges)]! += 1;
    }
  }

  /** The cells that have points, row by row. */
  cells(): { x_bin: number[]; y_bin: number[]; count: number[] } {
    const columns = this.xEdges.length - 1;
    const cells: number[] = [];
    this.#counts.forEach((count, cell) => {
      if (count > 0) cells.push(cell);
    });
    return {
      x_bin: cells.map((cell) => cell % columns),
      y_bin: cells.map((cell) => Math.floor(cell / columns)),
      count: cells.map((cell) => this.#counts[cell]!),
    };
  }
}
