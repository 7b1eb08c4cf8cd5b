import packageJson from "../../../package.json" with { type: "json" };
import type { FeatureSource } from "../../predictions/read/feature-source.js";
import { conditionText, type SliceCondition } from "../../predictions/slice-condition.js";
import { benjaminiHochberg } from "../../statistics/benjamini-hochberg.js";
import { holm } from "../../statistics/holm.js";
import { mcNemarMidP } from "../../statistics/mcnemar.js";
import { TrackingError } from "../../tracking-error.js";
import { compared, swappedDifference } from "../compare-evaluations.js";
import { judgeDifference } from "../difference/judge-difference.js";
import type { ScoreDifference } from "../judge-schema.js";
import { type JudgedSample, takeRows } from "../pairing/judged-sample.js";
import {
  type Evaluation,
  type PairedEvaluations,
  type PairOptions,
  pairEvaluations,
} from "../pairing/pair-evaluations.js";
import { drawsAmongAll, withLargerP } from "./draws-among-all.js";
import { type OnProgress, readSliceColumns } from "./read-slice-columns.js";
import type { SliceColumn } from "./slice-columns.js";
import { bothInWords, columnSummary } from "./slice-report.js";
import type { SliceComparison, SlicePair } from "./slice-schema.js";
import { type CheckedSliceSettings, checkedSliceSettings, type SliceSettings } from "./slice-settings.js";

export interface CompareSlicesSettings extends SliceSettings, PairOptions {}

/**
 * Compares two experiments slice by slice, paired by sample: on the groups of one column (`by`), or on those
 * of every feature, the clearest differences first. The features are those of `a`, or where it has none, of
 * `b`.
 * @throws TrackingError NOT_COMPARABLE, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export async function compareSliceScores(
  a: Evaluation,
  b: Evaluation,
  [featuresA, featuresB]: readonly [FeatureSource, FeatureSource],
  settings: CompareSlicesSettings = {},
  onProgress: OnProgress = () => {},
): Promise<SliceComparison> {
  // Draws are made in the order of the ids, as in the comparison of whole experiments.
  const isSwapped = a.record.predictionId > b.record.predictionId;
  const paired = isSwapped ? turned(pairEvaluations(b, a, settings)) : pairEvaluations(a, b, settings);
  const n = paired.a.yTrue.length;
  const checked = checkedSliceSettings(settings, a.record.kind, n);
  const { score, level, seed, by, correction, minSize, bins } = checked;
  const overall = differenceOf(paired, undefined, checked, isSwapped);
  if (!overall) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `score is ${JSON.stringify(score)}, which is undefined for both experiments`,
    );
  }
  const isOfA = (await featuresA.names()).length > 0;
  const rows = isOfA ? paired.rows.a : paired.rows.b;
  const source = isOfA ? featuresA : featuresB;
  const predictions = (isOfA ? a : b).table.columns;
  const columns = await readSliceColumns(paired.a, predictions, source, by, bins, onProgress, rows);
  const least = by === undefined ? minSize : 1;
  const groups = columns.flatMap((column) => groupsOf(column, least));
  const pValues = groups.map((group) => quickP(paired, group, checked));
  const isQuick = pValues.every((p) => p !== undefined);
  const judged = isQuick ? [] : groups.map((group) => differenceOf(paired, group, checked, isSwapped));
  const [first, second] = isSwapped ? [paired.b, paired.a] : [paired.a, paired.b];
  const pAmongAll = drawsAmongAll(first, second, score);
  const known = groups.map(({ rows: ofGroup }, i) =>
    Math.max(pValues[i] ?? judged[i]?.p ?? 1, pAmongAll?.(ofGroup) ?? 0),
  );
  const corrected = correction === "holm" ? holm(known) : benjaminiHochberg(known);
  const places = [...groups.keys()];
  if (by === undefined) places.sort((x, y) => corrected[x]! - corrected[y]! || known[x]! - known[y]!);
  const shown = by === undefined ? places.slice(0, checked.limit) : places;
  const slices = shown.flatMap((place) => {
    const group = groups[place]!;
    const difference = isQuick ? differenceOf(paired, group, checked, isSwapped) : judged[place];
    if (!difference) return [];
    const p = pAmongAll?.(group.rows);
    const both = p === undefined ? difference : withLargerP(difference, p, level);
    return [slicePair(group, both, corrected[place]!, checked)];
  });
  return {
    a: compared(a),
    b: compared(b),
    kind: a.record.kind,
    score,
    n,
    same_test_set: paired.isSameTestSet,
    by: by ?? null,
    overall,
    level,
    seed,
    correction,
    tried: groups.length,
    significant: corrected.filter((p) => p <= 1 - level).length,
    min_size: minSize,
    bins,
    columns: columns.map((column) => columnSummary(column, least)),
    slices,
    versions: { ml_tracking: packageJson.version },
  };
}

function turned({ a, b, rows, ...rest }: PairedEvaluations): PairedEvaluations {
  return { ...rest, a: b, b: a, rows: { a: rows.b, b: rows.a } };
}

interface Group {
  condition: SliceCondition;
  rows: Int32Array;
}

function groupsOf({ groups, codes, sizes }: SliceColumn, least: number): Group[] {
  const members = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(sizes.length);
  for (let i = 0; i < codes.length; i++) {
    const group = codes[i]!;
    members[group]![filled[group]!++] = i;
  }
  return groups.flatMap((condition, group) => {
    const isTried = sizes[group]! >= least && (least === 1 || condition.type !== "other");
    return isTried ? [{ condition, rows: members[group]! }] : [];
  });
}

/**
 * The p that the comparison of a slice has, without its interval; undefined where that takes the whole
 * comparison.
 */
function quickP(
  { a, b }: PairedEvaluations,
  { rows }: Group,
  { score }: CheckedSliceSettings,
): number | undefined {
  if (a.kind === "classification" && b.kind === "classification" && score === "accuracy" && !a.weights) {
    let [onlyA, onlyB] = [0, 0];
    for (const row of rows) {
      const isRightA = a.yPred[row] === a.yTrue[row];
      const isRightB = b.yPred[row] === b.yTrue[row];
      onlyA += Number(isRightA && !isRightB);
      onlyB += Number(isRightB && !isRightA);
    }
    return mcNemarMidP(onlyA, onlyB);
  }
  return undefined;
}

/** On some samples, or on all; undefined where the score is not defined for both. */
function differenceOf(
  { a, b }: PairedEvaluations,
  group: Group | undefined,
  { score, level, seed }: CheckedSliceSettings,
  isSwapped: boolean,
): ScoreDifference | undefined {
  const labels = a.kind === "classification" ? a.labels : [];
  const [ofA, ofB] = [a, b].map((sample) => takeRows(sample, group?.rows, labels)) as [
    JudgedSample,
    JudgedSample,
  ];
  const [first, second] = isSwapped ? [ofB, ofA] : [ofA, ofB];
  const found = judgeDifference(first, second, { level, seed, scores: [score] }).scores[0];
  return found && (isSwapped ? swappedDifference(found) : found);
}

function slicePair(
  { condition, rows }: Group,
  difference: ScoreDifference,
  corrected: number,
  { level }: CheckedSliceSettings,
): SlicePair {
  const text = conditionText([condition]);
  const n = rows.length;
  return {
    conditions: [condition],
    text,
    n,
    difference,
    p_corrected: difference.p === null ? null : corrected,
    verdict: difference.p === null ? "cannot be tested" : directed(difference, corrected <= 1 - level),
    summary: `on the ${n} ${n === 1 ? "sample" : "samples"} with ${text}, ${bothInWords(difference)}`,
  };
}

function directed({ difference, direction }: ScoreDifference, isShown: boolean): ScoreDifference["verdict"] {
  if (!isShown || difference === 0) return "no evidence";
  return difference! > 0 === (direction === "higher") ? "better" : "worse";
}
