import { features, penguinData, sampleFeatures, texts } from "./demo-data.js";
import type { DemoExperiment } from "./demo-experiment.js";
import { StandardScaler } from "./standard-scaler.js";
import {
  decisionTree,
  logisticRegression,
  naiveBayes,
  nearestNeighbours,
  randomForest,
  type TrainClassifier,
} from "./train-classifier.js";
import { trainTestSplit } from "./train-test-split.js";

interface Attempt {
  name: string;
  target: "species" | "sex";
  columns: string[];
  isScaled: boolean;
  train: TrainClassifier;
}

const measures = ["beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g"];
const splitSeed = 42;

/** From what one tries first to what one ends with. */
const attempts: Attempt[] = [
  attempt("beak length alone", "species", ["beak_length_mm"], decisionTree({ maxDepth: 2 })),
  attempt("neighbours, not scaled", "species", measures, nearestNeighbours(5)),
  attempt("neighbours", "species", measures, nearestNeighbours(5), { isScaled: true }),
  attempt("shallow tree", "species", measures, decisionTree({ maxDepth: 2 })),
  attempt("naive Bayes", "species", measures, naiveBayes()),
  attempt("forest", "species", measures, randomForest({ nEstimators: 50, maxFeatures: 0.75 })),
  attempt("logistic", "species", measures, logisticRegression({ numSteps: 500, learningRate: 0.01 }), {
    isScaled: true,
  }),
  attempt("naive Bayes", "sex", measures, naiveBayes()),
  attempt("neighbours", "sex", [...measures, "species"], nearestNeighbours(9), { isScaled: true }),
  attempt("tree", "sex", [...measures, "species"], decisionTree({ maxDepth: 4, minNumSamples: 10 })),
  attempt("forest", "sex", [...measures, "species"], randomForest({ nEstimators: 60, maxFeatures: 0.75 })),
  attempt(
    "logistic",
    "sex",
    [...measures, "species"],
    logisticRegression({ numSteps: 1_000, learningRate: 0.01 }),
    { isScaled: true },
  ),
];

function attempt(
  name: string,
  target: "species" | "sex",
  columns: string[],
  train: TrainClassifier,
  { isScaled = false } = {},
): Attempt {
  return { name, target, columns, train, isScaled };
}

/**
 * Trains classifiers of the species of penguins (three classes) and of their sex (two), each when it is asked
 * for. All are tested on the same half of the rows.
 * @param clock gives milliseconds, for the training time
 */
export function* penguinExperiments(clock: () => number): Generator<DemoExperiment> {
  const { uri, rows } = penguinData();
  const { train, test } = trainTestSplit(rows, { seed: splitSeed, testShare: 0.5 });
  for (const { name, target, columns, isScaled, train: trainClassifier } of attempts) {
    const labels = [...new Set(texts(rows, target))].sort();
    const started = clock();
    const given = features(train, columns);
    const scaler = new StandardScaler(given);
    const scaled = (these: number[][]) => (isScaled ? scaler.scale(these) : these);
    const classifier = trainClassifier({
      rows: scaled(given),
      labels: texts(train, target).map((label) => labels.indexOf(label)),
      classes: labels.length,
    });
    const seconds = (clock() - started) / 1_000;
    const tested = scaled(features(test, columns));
    const probabilities = classifier.probabilities(tested);
    const [, positiveLabel] = labels;
    yield {
      kind: "classification",
      project: "penguins",
      name: `${target}: ${name}`,
      parameters: {
        datasetUri: uri,
        targetColumn: target,
        testSet: test.map((row) => Number(row["row"])),
        model: classifier.model,
      },
      yTrue: texts(test, target),
      yPred: classifier.predict(tested).map((label) => labels[label] ?? ""),
      ...(labels.length === 2 && positiveLabel !== undefined
        ? { yScore: probabilities.map((row) => row[1] ?? 0), positiveLabel }
        : { yScore: probabilities, labels }),
      sampleFeatures: sampleFeatures(test, target),
      extraParameters: {
        features: columns,
        scaler: isScaled ? "StandardScaler" : "none",
        split_seed: splitSeed,
        train_size: train.length,
        training_seconds: seconds,
      },
    };
  }
}
