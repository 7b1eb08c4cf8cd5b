import { scoreRegistry } from "../scores/registry.js";
import { TrackingError } from "../tracking-error.js";
import type { ReadSettings } from "./dependence/dependence.js";
import type { JudgeOptions } from "./judge-options.js";
import { checkMargin } from "./margin-conclusion.js";
import type { PairOptions } from "./pairing/pair-evaluations.js";
import { unknownScore } from "./unknown-score.js";

export interface JudgingSettings extends ReadSettings {
  /** How sure the intervals and the verdict are; by default 0.95. */
  level?: number;
  /** Of the bootstrap: the same seed gives the same numbers everywhere. By default 0. */
  seed?: number;
  /** The scores wanted; by default all. */
  scores?: readonly string[];
}

export interface CompareSettings extends JudgingSettings, PairOptions {
  /** The score that the verdict is about; by default f1_macro, or the root mean squared error. */
  score?: string;
  /**
   * A difference that matters, in that score's unit: whether b is superior by it, equivalent or non-inferior
   * within it.
   */
  margin?: number;
}

/** @throws TrackingError INVALID_ARGUMENT */
export function checkedSettings({
  level = 0.95,
  seed = 0,
  scores,
  score,
  margin,
  added = [],
}: CompareSettings): JudgeOptions {
  if (margin !== undefined) checkMargin(margin);
  if (!(level >= 0.5 && level < 1)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `level is ${level}; give a number from 0.5 to below 1, as 0.95`,
    );
  }
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new TrackingError("INVALID_ARGUMENT", `seed is ${seed}; give a whole number from 0 to below 2^32`);
  }
  for (const name of [...(scores ?? []), ...(score === undefined ? [] : [score])]) {
    if (!scoreRegistry.some((known) => known.name === name)) {
      throw unknownScore(
        name,
        added.map((each) => each.name),
      );
    }
  }
  return { level, seed, scores };
}
