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
import { type DataRow, features, penguinData, texts } from "./demo-data.js";
import type { ExperimentInput } from "./experiment-input.js";
import { StandardScaler } from "./standard-scaler.js";
import { trainTestSplit } from "./train-test-split.js";

/** Rows of features, and the number of each row's class in sorted order. */
interface TrainingData {
  rows: number[][];
  labels: number[];
  classes: number;
}

interface TrainedClassifier {
  model: object;
  predict(rows: number[][]): { predicted: number[]; probabilities: Probabilities };
}

interface Attempt {
  name: string;
  target: "species" | "sex";
  columns: string[];
  isScaled: boolean;
  train(data: TrainingData): TrainedClassifier;
}

const measures = ["beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g"];
const seed = 42;

const attempts: Attempt[] = [
  { name: "beak length alone", target: "species", columns: ["beak_length_mm"], isScaled: false, train: tree({ maxDepth: 3 }) },
  { name: "neighbours, not scaled", target: "species", columns: measures, isScaled: false, train: neighbours(5) },
  { name: "neighbours, scaled", target: "species", columns: measures, isScaled: true, train: neighbours(5) },
  { name: "two questions", target: "species", columns: measures, isScaled: false, train: tree({ maxDepth: 1 }) },
  { name: "naive Bayes", target: "species", columns: measures, isScaled: false, train: bayes },
  { name: "forest", target: "species", columns: measures, isScaled: false, train: forest({ nEstimators: 50 }) },
  { name: "logistic", target: "species", columns: measures, isScaled: true, train: logistic({ numSteps: 1500, learningRate: 0.01 }) },
  { name: "naive Bayes", target: "sex", columns: measures, isScaled: false, train: bayes },
  { name: "neighbours", target: "sex", columns: [...measures, "species"], isScaled: true, train: neighbours(9) },
  { name: "tree", target: "sex", columns: [...measures, "species"], isScaled: false, train: tree({ maxDepth: 4, minNumSamples: 5 }) },
  { name: "forest", target: "sex", columns: [...measures, "species"], isScaled: false, train: forest({ nEstimators: 75 }) },
  { name: "logistic", target: "sex", columns: [...measures, "species"], isScaled: true, train: logistic({ numSteps: 2000, learningRate: 0.01 }) },
];

/** Trains classifiers of the species (three classes) and the sex (two) of penguins, one whenever the next is asked for.
 *  @param clock milliseconds, for the training time */
export function* penguinExperiments(clock: () => number): Generator<ExperimentInput> {
  const { uri, rows } = penguinData();
  const { train, test } = trainTestSplit(rows, { seed, testShare: 0.5 });
  ...
}
