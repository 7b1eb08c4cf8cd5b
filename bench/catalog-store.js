// Writes a store of many experiments: one project, 14 scores, 6 parameters and 2 extra parameters each, in
// files as the log has them.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { seeded } from "./measure.js";

const sizeCap = 32 * 1024 * 1024;
const scores = [
  "accuracy",
  "balanced_accuracy",
  "precision_macro",
  "recall_macro",
  "f1_macro",
  "precision_weighted",
  "recall_weighted",
  "f1_weighted",
  "matthews_corrcoef",
  "cohen_kappa",
  "roc_auc",
  "average_precision",
  "log_loss",
  "brier_score",
];
const models = [
  "RandomForestClassifier",
  "LogisticRegression",
  "SVC",
  "KNeighborsClassifier",
  "GradientBoostingClassifier",
];

export const project = "bench";

/** One line of the log; `rowLine` is the project's own. A third are of the test set given, where there is one. */
export function experimentLine(rowLine, number, random, testSetDigest) {
  const pick = (values) => values[Math.floor(random() * values.length)];
  const loggedAt = new Date(Date.UTC(2026, 0, 1) + number * 20_000);
  const predictionId = predictionIdOf(number, random);
  return rowLine({
    predictionId,
    loggedAt,
    project,
    name: `run ${number}`,
    kind: "classification",
    model: pick(models),
    modelParameters: JSON.stringify({
      n_estimators: Math.floor(random() * 500),
      max_depth: random() < 0.1 ? null : Math.floor(random() * 30),
      criterion: pick(["gini", "entropy"]),
      learning_rate: random(),
      bootstrap: random() < 0.5,
      min_samples_leaf: Math.floor(random() * 10),
    }),
    datasetUri: `s3://data/cars-${number % 7}.csv`,
    targetColumn: "price",
    testSetSize: 200 + (number % 50),
    testSetDigest:
      testSetDigest && number % 3 === 0
        ? testSetDigest
        : String(number % 90).padStart(32, "0123456789abcdef"),
    samples: 200 + (number % 50),
    predictions: `predictions/${project}/${loggedAt.toISOString().slice(0, 10)}/${predictionId}.text.parquet`,
    scores: Object.fromEntries(scores.map((name) => [name, random()])),
    extraParameters: JSON.stringify({
      scaler: pick(["MinMaxScaler", "none", "StandardScaler"]),
      seed: number % 100,
    }),
    user: "ann",
    host: `host${number % 4}`,
    source: "train.py",
    gitCommit: "0123456789abcdef0123456789abcdef01234567",
    gitDirty: random() < 0.5,
    runtime: '{"language":"python","version":"3.11.4","packages":{"scikit-learn":"1.9.0","numpy":"2.3.1"}}',
  });
}

function predictionIdOf(number, random) {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  let id = "";
  for (let rest = number, i = 0; i < 6; i++, rest = Math.floor(rest / 32)) id = alphabet[rest % 32] + id;
  for (let i = 0; i < 6; i++) id = alphabet[Math.floor(random() * 32)] + id;
  return id;
}

/** @returns the log's files, the last one being the one that takes rows */
export function writeStore(root, count, { headerLine, rowLine }, { testSetDigest } = {}) {
  const random = seeded(42);
  const folder = join(root, "tracking", project);
  mkdirSync(folder, { recursive: true });
  const files = [];
  let size = Number.POSITIVE_INFINITY;
  let pending = [];
  let pendingSize = 0;
  const flush = () => {
    if (pending.length > 0) appendFileSync(files.at(-1), pending.join(""));
    pending = [];
    pendingSize = 0;
  };
  for (let number = 0; number < count; number++) {
    if (size >= sizeCap) {
      flush();
      files.push(join(folder, `${project}_2026-01-01_${files.length + 1}.csv`));
      writeFileSync(files.at(-1), headerLine);
      size = 0;
    }
    const line = experimentLine(rowLine, number, random, testSetDigest);
    pending.push(line);
    pendingSize += line.length;
    size += line.length;
    if (pendingSize > 2 ** 22) flush();
  }
  flush();
  return files;
}
