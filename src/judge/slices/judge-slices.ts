import packageJson from "../../../package.json" with { type: "json" };
import { positiveLabelOf } from "../../experiment/positive-label-text.js";
import type { FeatureSource } from "../../predictions/read/feature-source.js";
import { conditionText } from "../../predictions/slice-condition.js";
import { findScore } from "../../scores/registry.js";
import { benjaminiHochberg } from "../../statistics/benjamini-hochberg.js";
import { holm } from "../../statistics/holm.js";
import { TrackingError } from "../../tracking-error.js";
import { judgeScores } from "../intervals/judge-scores.js";
import type { ScoreInterval } from "../judge-schema.js";
import { type JudgedSample, judgedSample } from "../pairing/judged-sample.js";
import type { Evaluation } from "../pairing/pair-evaluations.js";
import { cellSums, type GroupSums, groupDifference, groupScore, totalOf, without } from "./group-sums.js";
import { otherScore } from "./other-scores.js";
import { type OnProgress, readSliceColumns } from "./read-slice-columns.js";
import { populationOfAll, type SampleLosses, sampleLosses } from "./sample-losses.js";
import { type FoundSlice, searchSlices } from "./search-slices.js";
import type { SliceColumn } from "./slice-columns.js";
import { columnSummary, sliceSummary } from "./slice-report.js";
import type { SliceReport, SliceScore } from "./slice-schema.js";
import { type CheckedSliceSettings, checkedSliceSettings, type SliceSettings } from "./slice-settings.js";

/**
 * How the model does on parts of the test set: on the groups of one column (`by`), or on those that a search
 * finds to be worse than the rest.
 * @throws TrackingError INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export async function judgeSlices(
  { record, table }: Evaluation,
  features: FeatureSource,
  settings: SliceSettings = {},
  onProgress: OnProgress = () => {},
): Promise<SliceReport> {
  const checked = checkedSliceSettings(settings, record.kind, record.samples);
  const sample = judgedSample(table);
  const { score, level, seed, by, correction, minSize, bins } = checked;
  const overall = judgeScores(sample, { level, seed, scores: [score] })[0];
  if (!overall) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `score is ${JSON.stringify(score)}, which experiment ${record.predictionId} does not have${findScore(score)?.needsScore ? ": it was logged without y_score" : ""}`,
    );
  }
  if (by === undefined && sample.weights) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `the scores of experiment ${record.predictionId} are weighted by sample_weight, and the search for slices counts every sample the same; name a column to look at its groups: --by COLUMN, sliceScores(id, { by }) in code`,
    );
  }
  const columns = await readSliceColumns(sample, table.columns, features, by, bins, onProgress);
  const found =
    by === undefined
      ? await searched(sample, columns, checked, onProgress)
      : slicesOfColumn(sample, columns[0]!, checked);
  return {
    prediction_id: record.predictionId,
    project: record.project,
    name: record.name ?? null,
    positive_label: record.positiveLabel ?? positiveLabelOf(table.metadata) ?? null,
    kind: record.kind,
    score,
    n: sample.yTrue.length,
    by: by ?? null,
    overall,
    level,
    seed,
    correction,
    tried: found.tried,
    significant: found.significant,
    min_size: minSize,
    bins,
    columns: columns.map((column) => columnSummary(column, by === undefined ? minSize : 1)),
    slices: found.slices,
    versions: { ml_tracking: packageJson.version },
  };
}

interface Found {
  slices: SliceScore[];
  tried: number;
  significant: number;
}

async function searched(
  sample: JudgedSample,
  columns: readonly SliceColumn[],
  checked: CheckedSliceSettings,
  onProgress: OnProgress,
): Promise<Found> {
  const losses = sampleLosses(sample, checked.score)!;
  const { slices, tried, significant } = await searchSlices(losses, columns, { ...checked, onProgress });
  return {
    tried,
    significant,
    slices: slices.map((slice) => meanSlice(sample.kind, losses, slice, checked)),
  };
}

function meanSlice(
  kind: JudgedSample["kind"],
  losses: SampleLosses,
  { groups, sums, corrected }: Pick<FoundSlice, "groups" | "sums" | "corrected">,
  { score, level }: CheckedSliceSettings,
): SliceScore {
  const others = without(totalOf(losses), sums);
  const conditions = groups.map(({ column, group }) => column.groups[group]!);
  const scoreOf = (some: GroupSums): ScoreInterval => ({
    score,
    n: some.n,
    level,
    seed: null,
    ...groupScore(losses, some, level),
  });
  const named = {
    conditions,
    text: conditionText(conditions),
    n: sums.n,
    slice: scoreOf(sums),
    rest: others.n === 0 ? null : scoreOf(others),
  };
  const difference =
    others.n === 0 ? null : groupDifference(losses, sums, others, () => populationOfAll(losses), level);
  return {
    ...named,
    difference: difference && {
      ...difference,
      level,
      p_corrected: difference.p === null ? null : corrected,
      seed: null,
    },
    verdict: meanVerdict(difference, losses, corrected <= 1 - level),
    summary: sliceSummary(kind, score, named),
  };
}

function meanVerdict(
  difference: ReturnType<typeof groupDifference> | null,
  { worse }: SampleLosses,
  isShown: boolean,
): SliceScore["verdict"] {
  if (difference === null || difference.p === null) return "cannot be tested";
  if (!isShown) return "no evidence";
  return worse * difference.value > 0 ? "worse" : "better";
}

function slicesOfColumn(sample: JudgedSample, column: SliceColumn, checked: CheckedSliceSettings): Found {
  const losses = sampleLosses(sample, checked.score);
  const slices = losses
    ? cellSums(losses, column.codes, column.groups.length).map((sums, group) =>
        meanSlice(sample.kind, losses, { groups: [{ column, group }], sums, corrected: 1 }, checked),
      )
    : column.groups.flatMap((_, group) => otherSlice(sample, column, group, checked) ?? []);
  const tested = slices.filter(({ difference }) => typeof difference?.p === "number");
  const pValues = tested.map(({ difference }) => difference!.p!);
  const corrected = checked.correction === "holm" ? holm(pValues) : benjaminiHochberg(pValues);
  for (const [i, slice] of tested.entries()) {
    slice.difference!.p_corrected = corrected[i]!;
    slice.verdict = verdictOf(slice, corrected[i]! <= 1 - checked.level);
  }
  return {
    slices,
    tried: tested.length,
    significant: slices.filter(({ verdict }) => verdict === "worse").length,
  };
}

function verdictOf({ slice, rest, difference }: SliceScore, isShown: boolean): SliceScore["verdict"] {
  if (!isShown || !rest || !difference || difference.value === 0) return "no evidence";
  const { direction } = findScore(slice.score)!;
  if (direction === "zero") return Math.abs(slice.value) > Math.abs(rest.value) ? "worse" : "better";
  return difference.value > 0 === (direction === "higher") ? "better" : "worse";
}

function otherSlice(
  sample: JudgedSample,
  column: SliceColumn,
  group: number,
  checked: CheckedSliceSettings,
): SliceScore | undefined {
  const isInside = column.codes.map((code) => Number(code === group));
  const conditions = [column.groups[group]!];
  const found = otherScore(sample, isInside, checked);
  if (!found) return undefined;
  const { slice, rest, difference } = found;
  const named = { conditions, text: conditionText(conditions), n: slice.n, slice, rest };
  return {
    ...named,
    difference: { ...difference, p_corrected: null },
    verdict: "cannot be tested", // until its p is corrected
    summary: sliceSummary(sample.kind, checked.score, named),
  };
}
