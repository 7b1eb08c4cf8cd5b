import { DecisionTreeClassifier } from "ml-cart";
import KNN from "ml-knn";
import LogisticRegression from "ml-logistic-regression";
import { Matrix } from "ml-matrix";
import { GaussianNB } from "ml-naivebayes";
import { RandomForestClassifier } from "ml-random-forest";
import {
  bayesProbabilities,
  forestProbabilities,
  logisticProbabilities,
  neighbourProbabilities,
  type Probabilities,
  treeProbabilities,
} from "./class-probabilities.js";

/** Rows of features, and of each row the number of its class, from 0. */
export interface ClassifierData {
  rows: number[][];
  labels: number[];
  classes: number;
}

export interface TrainedClassifier {
  model: object;
  predict(rows: number[][]): number[];
  probabilities(rows: number[][]): Probabilities;
}

export type TrainClassifier = (data: ClassifierData) => TrainedClassifier;

/** A CART decision tree, whose leaves give the probabilities. */
export function decisionTree(options: { maxDepth: number; minNumSamples?: number }): TrainClassifier {
  return ({ rows, labels, classes }) => {
    const model = new DecisionTreeClassifier(options);
    model.train(rows, labels);
    return {
      model,
      predict: (given) => model.predict(given),
      probabilities: (given) => treeProbabilities(model, given, classes),
    };
  };
}

/** A random forest, whose trees' votes give the probabilities. */
export function randomForest(options: { nEstimators: number; maxFeatures: number }): TrainClassifier {
  return ({ rows, labels, classes }) => {
    const model = new RandomForestClassifier({ ...options, replacement: false, noOOB: true, seed: 42 });
    model.train(rows, labels);
    return {
      model,
      predict: (given) => model.predict(given),
      probabilities: (given) => forestProbabilities(model, given, classes),
    };
  };
}

/** The k nearest neighbours, whose classes give the probabilities. */
export function nearestNeighbours(k: number): TrainClassifier {
  return ({ rows, labels, classes }) => {
    const model = new KNN(rows, labels, { k });
    return {
      model,
      predict: (given) => model.predict(given),
      probabilities: (given) => neighbourProbabilities(model, given, classes),
    };
  };
}

/** Gaussian naive Bayes, with the probabilities of Bayes' rule. */
export function naiveBayes(): TrainClassifier {
  return ({ rows, labels }) => {
    const model = new GaussianNB();
    model.train(rows, labels);
    return {
      model,
      // The library's own predict looks at the first two features only.
      predict: (given) => bayesProbabilities(model, given).map((row) => row.indexOf(Math.max(...row))),
      probabilities: (given) => bayesProbabilities(model, given),
    };
  };
}

/** Logistic regression, one class against the rest, with an intercept. */
export function logisticRegression(options: { numSteps: number; learningRate: number }): TrainClassifier {
  return ({ rows, labels }) => {
    const model = new LogisticRegression(options);
    model.train(withIntercept(rows), Matrix.columnVector(labels));
    return {
      model,
      predict: (given) => model.predict(withIntercept(given)),
      probabilities: (given) => logisticProbabilities(model, withIntercept(given)),
    };
  };
}

/**
 * The library's logistic regression goes through the origin: a feature that is always 1 stands for the
 * intercept.
 */
function withIntercept(rows: readonly number[][]): Matrix {
  return new Matrix(rows.map((row) => [...row, 1]));
}
