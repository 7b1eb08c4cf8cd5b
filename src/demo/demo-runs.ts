import { carData, features, numbers, penguinData, sampleFeatures, texts } from "./demo-data.js";
import type { DemoExperiment } from "./demo-experiment.js";
import { GradientBoosting } from "./gradient-boosting.js";
import { SmallNetwork } from "./small-network.js";
import { StandardScaler } from "./standard-scaler.js";
import { trainTestSplit } from "./train-test-split.js";

/** One run of the demo. */
export interface DemoRun {
  project: string;
  name: string;
  parameters: Record<string, string | number>;
  /** The name of the run that it is a child of. */
  parent?: string;
  /** Trains, and tells the metrics of each step; what it gives back is evaluated in the run. */
  train?: (log: (step: number, metrics: Record<string, number>) => void) => DemoExperiment;
}

/** Whatever the seed, all are tested on the same rows. */
const split = { seed: 42, testShare: 0.5 };
const epochs = 60;
const trees = 80;

/**
 * The demo's runs: a sweep of a small network over two learning rates with three seeds each, in the project
 * `networks`, and boosted trees with three learning rates in `boosting`. Each is trained when it is asked for.
 */
export function demoRuns(): DemoRun[] {
  const sweep = "learning rate and seed";
  return [
    { project: "networks", name: sweep, parameters: { search: "grid", hidden: 8 } },
    ...[0.01, 0.3].flatMap((learningRate) =>
      [1, 2, 3].map((seed) => network(sweep, { hidden: 8, learningRate, seed })),
    ),
    ...[0.02, 0.1, 0.9].map((learningRate) => boosting({ learningRate, maxDepth: 3 })),
  ];
}

function network(parent: string, options: { hidden: number; learningRate: number; seed: number }): DemoRun {
  const name = `rate ${options.learningRate}, seed ${options.seed}`;
  const columns = ["beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g"];
  return {
    project: "networks",
    name,
    parent,
    parameters: { hidden: options.hidden, learning_rate: options.learningRate, seed: options.seed, epochs },
    train(log) {
      const { uri, rows } = penguinData();
      const { train, test } = trainTestSplit(rows, split);
      const classes = [...new Set(texts(rows, "species"))].sort();
      const scaler = new StandardScaler(features(train, columns));
      const prepared = (these: typeof rows) => scaler.scale(features(these, columns));
      const labels = (these: typeof rows) => texts(these, "species").map((label) => classes.indexOf(label));
      const model = new SmallNetwork(columns.length, classes.length, options);
      for (let epoch = 0; epoch < epochs; epoch++) {
        model.trainEpoch(prepared(train), labels(train));
        const [fit, seen] = [
          model.fit(prepared(train), labels(train)),
          model.fit(prepared(test), labels(test)),
        ];
        log(epoch, {
          "train/loss": fit.loss,
          "train/accuracy": fit.accuracy,
          "test/loss": seen.loss,
          "test/accuracy": seen.accuracy,
        });
      }
      const yScore = model.probabilities(prepared(test));
      return {
        kind: "classification",
        project: "networks",
        name,
        parameters: {
          datasetUri: uri,
          targetColumn: "species",
          testSet: numbers(test, "row"),
          model,
        },
        yTrue: texts(test, "species"),
        yPred: yScore.map((row) => classes[row.indexOf(Math.max(...row))]!),
        yScore,
        labels: classes,
        sampleFeatures: sampleFeatures(test, "species"),
        extraParameters: { features: columns, epochs, split_seed: split.seed },
      };
    },
  };
}

function boosting(options: { learningRate: number; maxDepth: number }): DemoRun {
  const name = `rate ${options.learningRate}`;
  const columns = [
    "cylinders",
    "displacement",
    "horsepower",
    "weight_in_lbs",
    "acceleration",
    "year",
    "origin",
  ];
  const target = "miles_per_gallon";
  return {
    project: "boosting",
    name,
    parameters: { learning_rate: options.learningRate, max_depth: options.maxDepth, trees },
    train(log) {
      const { uri, rows } = carData();
      const { train, test } = trainTestSplit(rows, split);
      const truth = { train: numbers(train, target), test: numbers(test, target) };
      const model = new GradientBoosting(features(train, columns), truth.train, options);
      const given = { train: features(train, columns), test: features(test, columns) };
      const predicted = { train: model.start(given.train), test: model.start(given.test) };
      for (let step = 0; step < trees; step++) {
        const tree = model.addTree();
        for (const part of ["train", "test"] as const) {
          for (const [i, value] of tree(given[part]).entries()) predicted[part][i]! += value;
        }
        log(step, {
          "train/rmse": rootMeanSquare(truth.train, predicted.train),
          "test/rmse": rootMeanSquare(truth.test, predicted.test),
        });
      }
      return {
        kind: "regression",
        project: "boosting",
        name,
        parameters: { datasetUri: uri, targetColumn: target, testSet: numbers(test, "row"), model },
        yTrue: truth.test,
        yPred: predicted.test,
        sampleFeatures: sampleFeatures(test, target),
        extraParameters: { features: columns, trees, split_seed: split.seed },
      };
    },
  };
}

function rootMeanSquare(truth: readonly number[], predicted: readonly number[]): number {
  const squares = truth.map((value, i) => (value - predicted[i]!) ** 2);
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / truth.length);
}
