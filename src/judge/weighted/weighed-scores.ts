import { weighedClasses } from "../../scores/classification-sample.js";
import { classificationRecords, regressionRecords, type ScoreName } from "../../scores/registry.js";
import { weighedErrors } from "../../scores/weighted-errors.js";
import type { JudgedClasses, JudgedNumbers, JudgedSample } from "../pairing/judged-sample.js";
import { withRows } from "../score-value.js";

export type WeightedSample = JudgedSample & { weights: Float64Array };

export function isWeighted(sample: JudgedSample): sample is WeightedSample {
  return sample.weights !== undefined;
}

/** Scores of a weighted sample, and of any of its samples, all at once. */
export interface WeighedScores {
  names: readonly ScoreName[];
  /** In the order of the names; some samples may be there several times. */
  valuesOf: (rows: Int32Array) => (number | undefined)[];
  /** Of all samples. */
  values: readonly (number | undefined)[];
}

/** What depends on no weights is computed once, whatever is drawn. */
export function weighedScores(sample: WeightedSample, wanted: (score: string) => boolean): WeighedScores {
  const { names, valuesBy } =
    sample.kind === "classification" ? ofClasses(sample, wanted) : ofNumbers(sample, wanted);
  const { weights } = sample;
  const times = new Uint32Array(weights.length);
  const drawn = new Float64Array(weights.length);
  return {
    names,
    values: valuesBy(weights, undefined),
    valuesOf(rows) {
      times.fill(0);
      for (let i = 0; i < rows.length; i++) times[rows[i]!]! += 1;
      for (let row = 0; row < drawn.length; row++) drawn[row] = times[row]! * weights[row]!;
      return valuesBy(drawn, times);
    },
  };
}

interface ByWeights {
  names: readonly ScoreName[];
  valuesBy: (weights: Float64Array, times: Uint32Array | undefined) => (number | undefined)[];
}

function ofClasses(sample: JudgedClasses, wanted: (score: string) => boolean): ByWeights {
  const records = classificationRecords.filter(
    ({ name, binaryOnly, needsScore }) =>
      wanted(name) &&
      !(binaryOnly && sample.positive === undefined) &&
      !(needsScore && sample.scores.length === 0),
  );
  const contextBy = weighedClasses(withRows(sample));
  return {
    names: records.map(({ name }) => name),
    valuesBy(weights, times) {
      const context = contextBy(weights, times);
      const { table, positive = sample.labels.length } = context;
      return records.map((record) =>
        record.by === "counts" ? record.of(table, positive) : record.of(context),
      );
    },
  };
}

function ofNumbers(sample: JudgedNumbers, wanted: (score: string) => boolean): ByWeights {
  const records = regressionRecords.filter(({ name }) => wanted(name));
  const scores = records.map((record) => weighedErrors(record, sample));
  return {
    names: records.map(({ name }) => name),
    valuesBy: (weights) => scores.map((score) => score(weights)),
  };
}
