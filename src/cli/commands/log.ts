import { Option } from "commander";

import { collect } from "../collect.js";
import { defineCommand } from "../define-command.js";
import type { LogFlags } from "./log-command.js";

export const log = defineCommand<[file: string], LogFlags>({
  usage: "log <file>",
  description: "log one experiment from a file of predictions: one row a sample, columns by name",
  examples: `ml-tracking log predictions.csv --kind classification --project churn --dataset-uri data/churn.csv \\
         --target-column churned --model RandomForest --model-parameter n_estimators=100 --y-score probability
     python predict.py | ml-tracking log - --kind regression --project houses --dataset-uri houses.parquet \\
         --target-column price --model Ridge --model-parameter alpha=0.5 --sample-id house_id`,
  flags: {
    kind: new Option("--kind <kind>", "what the model predicts")
      .choices(["classification", "regression"])
      .makeOptionMandatory(),
    project: new Option("--project <name>", "the series of experiments it belongs to").makeOptionMandatory(),
    datasetUri: new Option("--dataset-uri <text>", "where the data came from").makeOptionMandatory(),
    targetColumn: new Option("--target-column <text>", "what is predicted").makeOptionMandatory(),
    model: new Option("--model <class>", "the model's class name").makeOptionMandatory(),
    modelParameter: new Option(
      "--model-parameter <key=value>",
      "a hyperparameter (repeat); or a JSON object, or @FILE with one",
    ).argParser(collect),
    extraParameter: new Option(
      "--extra-parameter <key=value>",
      "anything else to record (repeat); or a JSON object, or @FILE with one",
    ).argParser(collect),
    reported: new Option(
      "--reported <name=number>",
      "a number that another program computed of these predictions, such as xgboost:aucpr=0.88 (repeat): says whether they give it",
    ).argParser(collect),
    yTrue: new Option("--y-true <column>", "column of the true values").default("y_true"),
    yPred: new Option("--y-pred <column>", "column of the predictions").default("y_pred"),
    yScore: new Option(
      "--y-score <columns>",
      "column of the positive class's probability; for more classes, comma-separated, one a class in label order (default: y_score or y_score_0, y_score_1, ... if there)",
    ),
    sampleId: new Option(
      "--sample-id <column>",
      "column of the sample ids (default: sample_id if there, else row numbers from 0)",
    ),
    labels: new Option(
      "--labels <list>",
      "every class the model knows, comma-separated, in the order of --y-score",
    ),
    positiveLabel: new Option(
      "--positive-label <label>",
      "the positive one of two classes (default: 1 or true, else the greater)",
    ),
    sampleWeight: new Option(
      "--sample-weight <column>",
      "column of how much each sample counts: all scores are then weighted",
    ),
    features: new Option(
      "--features <columns>",
      "comma-separated columns that describe the samples, or * for all others: ml-tracking slices finds those on which the model is worse (default: columns that start with feature_)",
    ),
    group: new Option(
      "--group <column>",
      "column that tells which samples depend on each other, such as a patient: tests count whole groups",
    ),
    order: new Option(
      "--order <column>",
      "column of the time, where neighbours in time depend on each other",
    ),
    asText: new Option(
      "--as-text <columns>",
      "comma-separated columns to take as text even if they look like numbers",
    ),
    name: new Option("--name <text>", "what you call this experiment"),
    source: new Option("--source <text>", "the script that made the predictions"),
    newCsv: new Option("--new-csv", "start a new tracking-log file"),
    strict: new Option(
      "--strict",
      "fail when the store cannot take it, instead of keeping it in the local spool",
    ),
    format: new Option(
      "--format <format>",
      "what the file is (default: by its name, else by its content)",
    ).choices(["csv", "tsv", "parquet", "json", "jsonl"]),
  },
  run: async ({ terminal }, file, options) =>
    (await import("./log-command.js")).logCommand(file, options, terminal),
});
