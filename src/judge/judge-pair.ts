import type { FeatureSource } from "../predictions/read/feature-source.js";
import { compareEvaluations, evaluationAddedIntervals, evaluationIntervals } from "./compare-evaluations.js";
import type { CompareSettings } from "./compare-settings.js";
import type { AddedInterval, Comparison, SampleDifference, ScoreInterval } from "./judge-schema.js";
import { type PairPictures, pairPictures } from "./pair-pictures.js";
import type { Evaluation } from "./pairing/pair-evaluations.js";
import { sampleDifference } from "./sample-difference.js";
import { compareSliceScores } from "./slices/compare-slices.js";
import type { SliceComparison } from "./slices/slice-schema.js";

/** All that a report says of two experiments. */
export interface JudgedPair {
  comparison: Comparison;
  /** Of each, its scores where they would lie on other samples. */
  intervals: readonly [readonly ScoreInterval[], readonly ScoreInterval[]];
  /** The same of those that the project has added. */
  addedIntervals: readonly [readonly AddedInterval[], readonly AddedInterval[]];
  difference: SampleDifference;
  pictures: PairPictures;
  /** By every feature; without any, by the true values. */
  slices: SliceComparison;
}

/** @throws TrackingError as `compareEvaluations` and `compareSliceScores` */
export async function judgePair(
  a: Evaluation,
  b: Evaluation,
  features: readonly [FeatureSource, FeatureSource],
  { score, margin, ...settings }: CompareSettings,
  onProgress?: (done: number, total: number) => void,
): Promise<JudgedPair> {
  const comparison = compareEvaluations(a, b, {
    ...settings,
    ...(score === undefined ? {} : { score }),
    ...(margin === undefined ? {} : { margin }),
  });
  const names = [...(await features[0].names()), ...(await features[1].names())];
  const by = names.length === 0 ? "y_true" : undefined;
  return {
    comparison,
    intervals: [evaluationIntervals(a, settings), evaluationIntervals(b, settings)],
    addedIntervals: [evaluationAddedIntervals(a, settings), evaluationAddedIntervals(b, settings)],
    difference: sampleDifference(a, b, settings),
    pictures: pairPictures(a, b, settings),
    slices: await compareSliceScores(a, b, features, { ...settings, by }, onProgress),
  };
}
