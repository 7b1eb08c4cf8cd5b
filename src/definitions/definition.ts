import type { ClassificationSample, RegressionSample } from "../scores/sample.js";

/**
 * One way in which a program makes a number of predictions: a name, and all that decides the number. Adding one
 * is such a record, and a line in its list; docs/definitions.md and the tests follow.
 */
export type Definition = ClassificationDefinition | RegressionDefinition;

export interface DefinitionFacts {
  /** `library:name`, with what tells its variants apart in brackets: `sklearn:f1_score(macro)`. Unique. */
  readonly id: string;
  /** What people call the number, any of which finds it: `["aucpr", "pr_auc", "average_precision"]`. */
  readonly names: readonly string[];
  /** As its users write it: `XGBoost`. */
  readonly library: string;
  /** The version that it was compared with. */
  readonly version: string;
  /** The call that gives the number, with its arguments. */
  readonly call: string;
  /** How it is computed, in words, with what is not obvious. */
  readonly formula: string;
  /** What it does where programs differ; only what holds for it. */
  readonly traits: Traits;
  readonly direction: "higher" | "lower" | "zero";
  /** Least and greatest value; an open end is infinite. */
  readonly range: readonly [min: number, max: number];
  /** In what the library computes: two equal definitions differ by it in the seventh digit. */
  readonly precision: "float64" | "float32";
  /**
   * Why samples drawn from these do not say how it varies, where they do not, as a part of a sentence: it
   * hangs on single samples.
   */
  readonly noInterval?: string;
  /** How it was compared: with the library itself, or only with what its documentation says. */
  readonly comparedWith: "library" | "documentation";
}

export interface Traits {
  readonly ties?: string;
  readonly oneClass?: string;
  readonly zeros?: string;
  readonly absentClasses?: string;
  readonly argumentOrder?: string;
  readonly positiveClass?: string;
  readonly averaging?: string;
  readonly constants?: string;
}

/**
 * What the definition gives for a sample: the library's own answer, also where that is NaN or infinite;
 * undefined where the library has none, because it raises an error or does not take such a sample.
 */
export interface ClassificationDefinition extends DefinitionFacts {
  readonly kind: "classification";
  /** Whether it needs y_score. */
  readonly needsScore: boolean;
  /** For how many classes it is there. */
  readonly classes: "two" | "several" | "any";
  readonly of: (sample: ClassificationSample) => number | undefined;
}

export interface RegressionDefinition extends DefinitionFacts {
  readonly kind: "regression";
  readonly of: (sample: RegressionSample) => number | undefined;
}
