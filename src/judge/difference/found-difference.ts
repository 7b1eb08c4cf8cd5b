import type { ScoreName } from "../../scores/registry.js";
import type { Interval } from "../../statistics/estimate.js";

/** What is found of one score of two experiments, before the words. */
export interface FoundDifference {
  score: ScoreName;
  a: number | undefined;
  b: number | undefined;
  interval?: Partial<Interval> | undefined;
  method: string | null;
  /** Why there is no interval, where there is none. */
  reason: string;
}
