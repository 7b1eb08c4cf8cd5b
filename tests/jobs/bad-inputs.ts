import type { ExperimentInput } from "../../src/experiment/input/experiment-input.js";
import { smallClassification, smallRegression } from "../support/experiments.js";

type Change = Record<string, unknown>;

const classification = (change: Change) => () => ({ ...smallClassification(""), ...change });
const regression = (change: Change) => () => ({ ...smallRegression(""), ...change });
const parameters = (change: Change) => () => {
  const input = smallClassification("");
  return { ...input, parameters: { ...input.parameters, ...change } };
};
class Classifier {
  k = 3;
}

/** Bad inputs, each with what is wrong with it in words. */
export const badInputs: Record<string, () => ExperimentInput> = {
  "no arguments object": () => undefined as unknown as ExperimentInput,
  "a list for arguments": () => [] as unknown as ExperimentInput,
  "no kind": classification({ kind: undefined }),
  "a mistyped kind": classification({ kind: "clasification" }),
  "an unknown kind": classification({ kind: "clustering" }),
  "a number for kind": classification({ kind: 3 }),
  "an unknown argument": classification({ y_true: [1] }),
  "another unknown argument": classification({ epochs: 10 }),
  "no project": classification({ project: undefined }),
  "an empty project": classification({ project: "" }),
  "a project of separators": classification({ project: "__//\\\\--" }),
  "a dot for project": classification({ project: "." }),
  "two dots for project": classification({ project: "../" }),
  "a project with a line break": classification({ project: "a\nb" }),
  "a project with NUL": classification({ project: "a\0b" }),
  "a project of 101 characters": classification({ project: "p".repeat(101) }),
  "a project of 300 bytes": classification({ project: "漢".repeat(100) }),
  "a project with a colon": classification({ project: "c:project" }),
  "a project that Windows reserves": classification({ project: "NUL" }),
  "a project that ends with a dot": classification({ project: "mine." }),
  "a project that turns the text": classification({ project: "abc\u202Egpj.exe" }),
  "half a surrogate pair in project": classification({ project: "a\ud800" }),
  "white space around project": classification({ project: " mine" }),
  "a number for project": classification({ project: 7 }),
  "no parameters": classification({ parameters: undefined }),
  "text for parameters": classification({ parameters: "dataset" }),
  "an unknown parameter": parameters({ dataset_uri: "x" }),
  "another unknown parameter": parameters({ learningRate: 0.1 }),
  "no dataset_uri": parameters({ datasetUri: undefined }),
  "an empty dataset_uri": parameters({ datasetUri: "  " }),
  "a tab in dataset_uri": parameters({ datasetUri: "a\tb" }),
  "a dataset_uri beyond a cell": parameters({ datasetUri: "x".repeat(40_000) }),
  "a number for target_column": parameters({ targetColumn: 4 }),
  "half a surrogate pair in target_column": parameters({ targetColumn: "\udc00" }),
  "no test_set": parameters({ testSet: undefined }),
  "an empty test_set": parameters({ testSet: [] }),
  "text for test_set": parameters({ testSet: "holdout" }),
  "fractions in test_set": parameters({ testSet: [1, 2.5, 3, 4] }),
  "strings among integers in test_set": parameters({ testSet: [1, "b", 3, 4] }),
  "integers among strings in test_set": parameters({ testSet: ["a", 2, "c", "d"] }),
  "an id beyond 2^53 as number": parameters({ testSet: [1, 2 ** 60, 3, 4] }),
  "an id beyond 64 bits": parameters({ testSet: [1n, 2n ** 70n, 3n, 4n] }),
  "null in test_set": parameters({ testSet: ["a", null, "c", "d"] }),
  "no model": parameters({ model: undefined }),
  "text for model": parameters({ model: "RandomForestClassifier" }),
  "a class for model": parameters({ model: Classifier }),
  "a number for model": parameters({ model: 5 }),
  "a list for model": parameters({ model: [1] }),
  "a model record without a name": parameters({ model: { parameters: { a: 1 } } }),
  "a model record with an empty name": parameters({ model: { name: "", parameters: {} } }),
  "no y_true": classification({ yTrue: undefined }),
  "an empty y_true": classification({ yTrue: [], yPred: [] }),
  "text for y_true": classification({ yTrue: "cat" }),
  "a mapping for y_pred": classification({ yPred: { 0: "cat" } }),
  "fewer predictions than true values": classification({ yPred: ["cat"] }),
  "null among class labels": classification({ yTrue: ["cat", null, "cat", "dog"] }),
  "NaN among class labels": classification({ yTrue: [1, 0, 1, 0], yPred: [1, 0, Number.NaN, 0] }),
  "probabilities as class labels": classification({ yTrue: [1, 0, 1, 0], yPred: [0.9, 0.1, 0.8, 0.4] }),
  "strings and integers as class labels": classification({
    yTrue: ["1", "0", "1", "0"],
    yPred: [1, 0, 1, 0],
  }),
  "a list among class labels": classification({ yTrue: ["cat", ["dog"], "cat", "dog"] }),
  "an infinite class label": classification({ yTrue: [1, 0, Infinity, 0], yPred: [1, 0, 1, 0] }),
  "a class label beyond 2^53": classification({ yTrue: [1, 0, 2 ** 60, 0], yPred: [1, 0, 1, 0] }),
  "half a surrogate pair in a class label": classification({ yTrue: ["cat", "\ud800", "cat", "dog"] }),
  "a label that labels leaves out": classification({ labels: ["cat", "cow"] }),
  "a label that labels names twice": classification({ labels: ["cat", "dog", "cat"] }),
  "no labels in labels": classification({ labels: [] }),
  "a positive_label that is no class": classification({ positiveLabel: "cow" }),
  "a positive_label of three classes": classification({
    yPred: ["cat", "cow", "cat", "dog"],
    positiveLabel: "cow",
  }),
  "a fraction for positive_label": classification({
    yTrue: [1, 0, 1, 0],
    yPred: [1, 0, 1, 1],
    positiveLabel: 0.5,
  }),
  "too few scores": classification({ yScore: [0.1, 0.2] }),
  "a score above 1": classification({ yScore: [0.1, 0.2, 1.5, 0.4] }),
  "a negative score": classification({ yScore: [0.1, -0.2, 0.5, 0.4] }),
  "NaN among scores": classification({ yScore: [0.1, Number.NaN, 0.5, 0.4] }),
  "text among scores": classification({ yScore: [0.1, "0.5", 0.5, 0.4] }),
  "text for y_score": classification({ yScore: "high" }),
  "one score a sample for three classes": classification({
    yPred: ["cat", "cow", "cat", "dog"],
    yScore: [0.1, 0.2, 0.3, 0.4],
  }),
  "a column a class too many": classification({
    yScore: [
      [0.1, 0.2, 0.7],
      [0.1, 0.2, 0.7],
      [0.1, 0.2, 0.7],
      [0.1, 0.2, 0.7],
    ],
  }),
  "a ragged score row": classification({ yScore: [[0.1, 0.9], [0.3], [0.1, 0.9], [0.1, 0.9]] }),
  "a score above 1 in a row": classification({
    yScore: [
      [0.1, 0.9],
      [0.3, 0.7],
      [0.1, 9],
      [0.1, 0.9],
    ],
  }),
  "text in a regression": regression({ yPred: ["1.5", 2, 2.5] }),
  "NaN in a regression": regression({ yTrue: [1, Number.NaN, 3] }),
  "infinity in a regression": regression({ yPred: [1, 2, Number.POSITIVE_INFINITY] }),
  "null in a regression": regression({ yTrue: [1, null, 3] }),
  "true in a regression": regression({ yTrue: [1, true, 3] }),
  "y_score in a regression": regression({ yScore: [0.1, 0.2, 0.3] }),
  "labels in a regression": regression({ labels: [1, 2] }),
  "a sample_weight too few": classification({ sampleWeight: [1, 2, 3] }),
  "a number for sample_weight": classification({ sampleWeight: 2 }),
  "a sample_weight below 0": regression({ sampleWeight: [1, -0.5, 2] }),
  "an infinite sample_weight": regression({ sampleWeight: [1, Number.POSITIVE_INFINITY, 2] }),
  "a missing sample_weight": regression({ sampleWeight: Float64Array.of(1, Number.NaN, 2) }),
  "a text in sample_weight": regression({ sampleWeight: [1, "2", 2] }),
  "true in sample_weight": regression({ sampleWeight: [1, true, 2] }),
  "a sample_weight of zeros": regression({ sampleWeight: [0, 0, 0] }),
  "a sample_weight beyond doubles' squares": regression({ sampleWeight: [0, 1e200, 0] }),
  "an extra parameter beside sample_weight": regression({
    sampleWeight: [1, 1, 2],
    extraParameters: { sample_weight: "by age" },
  }),
  "positive_label in a regression": regression({ positiveLabel: 1 }),
  "a line break in name": classification({ name: "first\nsecond" }),
  "an empty name": classification({ name: "" }),
  "a number for name": classification({ name: 12 }),
  "text for new_csv": classification({ newCsv: "yes" }),
  "text for strict": classification({ strict: "yes" }),
  "an empty store": classification({ store: " " }),
  "a bucket address without a bucket": classification({ store: "gs:///prefix" }),
  "a file address of one slash for store": classification({ store: "file:/tmp/x" }),
  "one slash before the bucket": classification({ store: "s3:/team/experiments" }),
  "no slash before the bucket": classification({ store: "gs:team/experiments" }),
  "Hadoop's name for S3": classification({ store: "s3a://team/experiments" }),
  "an address of Databricks for store": classification({ store: "dbfs:/mnt/experiments" }),
  "an unknown scheme of one slash for store": classification({ store: "sftp:/host/x" }),
  "a variable in store": classification({ store: "$ML_HOME/store" }),
  "a variable in braces in store": classification({ store: "data/${USER}/store" }),
  "a variable of Windows in store": classification({ store: "%USERPROFILE%\\store" }),
  "somebody's home for store": classification({ store: "~ann/store" }),
  "one-hot rows for y_true": classification({
    yTrue: [
      [0, 1],
      [1, 0],
      [0, 1],
      [0, 1],
    ],
  }),
  "several labels a sample": classification({
    yTrue: [
      [1, 1],
      [1, 0],
      [0, 1],
      [0, 0],
    ],
  }),
  "several targets a sample": regression({
    yTrue: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  }),
  "a getter in parameters that throws": classification({
    parameters: Object.defineProperty({}, "datasetUri", {
      enumerable: true,
      get() {
        throw new Error("shut");
      },
    }),
  }),
  "a column that cannot be read": classification({
    yTrue: new Proxy(["a", "b", "a", "b"], {
      get: (list, name): unknown => {
        if (name === "0") throw new Error("shut");
        return Reflect.get(list, name);
      },
    }),
  }),
  "a file address for store": classification({ store: "file:///tmp/x" }),
  "NUL in store": classification({ store: "a\0b" }),
  "a list for sample_features": classification({ sampleFeatures: [1, 2, 3, 4] }),
  "text for sample_features": classification({ sampleFeatures: "island" }),
  "features of another length": classification({ sampleFeatures: { age: [1, 2, 3, 4], island: ["a", "b"] } }),
  "a number for a feature": classification({ sampleFeatures: { age: 3 } }),
  "strings among a feature's numbers": classification({ sampleFeatures: { age: [1, null, "x", 4] } }),
  "numbers among a feature's strings": classification({ sampleFeatures: { island: ["a", null, 3, "b"] } }),
  "numbers among a feature's booleans": classification({ sampleFeatures: { fit: [true, 1, false, true] } }),
  "a list in a feature": classification({ sampleFeatures: { tags: [["a"], ["b"], [], []] } }),
  "half a surrogate pair in a feature": classification({
    sampleFeatures: { island: ["a", "b\ud800", "c", "d"] },
  }),
  "a feature beyond 64 bits": classification({ sampleFeatures: { id: [1n, 2n, 2n ** 63n, 4n] } }),
  "a code beyond a feature's dictionary": classification({
    sampleFeatures: { island: { dictionary: ["a"], codes: Int32Array.of(0, -1, 1, 0) } },
  }),
  "a feature without a name": classification({ sampleFeatures: { " ": [1, 2, 3, 4] } }),
  "a feature's name with a line break": classification({ sampleFeatures: { "a\nb": [1, 2, 3, 4] } }),
  "a feature's name of 1,001 characters": classification({
    sampleFeatures: { ["f".repeat(1001)]: [1, 2, 3, 4] },
  }),
  "a feature called as our own column": classification({ sampleFeatures: { y_true: [1, 2, 3, 4] } }),
  "a number for a feature's name": classification({ sampleFeatures: new Map([[1, [1, 2, 3, 4]]]) }),
  "more than 200 features": classification({
    sampleFeatures: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`f${i}`, [1, 2, 3, 4]])),
  }),
};
