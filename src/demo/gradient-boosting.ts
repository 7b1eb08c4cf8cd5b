import { DecisionTreeRegression } from "ml-cart";

export interface BoostingOptions {
  learningRate: number;
  maxDepth: number;
}

/** Regression by small trees, each of which predicts what those before it left over. */
export class GradientBoosting {
  readonly learningRate: number;
  readonly maxDepth: number;
  readonly #start: number;
  readonly #trees: DecisionTreeRegression[] = [];
  readonly #rows: number[][];
  readonly #left: number[];

  constructor(rows: number[][], values: readonly number[], { learningRate, maxDepth }: BoostingOptions) {
    this.learningRate = learningRate;
    this.maxDepth = maxDepth;
    this.#start = values.reduce((a, b) => a + b, 0) / values.length;
    this.#rows = rows;
    this.#left = values.map((value) => value - this.#start);
  }

  /** Adds a tree. @returns it, for who adds up predictions tree by tree */
  addTree(): (rows: number[][]) => number[] {
    const tree = new DecisionTreeRegression({ maxDepth: this.maxDepth, minNumSamples: 5 });
    tree.train(this.#rows, this.#left);
    const predict = (rows: number[][]) => tree.predict(rows).map((value) => this.learningRate * value);
    for (const [i, value] of predict(this.#rows).entries()) this.#left[i]! -= value;
    this.#trees.push(tree);
    return predict;
  }

  /** Before the first tree: the mean. */
  start(rows: number[][]): number[] {
    return rows.map(() => this.#start);
  }
}
