import type { ScoreName } from "../../scores/registry.js";
import { findScore } from "../../scores/registry.js";
import { TrackingError } from "../../tracking-error.js";
import { checkedSettings, type JudgingSettings } from "../compare-settings.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { meanScores } from "./sample-losses.js";
import type { Correction } from "./search-slices.js";

export interface SliceSettings extends Omit<JudgingSettings, "scores"> {
  /** By default accuracy, or the mean absolute error. */
  score?: string | undefined;
  /**
   * Slices by this feature alone, or by `y_true`; left out, slices are searched in all features and their
   * pairs.
   */
  by?: string | undefined;
  /**
   * For the number of slices tried: `holm` (by default), so that a slice found is none by luck; `bh` to
   * explore.
   */
  correction?: Correction | undefined;
  /** The smallest slice that is tried; by default 20 samples, or a thousandth of all where that is more. */
  minSize?: number | undefined;
  /** Into how many groups of equally many samples numbers are cut: 2 to 50, by default 5. */
  bins?: number | undefined;
  /** How many found slices are reported at most: 1 to 200, by default 20. */
  limit?: number | undefined;
}

export interface CheckedSliceSettings {
  score: ScoreName;
  level: number;
  seed: number;
  by: string | undefined;
  correction: Correction;
  minSize: number;
  bins: number;
  limit: number;
}

/** @throws TrackingError INVALID_ARGUMENT */
export function checkedSliceSettings(
  settings: SliceSettings,
  kind: JudgedSample["kind"],
  samples: number,
): CheckedSliceSettings {
  const { level, seed } = checkedSettings({
    ...(settings.level === undefined ? {} : { level: settings.level }),
    ...(settings.seed === undefined ? {} : { seed: settings.seed }),
    ...(settings.score === undefined ? {} : { score: settings.score }),
  });
  const { correction = "holm" } = settings;
  if (correction !== "holm" && correction !== "bh") {
    throw new TrackingError("INVALID_ARGUMENT", `correction is ${String(correction)}; give "holm" or "bh"`);
  }
  return {
    score: sliceScore(settings, kind),
    level,
    seed,
    by: settings.by,
    correction,
    minSize: whole("min_size", settings.minSize, Math.max(20, Math.ceil(samples / 1000)), 2, 50_000_000),
    bins: whole("bins", settings.bins, 5, 2, 50),
    limit: whole("limit", settings.limit, 20, 1, 200),
  };
}

function sliceScore({ score, by }: SliceSettings, kind: JudgedSample["kind"]): ScoreName {
  if (score === undefined) return meanScores[kind][0]!;
  const found = findScore(score)!;
  if (found.kind !== kind) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `score is ${JSON.stringify(score)}, but the experiment is a ${kind}`,
    );
  }
  if (by === undefined && !meanScores[kind].includes(found.name)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `score is ${JSON.stringify(score)}, by which slices cannot be searched, since it is no mean over the samples; search by ${meanScores[kind].join(", ")}, or name a column: --by, by in code`,
    );
  }
  return found.name;
}

function whole(
  name: string,
  given: number | undefined,
  fallback: number,
  least: number,
  most: number,
): number {
  const value = given ?? fallback;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${name} is ${value}; give a whole number from ${least} to ${most}`,
  );
}
