import type { ExperimentRecord } from "./experiment-record.js";

/** An experiment as JSON: the names of the tracking log's columns, scores together, null for what is missing. */
export function recordJson(record: ExperimentRecord) {
  return {
    prediction_id: record.predictionId,
    logged_at: record.loggedAt.toISOString(),
    project: record.project,
    name: record.name ?? null,
    kind: record.kind,
    model: record.model,
    model_parameters: record.modelParameters,
    dataset_uri: record.datasetUri,
    target_column: record.targetColumn,
    test_set_size: record.testSetSize,
    test_set_digest: record.testSetDigest,
    samples: record.samples,
    predictions: record.predictions,
    scores: record.scores,
    positive_label: record.positiveLabel ?? null,
    extra_parameters: record.extraParameters,
    user: record.user ?? null,
    host: record.host ?? null,
    source: record.source ?? null,
    git_commit: record.gitCommit ?? null,
    git_dirty: record.gitDirty ?? null,
    runtime: record.runtime,
  };
}
