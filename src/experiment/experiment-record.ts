import type { Kind } from "./input/experiment-input.js";

/** What the tracking log has of an experiment besides its scores. */
export interface ExperimentFacts {
  /** 12 characters of Crockford base 32, since format 2 with a letter first; also the idempotency key. */
  predictionId: string;
  loggedAt: Date;
  project: string;
  name: string | undefined;
  kind: Kind;
  /** The model's class name. */
  model: string;
  modelParameters: Record<string, unknown>;
  datasetUri: string;
  targetColumn: string;
  /** How many ids the test set has. */
  testSetSize: number;
  /** Order-independent digest of the pairs (sample id, true value), 32 hexadecimal digits. */
  testSetDigest: string;
  /** How many predictions there are. */
  samples: number;
  /** Path of the predictions in the store. */
  predictions: string;
  /**
   * Of two classes, the one that precision, recall and F1 are about, as text; undefined for more, and in logs
   * from before it was kept.
   */
  positiveLabel: string | undefined;
  extraParameters: Record<string, unknown>;
  user: string | undefined;
  host: string | undefined;
  /** The script that logged. */
  source: string | undefined;
  gitCommit: string | undefined;
  gitDirty: boolean | undefined;
  /** Language and package versions. */
  runtime: Record<string, unknown>;
  /** The run that it belongs to; nothing sets it yet. */
  runId: string | undefined;
  /**
   * The number of the row's format where that is one that this version does not know: what is new in it is
   * not here.
   */
  newerFormat?: string;
}

/** One row of the tracking log: an experiment as it is kept and read back. */
export interface ExperimentRecord extends ExperimentFacts {
  /** By scikit-learn's names; an undefined score is not there. */
  scores: Record<string, number>;
}
