import { DecisionTreeRegression } from "ml-cart";
import { RandomForestRegression } from "ml-random-forest";
import MultivariateLinearRegression from "ml-regression-multivariate-linear";
import { carData, features, numbers, sampleFeatures } from "./demo-data.js";
import type { DemoExperiment } from "./demo-experiment.js";
import { trainTestSplit } from "./train-test-split.js";

interface TrainedRegression {
  model: object;
  predict(rows: number[][]): number[];
}

type TrainRegression = (rows: number[][], values: number[]) => TrainedRegression;

const engine = ["cylinders", "displacement", "horsepower", "weight_in_lbs", "acceleration"];
const everything = [...engine, "year", "origin"];
const splitSeed = 7;

/** From what one tries first to what one ends with. */
const attempts: { name: string; columns: string[]; train: TrainRegression; withSquares?: boolean }[] = [
  { name: "weight alone", columns: ["weight_in_lbs"], train: linear },
  { name: "engine, linear", columns: engine, train: linear },
  { name: "engine and year, linear", columns: [...engine, "year"], train: linear },
  { name: "engine and year, with squares", columns: [...engine, "year"], train: linear, withSquares: true },
  { name: "shallow tree", columns: everything, train: tree({ maxDepth: 3, minNumSamples: 10 }) },
  { name: "deep tree", columns: everything, train: tree({ maxDepth: 12, minNumSamples: 2 }) },
  { name: "small forest", columns: everything, train: forest({ nEstimators: 10, selectionMethod: "mean" }) },
  {
    name: "forest of medians",
    columns: everything,
    train: forest({ nEstimators: 30, selectionMethod: "median" }),
  },
];

function linear(rows: number[][], values: number[]): TrainedRegression {
  const model = new MultivariateLinearRegression(
    rows,
    values.map((value) => [value]),
  );
  return { model, predict: (given) => model.predict(given).map(([value]) => value ?? Number.NaN) };
}

function tree(options: { maxDepth: number; minNumSamples: number }): TrainRegression {
  return (rows, values) => {
    const model = new DecisionTreeRegression(options);
    model.train(rows, values);
    return { model, predict: (given) => model.predict(given) };
  };
}

function forest(options: { nEstimators: number; selectionMethod: "mean" | "median" }): TrainRegression {
  return (rows, values) => {
    const model = new RandomForestRegression({ ...options, maxFeatures: 0.7, noOOB: true, seed: 42 });
    model.train(rows, values);
    return { model, predict: (given) => model.predict(given) };
  };
}

/**
 * Trains regressions of how many miles a car goes on a gallon, each when it is asked for. All are tested on
 * the same half of the rows.
 * @param clock gives milliseconds, for the training time
 */
export function* carExperiments(clock: () => number): Generator<DemoExperiment> {
  const { uri, rows } = carData();
  const { train, test } = trainTestSplit(rows, { seed: splitSeed, testShare: 0.5 });
  for (const { name, columns, train: trainRegression, withSquares = false } of attempts) {
    const prepared = (these: number[][]) =>
      withSquares ? these.map((row) => [...row, ...row.map((value) => value ** 2)]) : these;
    const started = clock();
    const regression = trainRegression(
      prepared(features(train, columns)),
      numbers(train, "miles_per_gallon"),
    );
    const seconds = (clock() - started) / 1_000;
    yield {
      kind: "regression",
      project: "cars",
      name,
      parameters: {
        datasetUri: uri,
        targetColumn: "miles_per_gallon",
        testSet: numbers(test, "row"),
        model: regression.model,
      },
      yTrue: numbers(test, "miles_per_gallon"),
      yPred: regression.predict(prepared(features(test, columns))),
      sampleFeatures: sampleFeatures(test, "miles_per_gallon"),
      extraParameters: {
        features: columns,
        squares: withSquares,
        split_seed: splitSeed,
        train_size: train.length,
        training_seconds: seconds,
      },
    };
  }
}
