import { inSlices } from "./in-slices.js";
import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotData } from "./plot-schema.js";
import { type ScoreColumn, type ScoredClassOptions, scoredClassData } from "./score-column.js";
import { curveNote, type ScoreGroups, scoreGroups, withCounts } from "./score-groups.js";
import { mostCurvePoints, thinCurve } from "./thin-curve.js";
import { exactness, valueGroups } from "./value-groups.js";

/**
 * Which share of the class is among the share of the samples with the highest scores (gain), how much more
 * that is than among as many samples at random (lift), and both by tenths of the samples. Samples of one
 * score enter together; where a decile's end divides them, they count in proportion. Decile d ends after
 * floor(d * samples / 10) samples.
 * @throws TrackingError INVALID_ARGUMENT without y_score; PREDICTIONS_NOT_READABLE
 */
export async function gainCurve(
  predictions: Predictions,
  options: ScoredClassOptions & { exactUpTo?: number | undefined } = {},
): Promise<PlotData<"gain_curve">> {
  const compute = (signal: AbortSignal) => readCurve(predictions, { ...options, signal });
  return keptPlot(predictions, "gain_curve", [options.class, options.exactUpTo], compute, options.signal);
}

async function readCurve(
  predictions: Predictions,
  options: ScoredClassOptions & { exactUpTo?: number | undefined },
): Promise<PlotData<"gain_curve">> {
  const { column, groups } = await scoreGroups(predictions, options);
  const common = scoredClassData(column);
  const { samples, positives } = common;
  const count = groups.thresholds.length;
  const share = new Float64Array(count + 1);
  const gain = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) {
    share[i + 1] = (groups.truePositives[i]! + groups.falsePositives[i]!) / samples;
    gain[i + 1] = positives === 0 ? 0 : groups.truePositives[i]! / positives;
  }
  const { kept, maxDeviation } = thinCurve(share, gain, mostCurvePoints);
  const reason = "y_true has no sample of the positive class";
  const empty = positives === 0;
  return {
    plot: "gain_curve",
    ...common,
    sample_share: empty ? [] : Array.from(kept, (i) => share[i]!),
    gain: empty ? [] : Array.from(kept, (i) => gain[i]!),
    lift: empty ? [] : Array.from(kept, (i) => (i === 0 ? null : gain[i]! / share[i]!)),
    threshold: empty ? [] : Array.from(kept, (i) => (i === 0 ? null : groups.thresholds[i - 1]!)),
    deciles: await gainDeciles(column, groups, options.signal),
    exactness: exactness(groups, curveNote),
    thinning: { points_of_curve: empty ? 0 : count + 1, max_deviation: maxDeviation },
    reasons: empty ? { gain: reason, lift: reason } : {},
  };
}

async function gainDeciles(
  column: ScoreColumn,
  groups: ScoreGroups,
  signal: AbortSignal | undefined,
): Promise<PlotData<"gain_curve">["deciles"][number][]> {
  const samples = column.scores.length;
  const cuts = Array.from({ length: 11 }, (_, d) => Math.floor((d * samples) / 10));
  const found = await cutsOfRanking(column, groups, cuts, signal);
  const share = column.positives / samples;
  const deciles: PlotData<"gain_curve">["deciles"][number][] = [];
  for (let d = 1; d <= 10; d++) {
    const [start, end] = [found[d - 1]!, found[d]!];
    const size = cuts[d]! - cuts[d - 1]!;
    if (size === 0) continue; // fewer than ten samples
    const positives = end.positives - start.positives;
    const gain = column.positives === 0 ? null : end.positives / column.positives;
    deciles.push({
      decile: d,
      samples: size,
      positives,
      highest_score: start.next,
      lowest_score: end.last,
      positive_share: positives / size,
      lift: share === 0 ? null : positives / size / share,
      cumulative_positives: end.positives,
      cumulative_gain: gain,
      cumulative_lift: gain === null ? null : gain / (cuts[d]! / samples),
    });
  }
  return deciles;
}

interface Cut {
  /** Among the samples above the cut. */
  positives: number;
  /** The lowest score above the cut and the highest one below it. */
  last: number;
  next: number;
}

/**
 * What lies above each of some cuts through the ranking (numbers of samples). Groups of several scores that
 * one divides are looked into.
 */
async function cutsOfRanking(
  column: ScoreColumn,
  groups: ScoreGroups,
  cuts: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Cut[]> {
  const places = cuts.map((cut) => placeOfCut(groups, cut));
  const divided = new Set(places.flatMap(({ group, isInside }) => (isInside ? [group] : [])));
  const parts = await samplesOfGroups(column, groups, [...divided], signal);
  return places.map(({ group, isInside, cut }) => {
    if (!isInside) return cut;
    const { positives, last, next } = placeOfCut(parts.get(group)!, cut.within).cut;
    return { positives: cut.positives + positives, last, next };
  });
}

/**
 * Where a cut lies. Inside a group of several scores, `positives` are those above the group, `within` the
 * group's samples above the cut.
 */
function placeOfCut(
  { truePositives: tp, falsePositives: fp, min, max, positives, total }: ScoreGroups,
  size: number,
): { group: number; isInside: boolean; cut: Cut & { within: number } } {
  const last = tp.length - 1;
  if (size === 0) {
    return {
      group: last,
      isInside: false,
      cut: { positives: 0, last: Number.NaN, next: max[last]!, within: 0 },
    };
  }
  let place = 0; // the highest groups up to this one, in falling order, hold the cut
  for (let end = last; place < end; ) {
    const middle = (place + end) >> 1;
    if (tp[middle]! + fp[middle]! < size) place = middle + 1;
    else end = middle;
  }
  const group = last - place;
  const positivesAbove = place === 0 ? 0 : tp[place - 1]!;
  const within = size - (place === 0 ? 0 : positivesAbove + fp[place - 1]!);
  const lowest = min[group]!;
  if (within === total[group]) {
    const next = place < last ? max[group - 1]! : Number.NaN;
    return { group, isInside: false, cut: { positives: tp[place]!, last: lowest, next, within } };
  }
  if (lowest !== max[group]) {
    return { group, isInside: true, cut: { positives: positivesAbove, last: lowest, next: lowest, within } };
  }
  const share = (within * positives[group]!) / total[group]!;
  return {
    group,
    isInside: false,
    cut: { positives: positivesAbove + share, last: lowest, next: lowest, within },
  };
}

/** The samples of some groups, each sorted into groups of one score. */
async function samplesOfGroups(
  { scores, isPositive }: ScoreColumn,
  groups: ScoreGroups,
  wanted: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Map<number, ScoreGroups>> {
  const found = wanted.map((group) => ({
    group,
    min: groups.min[group]!,
    max: groups.max[group]!,
    scores: new Float64Array(groups.total[group]!),
    flags: new Uint8Array(groups.total[group]!),
    filled: 0,
  }));
  // Most scores are in none of them, which a look at 65,536 equal parts of 0..1 tells.
  const isNear = new Uint8Array(65_537);
  for (const { min, max } of found) isNear.fill(1, Math.floor(min * 65_536), Math.floor(max * 65_536) + 1);
  if (found.length > 0) {
    await inSlices(scores.length, signal, (from, to) => {
      for (let i = from; i < to; i++) {
        const score = scores[i]!;
        if (isNear[Math.floor(score * 65_536)] === 0) continue;
        for (const part of found) {
          if (score < part.min || score > part.max) continue;
          part.scores[part.filled] = score;
          part.flags[part.filled++] = isPositive[i]!;
        }
      }
    });
  }
  const sorted = new Map<number, ScoreGroups>();
  for (const { group, scores: values, flags, ...range } of found) {
    const exactUpTo = Infinity;
    sorted.set(group, withCounts(await valueGroups(values, flags, signal, { range, exactUpTo })));
  }
  return sorted;
}
