import type { ExperimentRecord } from "../../experiment/experiment-record.js";
import { compareLabels, type Label } from "../../experiment/input/class-labels.js";
import { weightTotals } from "../../experiment/sample-weight.js";
import type { PredictionColumn, PredictionTable } from "../../predictions/prediction-table.js";
import { TrackingError } from "../../tracking-error.js";
import {
  checkedDependence,
  checkFound,
  type Dependence,
  type DependenceSettings,
  isSameDependence,
} from "../dependence/dependence.js";
import { type Alignment, alignSamples } from "./align-samples.js";
import { type JudgedSample, judgedSample, takeRows } from "./judged-sample.js";

/** An experiment with its predictions. */
export interface Evaluation {
  record: ExperimentRecord;
  table: PredictionTable;
}

/** Two experiments on the same samples, row by row, in the order of the first. */
export interface PairedEvaluations {
  /** With the same labels. */
  a: JudgedSample;
  b: JudgedSample;
  isSameTestSet: boolean;
  /** Of each row, the row of that sample in either file; undefined where they are the same. */
  rows: Alignment;
  /** The ids of the first file's rows; undefined where it has none. */
  ids: PredictionColumn | undefined;
}

export interface PairOptions extends DependenceSettings {
  /** Pairs experiments of different test sets on the samples that both have. */
  onSharedSamples?: boolean;
}

/**
 * Brings the samples of two experiments together by their ids, whatever the order; without ids beside the
 * predictions, by their order, which the digest then covers.
 * @throws TrackingError NOT_COMPARABLE where the test sets differ, unless `onSharedSamples`; where a sample
 * id stands twice; and where one is a classification and the other a regression
 */
export function pairEvaluations(a: Evaluation, b: Evaluation, options: PairOptions = {}): PairedEvaluations {
  const names: [string, string] = [a.record.predictionId, b.record.predictionId];
  const isSameTestSet = checkComparable(a.record, b.record, options.onSharedSamples);
  const rows = align(a.table, b.table, names, isSameTestSet);
  const dependence = checkedDependence(options);
  const [ofA, ofB] = sameSamples(
    judgedSample(a.table, dependence),
    judgedSample(b.table, dependence),
    rows,
    names,
  );
  checkFound(dependence, [ofA, ofB]);
  const ids = a.table.columns.find(({ name }) => name === "sample_id");
  return { a: ofA, b: ofB, isSameTestSet, rows, ids };
}

/**
 * What can be told without the predictions.
 * @returns whether both were evaluated on the same test set
 * @throws TrackingError NOT_COMPARABLE
 */
export function checkComparable(a: ExperimentRecord, b: ExperimentRecord, onSharedSamples = false): boolean {
  if (a.kind !== b.kind) {
    throw new TrackingError(
      "NOT_COMPARABLE",
      `experiment ${a.predictionId} is a ${a.kind} and ${b.predictionId} a ${b.kind}; compare two of the same kind`,
    );
  }
  const isSame = a.testSetDigest === b.testSetDigest;
  if (isSame || onSharedSamples) return isSame;
  throw new TrackingError(
    "NOT_COMPARABLE",
    `experiments ${a.predictionId} and ${b.predictionId} were evaluated on different test sets (digests ${a.testSetDigest} and ${b.testSetDigest}), so their scores may differ only because their samples do; evaluate both on the same samples, or compare them on those that both have: --on-shared-samples, onSharedSamples in code`,
  );
}

function align(a: PredictionTable, b: PredictionTable, names: [string, string], isSame: boolean): Alignment {
  const [idsA, idsB] = [a, b].map(({ columns }) => columns.find(({ name }) => name === "sample_id"));
  if (!idsA || !idsB) {
    if (isSame && a.rows === b.rows) return { a: undefined, b: undefined };
    const which = idsA ? names[1] : names[0];
    throw new TrackingError(
      "NOT_COMPARABLE",
      `the predictions of experiment ${which} have no sample ids, so which samples both have is unknown; log it with one id for each sample`,
    );
  }
  const alignment = alignSamples(idsA, idsB, names);
  if (alignment.a?.length === 0) {
    throw new TrackingError(
      "NOT_COMPARABLE",
      `experiments ${names.join(" and ")} have no sample in common; evaluate both on the same samples`,
    );
  }
  return alignment;
}

function sameSamples(
  a: JudgedSample,
  b: JudgedSample,
  alignment: Alignment,
  names: [string, string],
): [JudgedSample, JudgedSample] {
  const labels: Label[] = [];
  if (a.kind === "classification" && b.kind === "classification") {
    for (const label of [...new Set([...a.labels, ...b.labels])].sort(compareLabels)) labels.push(label);
  }
  const [ofA, ofB] = [takeRows(a, alignment.a, labels), takeRows(b, alignment.b, labels)];
  let differing = 0;
  for (let i = 0; i < ofA.yTrue.length; i++) differing += Number(ofA.yTrue[i] !== ofB.yTrue[i]);
  if (differing > 0) {
    throw new TrackingError(
      "NOT_COMPARABLE",
      `${differing} of the ${ofA.yTrue.length} samples that experiments ${names.join(" and ")} share have different true values: their ids mean different samples, or labels were corrected; evaluate both on the same test set`,
    );
  }
  checkSameWeights(ofA.weights, ofB.weights, names);
  checkSameDependence(ofA, ofB, names);
  if (ofA.kind === "classification" && ofB.kind === "classification") {
    // What is about different classes is not the same quantity: then only what is about all labels is
    // compared.
    if (ofA.scored.join() !== ofB.scored.join()) {
      return [
        { ...ofA, positive: undefined, scores: [] },
        { ...ofB, positive: undefined, scores: [] },
      ];
    }
  }
  return [ofA, ofB];
}

/** With other weights the same predictions have other scores. */
function checkSameWeights(
  a: Float64Array | undefined,
  b: Float64Array | undefined,
  names: [string, string],
): void {
  if (!a && !b) return;
  if (!a || !b) {
    const [weighted, other] = a ? names : names.toReversed();
    throw new TrackingError(
      "NOT_COMPARABLE",
      `the scores of experiment ${weighted} are weighted by sample_weight and those of ${other} are not; log ${other} again with the same sample_weight, or ${weighted} without it`,
    );
  }
  const [sumA, sumB] = [weightTotals(a).sum, weightTotals(b).sum];
  // Only their ratios matter.
  const isOther = (weight: number, other: number) => {
    const [share, ofOther] = [weight / sumA, other / sumB];
    return Math.abs(share - ofOther) > 1e-12 * Math.max(share, ofOther);
  };
  if (!a.some((weight, i) => isOther(weight, b[i]!))) return;
  const differing = a.reduce((count, weight, i) => count + Number(weight !== b[i]), 0);
  throw new TrackingError(
    "NOT_COMPARABLE",
    `${differing} of the ${a.length} samples that experiments ${names.join(" and ")} share have another sample_weight in the one than in the other, so their scores are not about the same; log one of them again with the sample_weight of the other`,
  );
}

/** Which samples depend on each other is a fact about the samples, whoever logged them. */
function checkSameDependence(a: JudgedSample, b: JudgedSample, names: [string, string]): void {
  if (!a.dependence || !b.dependence || isSameDependence(a.dependence, b.dependence)) return;
  const [first, second] = [a.dependence, b.dependence];
  const how = ({ by, feature }: Dependence) => `by the ${by} in ${JSON.stringify(feature)}`;
  const isSameName = first.by === second.by && first.feature === second.feature;
  const wayOut = isSameName
    ? "the two were logged with other values of it; log one of them again"
    : "say which one holds: --group or --order, group or order in code";
  throw new TrackingError(
    "NOT_COMPARABLE",
    `the samples of experiment ${names[0]} depend on each other ${how(first)}, those of ${names[1]} ${how(second)}, which is not the same; ${wayOut}`,
  );
}
