import type { DecisionTreeClassifier } from "ml-cart";
import type KNN from "ml-knn";
import type LogisticRegression from "ml-logistic-regression";
import type { Matrix } from "ml-matrix";
import type { GaussianNB } from "ml-naivebayes";
import type { RandomForestClassifier } from "ml-random-forest";

/** For each row a probability a class, in the order of the classes' numbers; they sum to 1. */
export type Probabilities = number[][];

/** The share of the forest's trees that vote for each class. */
export function forestProbabilities(
  model: RandomForestClassifier,
  rows: number[][],
  classes: number,
): Probabilities {
  const votes = model.predictionValues(rows);
  return rows.map((_, row) => shares(votes.getRow(row), classes));
}

/** The shares of the classes among the training rows in the leaf that a row falls in. */
export function treeProbabilities(
  model: DecisionTreeClassifier,
  rows: number[][],
  classes: number,
): Probabilities {
  // A leaf's list ends with the last class that it has met, and sums to 1 only nearly.
  return rows.map((row) => {
    const leaf = model.root.classify(row).to1DArray();
    return normalised(Array.from({ length: classes }, (_, index) => leaf[index] ?? 0));
  });
}

/** The shares of the classes among the k nearest training rows. */
export function neighbourProbabilities(model: KNN, rows: number[][], classes: number): Probabilities {
  return rows.map((row) => {
    const labels = model.kdTree.nearest(row, model.k).map(([point]) => point.at(-1) ?? 0);
    return shares(labels, classes);
  });
}

/**
 * The posterior of naive Bayes: each class's prior times the normal densities of the features, brought to a
 * sum of 1.
 */
export function bayesProbabilities(model: GaussianNB, rows: number[][]): Probabilities {
  return rows.map((row) => {
    const logs = model.calculateProbabilities.map(([logPrior, ...densities], index) =>
      densities.reduce((sum, [factor, divisor], feature) => {
        const distance = (row[feature] ?? 0) - (model.means[index]?.[feature] ?? 0);
        return sum + Math.log(factor) + distance ** 2 / divisor;
      }, logPrior),
    );
    const greatest = Math.max(...logs);
    return normalised(logs.map((log) => Math.exp(log - greatest)));
  });
}

/** The probabilities of one-against-the-rest logistic regressions, brought to a sum of 1. */
export function logisticProbabilities(model: LogisticRegression, rows: Matrix): Probabilities {
  const against = model.classifiers.map((each) => each.testScores(rows));
  return Array.from({ length: rows.rows }, (_, row) =>
    normalised(against.map((scores) => 1 - (scores[row] ?? 0))),
  );
}

function shares(labels: readonly number[], classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return normalised(counts);
}

function normalised(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
