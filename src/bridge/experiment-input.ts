import { TrackingError } from "../tracking-error.js";

/** The arguments of `log_experiment`, named as in Python. */
export type SentExperiment = Record<string, unknown> & { parameters?: unknown };

/** The arguments of `logExperiment`, unchecked: those sent, by the names that the core gives them. */
export function experimentInput(sent: SentExperiment): Record<string, unknown> {
  const { parameters } = sent;
  const isMapping = typeof parameters === "object" && parameters !== null && !Array.isArray(parameters);
  return renamed({ ...sent, ...(isMapping ? { parameters: renamed(parameters, "parameters.") } : {}) }, "");
}

const names: Record<string, string> = {
  dataset_uri: "datasetUri",
  target_column: "targetColumn",
  test_set: "testSet",
  y_true: "yTrue",
  y_pred: "yPred",
  y_score: "yScore",
  positive_label: "positiveLabel",
  sample_features: "sampleFeatures",
  extra_parameters: "extraParameters",
  new_csv: "newCsv",
};
const sentNames = new Map(Object.entries(names).map(([sent, own]) => [own, sent]));

function renamed(record: object, path: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => {
      const meant = sentNames.get(key);
      if (meant !== undefined) {
        const message = `unknown argument: ${path}${JSON.stringify(key)}; did you mean ${meant}?`;
        throw new TrackingError("INVALID_ARGUMENT", message);
      }
      return [Object.hasOwn(names, key) ? (names[key] as string) : key, value];
    }),
  );
}
