// What the demo uses of the models that come without type declarations.
declare module "ml-cart" {
  interface TreeOptions {
    maxDepth?: number;
    minNumSamples?: number;
  }
  /** A leaf holds the shares of the classes (a row matrix) or, for regression, the mean. */
  interface TreeNode {
    classify(row: readonly number[]): { to1DArray(): number[] };
  }
  export class DecisionTreeClassifier {
    root: TreeNode;
    constructor(options: TreeOptions);
    train(rows: number[][], labels: number[]): void;
    predict(rows: number[][]): number[];
  }
  export class DecisionTreeRegression {
    constructor(options: TreeOptions);
    train(rows: number[][], values: number[]): void;
    predict(rows: number[][]): number[];
  }
}

declare module "ml-knn" {
  export default class KNN {
    k: number;
    /** Each point is a training row with its label at the end. */
    kdTree: { nearest(point: number[], count: number): [point: number[], distance: number][] };
    constructor(rows: number[][], labels: number[], options?: { k?: number });
    predict(rows: number[][]): number[];
  }
}

declare module "ml-naivebayes" {
  export class GaussianNB {
    means: number[][];
    /** For each class the log of its prior, then for each feature [1 / (sqrt(2 pi) sd), -2 sd^2]. */
    calculateProbabilities: [prior: number, ...densities: [factor: number, divisor: number][]][];
    train(rows: number[][], labels: number[]): void;
    predict(rows: number[][]): number[];
  }
  export class MultinomialNB {
    train(rows: number[][], labels: number[]): void;
  }
}

declare module "ml-logistic-regression" {
  import type { Matrix } from "ml-matrix";
  export default class LogisticRegression {
    /** One a class: `testScores` gives the probability of *not* being of that class. */
    classifiers: { testScores(rows: Matrix): number[] }[];
    constructor(options?: { numSteps?: number; learningRate?: number });
    train(rows: Matrix, labels: Matrix): void;
    predict(rows: Matrix): number[];
  }
}
