import { readFile } from "node:fs/promises";

import type { Label } from "../experiment/class-labels.js";
import type { ExperimentInput, Kind } from "../experiment/experiment-input.js";
import { type LoggedExperiment, logExperiment } from "../log-experiment.js";
import { scoreNames } from "../scores/registry.js";
import { TrackingError } from "../tracking-error.js";
import { keyValues } from "./key-values.js";
import { type FileFormat, type PredictionsFile, readPredictionsFile } from "./predictions-file.js";
import type { Terminal } from "./terminal.js";

export interface LogOptions {
  kind: Kind;
  project: string;
  datasetUri: string;
  targetColumn: string;
  model: string;
  modelParameter?: string[];
  extraParameter?: string[];
  yTrue: string;
  yPred: string;
  yScore?: string;
  sampleId?: string;
  labels?: string;
  positiveLabel?: string;
  asText?: string;
  name?: string;
  source?: string;
  newCsv?: boolean;
  format?: FileFormat;
  store?: string;
  json?: boolean;
}
