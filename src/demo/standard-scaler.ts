/** Brings each feature to mean 0 and standard deviation 1, as measured on the training rows. */
export class StandardScaler {
  readonly #means: number[];
  readonly #deviations: number[];

  constructor(rows: readonly number[][]) {
    const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
    this.#means = columns.map(mean);
    this.#deviations = columns.map((column, index) => {
      const centre = this.#means[index] ?? 0;
      return Math.sqrt(mean(column.map((value) => (value - centre) ** 2))) || 1;
    });
  }

  scale(rows: readonly number[][]): number[][] {
    return rows.map((row) =>
      row.map((value, i) => (value - (this.#means[i] ?? 0)) / (this.#deviations[i] ?? 1)),
    );
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
