import type { ClassificationContext } from "./classification-context.js";
import type { ConfusionTable } from "./confusion-table.js";
import type { CountGradient } from "./count-gradient.js";
import type { ClassProbabilities, RegressionSample } from "./sample.js";

export type ScoreKind = "classification" | "regression";

/** What there is to know about a score without its formula. */
export interface ScoreFacts {
  /** As in the tracking log's column: scikit-learn's name, mostly without a trailing `_score`. */
  readonly name: string;
  /** For a heading or an axis. */
  readonly title: string;
  readonly kind: ScoreKind;
  /** Whether it is computed from y_score and so is blank without it. */
  readonly needsScore: boolean;
  /** Whether it speaks of the positive class and so is blank for three labels and more. */
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

/** A value that is no mean of the samples, and how fast it changes as each sample gains weight. */
export interface Influences {
  value: number;
  influences: Float64Array;
}

/** A score by other weights of the same samples, again and again. */
export type OfWeights = (weights: Float64Array) => number | undefined;

/**
 * A score is one record: its facts, how it is computed, and by what its interval and its paired test are
 * made. Adding one is such a record and a line in registry.ts.
 */
export type ScoreRecord = CountScore | ProbabilityScore | ErrorScore;

interface ClassificationFacts extends ScoreFacts {
  readonly kind: "classification";
  /** Why it is undefined, where it is. */
  readonly whyUndefined?: (context: ClassificationContext) => string;
  /** What a reader must know about the value. */
  readonly caution?: (context: ClassificationContext) => string | undefined;
}

/**
 * A score of the counts of true and predicted labels. Judged as the share that it is, or by the shares of the
 * classes.
 */
export interface CountScore extends ClassificationFacts {
  readonly by: "counts";
  readonly of: (table: ConfusionTable, positive: number) => number | undefined;
  /**
   * Adds its derivatives by each count; where it counts a class as 0 because it is undefined there, they are
   * 0 too.
   */
  readonly addGradient: (table: ConfusionTable, gradient: CountGradient, positive: number) => void;
  /** Where it is a share of samples, or grows with one: which part of which whole. */
  readonly share?: CountedShare;
  /** Where it is none of one share: of the classes' recalls, unless their precisions are named here. */
  readonly classShares?: "precisions";
  /** Whether a rare class counts as much as a frequent one, so that each must have some samples. */
  readonly everyClass?: true;
}

export interface CountedShare {
  /** The samples that the share is of: all, those truly or predicted positive, or those that are either. */
  readonly of: "all" | "actual" | "predicted" | "either";
  readonly count: (table: ConfusionTable, positive: number) => readonly [part: number, whole: number];
  /** The score of a share, where they differ. */
  readonly score?: (share: number) => number;
}

/** A score of y_score. */
export type ProbabilityScore = ClassificationFacts & {
  readonly of: (context: ClassificationContext) => number | undefined;
} & (
    | Mean<ClassProbabilities>
    | Ratio<ClassProbabilities>
    | {
        /** Of the order of one class's scores, averaged over the classes. */
        readonly by: "ranking";
        /** Which estimate of the statistics judges it. */
        readonly ranking: "auc" | "average precision";
      }
  );

/** A score of a regression's errors. */
export type ErrorScore = ScoreFacts & {
  readonly kind: "regression";
  readonly of: (yTrue: Float64Array, yPred: Float64Array) => number | undefined;
  readonly whyUndefined?: string;
  readonly caution?: (sample: RegressionSample, value: number | undefined) => string | undefined;
  /** Whether a few samples may make up most of it: errors are squared, or divided by what is near 0. */
  readonly isHeavyTailed?: (yTrue: Float64Array) => boolean;
} & (
    | Mean<RegressionSample>
    | Root
    | Share
    | ({ readonly by: "median" } & Weighted)
    | ({
        readonly by: "extreme";
        /** Why it has no interval, and no paired test. */
        readonly noInterval: string;
        readonly noTest: string;
      } & Weighted)
  );

/** A mean over the samples: judged by t, and defined on every slice. */
interface Mean<Sample> {
  readonly by: "mean";
  /** What each sample contributes. */
  readonly losses: (sample: Sample) => Float64Array;
}

/** Judged by the delta method. */
interface Ratio<Sample> {
  readonly by: "ratio";
  readonly influences: (sample: Sample) => Influences | undefined;
}

/** The root of a mean over the samples: judged as that mean. */
export interface Root {
  readonly by: "root";
  readonly losses: (sample: RegressionSample) => Float64Array;
}

/** What a mean needs no word for: the same mean, weighted. */
interface Weighted {
  readonly weighted: (sample: RegressionSample) => OfWeights;
}

/** 1 less a share of two means over the samples; with the same samples equal where the first mean is. */
export interface Share extends Weighted {
  readonly by: "share";
  readonly unexplained: (sample: RegressionSample) => Float64Array;
  /** Of y_true alone. */
  readonly total: (yTrue: Float64Array) => Float64Array;
}
