import type { Kind } from "../experiment/input/experiment-input.js";
import { scoreRegistry as registry } from "../scores/registry.js";
import type { ScoreName } from "./judged-types.js";

/** Scores by scikit-learn's names. One that is undefined is not there. */
export type Scores = Partial<Record<ScoreName, number>>;

/** What there is to know about a score. */
export interface Score {
  /** As in the tracking log's column: scikit-learn's name, mostly without a trailing `_score`. */
  readonly name: ScoreName;
  /** For a heading or an axis. */
  readonly title: string;
  readonly kind: Kind;
  /** Whether it is computed from yScore and so is not there without it. */
  readonly needsScore: boolean;
  /** Whether it speaks of the positive class and so is not there for three labels and more. */
  readonly binaryOnly: boolean;
  /** Least and greatest value that it can take; an open end is infinite. */
  readonly range: readonly [min: number, max: number];
  /** `higher` and `lower` say which is better; `zero` that the value nearest to 0 is best. */
  readonly direction: "higher" | "lower" | "zero";
  /** Its value where every prediction is perfect. */
  readonly best: number;
  /** One sentence for a tooltip. */
  readonly meaning: string;
  /** Whether a table that has no room for all shows it before the others. */
  readonly headline: boolean;
}

/** Every score, in the order of the tracking log's columns. */
export const scoreRegistry: readonly Score[] = registry;
