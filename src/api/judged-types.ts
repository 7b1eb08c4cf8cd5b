// Written by scripts/judged-types.js from the schemas of src/judge/. What JSON calls null is undefined here.
import type { Kind } from "../experiment/input/experiment-input.js";

/** Every score's name, in the order of the tracking log's columns. */
export type ScoreName =
  | "accuracy"
  | "balanced_accuracy"
  | "precision"
  | "recall"
  | "f1"
  | "precision_macro"
  | "recall_macro"
  | "f1_macro"
  | "precision_weighted"
  | "recall_weighted"
  | "f1_weighted"
  | "matthews_corrcoef"
  | "cohen_kappa"
  | "roc_auc"
  | "average_precision"
  | "log_loss"
  | "brier_score"
  | "jaccard_macro"
  | "d2_log_loss_score"
  | "r2"
  | "mean_absolute_error"
  | "mean_squared_error"
  | "root_mean_squared_error"
  | "median_absolute_error"
  | "mean_absolute_percentage_error"
  | "max_error"
  | "explained_variance"
  | "mean_error"
  | "mean_pinball_loss"
  | "d2_absolute_error_score";

/** What is said of experiment b, compared with a. */
export type Verdict = "better" | "worse" | "no evidence" | "cannot be tested";

/** Whether experiment b is better than experiment a, and what says so. */
export interface Comparison {
  a: {
    predictionId: string;
    project: string;
    name: string | undefined;
    model: string;
    samples: number;
    testSetDigest: string;
    /** Of two classes, the one that precision, recall and f1 are about; undefined for more. */
    positiveLabel: string | undefined;
  };
  b: {
    predictionId: string;
    project: string;
    name: string | undefined;
    model: string;
    samples: number;
    testSetDigest: string;
    /** Of two classes, the one that precision, recall and f1 are about; undefined for more. */
    positiveLabel: string | undefined;
  };
  kind: Kind;
  /** How many samples were compared. */
  n: number;
  sameTestSet: boolean;
  /** How sure intervals and verdicts are, 0.5 to below 1. */
  level: number;
  seed: number;
  /** The score that the verdict is about. */
  score: string;
  /** Of b, compared with a: as one of the pairs that were tried, where both are ranked together; else alone. */
  verdict: Verdict;
  /** The verdict in words. */
  summary: string;
  /** What the pair by itself says, as if no other experiment had been tried. */
  alone: {
    /** Two-sided, 0 to 1; undefined where no test applies. */
    p: number | undefined;
    /** Of b, compared with a; cannot be tested where p is undefined, and reason says why. */
    verdict: Verdict;
  };
  /** The pair as one of those that were tried, as the leaderboard says it; undefined where it is alone. */
  asOneOf:
    | {
        /** How many are ranked together on this test set. */
        experiments: number;
        /** How many pairs there are of them: any of them could have been compared. */
        pairs: number;
        /** 0 to 1; undefined where no test applies. */
        pAdjusted: number | undefined;
        /** Of b, compared with a; cannot be tested where p is undefined, and reason says why. */
        verdict: Verdict;
        /** What p is corrected by. */
        correction: string;
        /** What of the verdict alone is left, in words. */
        summary: string;
      }
    | undefined;
  /** Why the pair was not judged as one of several. */
  aloneBecause: string | undefined;
  /** On how many samples one is right, or nearer, where the other is not. */
  effect: string;
  /** What the interval says of the margin that was asked for. */
  margin: MarginConclusion | undefined;
  /** What may make all of this wrong. */
  warnings: string[];
  /** Sample by sample: of a classification who is right, of a regression whose prediction is nearer. */
  agreement: {
    bothRight: number | undefined;
    onlyARight: number | undefined;
    onlyBRight: number | undefined;
    bothWrong: number | undefined;
    aNearer: number | undefined;
    bNearer: number | undefined;
    equallyNear: number | undefined;
  };
  /** Of a regression, whose prediction is nearer on more samples, whatever the size of the errors. */
  nearer: NearerMoreOften | undefined;
  scores: ScoreDifference[];
  /** The scores that the project has added to those of every project. */
  added: AddedDifference[];
  versions: {
    mlTracking: string;
  };
}

/** What the interval of a difference says of a margin. */
export interface MarginConclusion {
  /** In the score's unit. */
  margin: number;
  /**
   * superior: better by more than the margin; equivalent: within it either way; non-inferior: not worse by
   * as much; inferior: worse by more.
   */
  conclusion: "superior" | "equivalent" | "non-inferior" | "inferior" | "inconclusive" | "cannot be tested";
  /** Lower limit of b's gain: the interval of the difference, turned so that more is better. */
  low: number | undefined;
  /** Upper limit of b's gain. */
  high: number | undefined;
  /** How sure intervals and verdicts are, 0.5 to below 1. */
  level: number;
  /** About how many samples would show a true difference of the margin four times of five. */
  samplesNeeded:
    | {
        low: number;
        high: number;
      }
    | undefined;
  /** The conclusion in words. */
  summary: string;
  /** Why it cannot be tested. */
  reason: string | undefined;
}

export interface NearerMoreOften {
  /** Share of the samples on which a is nearer. */
  a: number;
  /** Share of the samples on which b is nearer. */
  b: number;
  /** b - a. */
  difference: number;
  low: number;
  high: number;
  /** How sure intervals and verdicts are, 0.5 to below 1. */
  level: number;
  /** Two-sided, 0 to 1. */
  p: number;
  method: string;
  /** How many samples it is from. */
  n: number;
  /** Better where b is nearer to the true value on more samples. */
  verdict: Verdict;
}

/** A score of two experiments on the same samples. */
export interface ScoreDifference {
  score: ScoreName;
  /** Undefined where the score is undefined. */
  a: number | undefined;
  /** Undefined where the score is undefined. */
  b: number | undefined;
  /**
   * b - a; of mean_error, whose best is 0, how much farther b is from 0; undefined where either is
   * undefined.
   */
  difference: number | undefined;
  /** In the score's unit; undefined where there is no interval. */
  low: number | undefined;
  /** In the score's unit; undefined where there is no interval. */
  high: number | undefined;
  /** How sure intervals and verdicts are, 0.5 to below 1. */
  level: number;
  /** Two-sided, 0 to 1; undefined where no test applies. */
  p: number | undefined;
  method: string | undefined;
  /** How many samples it is from. */
  n: number;
  /** Of what is drawn at random; undefined where nothing is. */
  seed: number | undefined;
  /** Where the better values are. */
  direction: "higher" | "lower" | "zero";
  /** Of b, compared with a; cannot be tested where p is undefined, and reason says why. */
  verdict: Verdict;
  /**
   * The true difference that these samples would show four times of five; low and high, since their spread
   * is an estimate.
   */
  detectable:
    | {
        difference: number;
        low: number;
        high: number;
      }
    | undefined;
  /** Why there is no interval, or no test. */
  reason: string | undefined;
}

/** A score that a project has added, of two experiments on the same samples. */
export interface AddedDifference {
  /** The name that the project gave it. */
  score: string;
  /** Of the catalogue of definitions, such as sklearn:ks; or undefined. */
  definition: string | undefined;
  /** Over the columns of the predictions; or undefined. */
  expression: string | undefined;
  /** Where the better values are. */
  direction: "higher" | "lower" | "zero";
  /** How many samples it is from. */
  n: number;
  /** How sure intervals and verdicts are, 0.5 to below 1. */
  level: number;
  method: string | undefined;
  /** Of what is drawn at random; undefined where nothing is. */
  seed: number | undefined;
  /** Undefined where the score is undefined. */
  a: number | undefined;
  /** Undefined where the score is undefined. */
  b: number | undefined;
  /** b - a; where the best is 0, how much farther b is from 0; undefined where either is undefined. */
  difference: number | undefined;
  /** In the score's unit; undefined where there is no interval. */
  low: number | undefined;
  /** In the score's unit; undefined where there is no interval. */
  high: number | undefined;
  /** Two-sided, 0 to 1; undefined where no test applies. */
  p: number | undefined;
  /** Of b, compared with a; cannot be tested where p is undefined, and reason says why. */
  verdict: Verdict;
  /** Why there is no value, or no interval and no test. */
  reason: string | undefined;
}

/** The experiments of a test set, ranked. */
export interface Leaderboard {
  project: string;
  kind: Kind;
  /** What they are ranked by: the one asked for, or the primary score. */
  score: string;
  primaryScore: PrimaryScore;
  /** Where the better values are. */
  direction: "higher" | "lower" | "zero";
  testSetDigest: string;
  /** How sure intervals and verdicts are, 0.5 to below 1. */
  level: number;
  seed: number;
  /** The margin that was asked for, in the score's unit. */
  margin: number | undefined;
  /** On this test set with the score, those not judged included. */
  experiments: number;
  /** Best first: as many as were judged. */
  rows: Array<{
    /** One more than the number of better values; of what is tied with the best, the best one's. */
    rank: number;
    /** cannot be tested: the score is there, and reason says what keeps it from being judged. */
    verdict: "best" | "tied with the best" | "worse than the best" | "cannot be tested" | "not judged";
    predictionId: string;
    name: string | undefined;
    model: string;
    /** ISO 8601, UTC. */
    loggedAt: string;
    /**
     * Of two classes, the one that precision, recall and f1 are about; undefined for more, and where the log
     * does not say.
     */
    positiveLabel: string | undefined;
    value: number;
    /** Undefined where the predictions cannot be read. */
    interval: ScoreInterval | undefined;
    /** To the best, which is a; with a margin at the level at which all pairs hold together. */
    difference: ScoreDifference | undefined;
    /** Of the difference, by Ryan; 0 to 1. */
    pCorrected: number | undefined;
    /** What the difference to the best says of the margin that was asked for. */
    margin: MarginConclusion | undefined;
    /** Why it cannot be tested, or is not judged. */
    reason: string | undefined;
  }>;
  /** What the samples do not tell from the best, and how many would. */
  tied: {
    /** How many are tied with the best, without it. */
    experiments: number;
    /** How many were compared with it. */
    judged: number;
    /** The largest difference to the best among them; undefined where none is tied. */
    difference: number | undefined;
    /** How many samples it is from. */
    samples: number | undefined;
    /** About how many would show that difference, were it true, four times of five, as one of all pairs. */
    samplesNeeded:
      | {
          low: number;
          high: number;
        }
      | undefined;
    /** The same in words. */
    summary: string;
  };
  /** What the p-values are corrected by. */
  correction: string;
  /**
   * How far ahead of their mean the best of this many equally good ones would be by luck; undefined where
   * that is unknown.
   */
  luck: number | undefined;
  /** What to know before picking the first one; undefined for a few experiments. */
  note: string | undefined;
  /** Cannot be ranked with these: the scores may differ only because the samples do. */
  otherTestSets: Array<{
    testSetDigest: string;
    kind: Kind;
    experiments: number;
    best: {
      predictionId: string;
      value: number;
    };
    reason: string;
    /** Samples its best has in common with the best here; undefined where not asked for, or unknown. */
    sharedSamples: number | undefined;
  }>;
  versions: {
    mlTracking: string;
  };
}

/** What a project's experiments of one kind are ranked by. */
export interface PrimaryScore {
  kind: Kind;
  score: ScoreName;
  /** usual: f1_macro, or root_mean_squared_error, since nobody set another one. */
  source: "set for the project" | "usual";
  /** Who set it; undefined where nobody did. */
  author: string | undefined;
  /** When, ISO 8601 in UTC. */
  writtenAt: string | undefined;
}

/** A score, and where it would lie on other samples. */
export interface ScoreInterval {
  score: ScoreName;
  value: number;
  /** How many samples it is from. */
  n: number;
  /** In the score's unit; undefined where there is no interval. */
  low: number | undefined;
  /** In the score's unit; undefined where there is no interval. */
  high: number | undefined;
  /** How sure intervals and verdicts are, 0.5 to below 1. */
  level: number;
  method: string | undefined;
  /** Of what is drawn at random; undefined where nothing is. */
  seed: number | undefined;
  /** Why there is no interval. */
  reason: string | undefined;
}

/** Whether models are better than the first, each by several runs. */
export interface RunsComparison {
  /** seeds: one test set; folds: parts of one data set; test sets: several data sets. */
  design: "seeds" | "folds" | "test sets";
  /** What said so. */
  designReason: string;
  kind: Kind;
  score: string;
  /** Where the better values are. */
  direction: "higher" | "lower" | "zero";
  /** How sure intervals and verdicts are, 0.5 to below 1. */
  level: number;
  models: Array<{
    model: string;
    predictionIds: string[];
    /** Of the score, over the runs, or over the test sets. */
    mean: number;
    /** Likewise. */
    standardDeviation: number;
  }>;
  testSets: Array<{
    testSetDigest: string;
    datasetUri: string;
    samples: number;
    /** Of each model, the mean of its runs here. */
    values: number[];
  }>;
  differences: RunsDifference[];
  /** Of three models and more on several test sets. */
  ranking: ModelRanking | undefined;
  /** The verdicts in words. */
  summary: string;
  versions: {
    mlTracking: string;
  };
}

/** A model compared with the first one, each by several runs. */
export interface RunsDifference {
  /** Its place in models, from 1; compared with the first. */
  model: number;
  /** Of the means, in the score's unit; of mean_error how much farther from 0. */
  difference: number;
  /** In the score's unit; undefined where there is no interval. */
  low: number | undefined;
  /** In the score's unit; undefined where there is no interval. */
  high: number | undefined;
  /** Two-sided, 0 to 1; undefined where no test applies. */
  p: number | undefined;
  /** By Holm, for as many models as were compared with the first. */
  pCorrected: number | undefined;
  /** Of b, compared with a; cannot be tested where p is undefined, and reason says why. */
  verdict: Verdict;
  method: string | undefined;
  /** Standard error that other samples make; undefined where it is not told apart. */
  errorOfSamples: number | undefined;
  /** Standard error that other runs make, such as other seeds. */
  errorOfRuns: number | undefined;
  /** Why there is no interval, or no test. */
  reason: string | undefined;
}

/** Models ranked over several test sets. */
export interface ModelRanking {
  /** Friedman's, corrected for ties. */
  chiSquare: number;
  /** Of all models being equally good. */
  p: number;
  /** Of each model, 1 being the best. */
  meanRanks: number[];
  /** Mean ranks at least this far apart differ (Nemenyi). */
  criticalDifference: number;
  /** Models that are not told apart, the best first. */
  groups: number[][];
}

/** Which definitions give a number for an experiment's predictions. */
export interface ScoreExplanation {
  predictionId: string;
  project: string;
  name: string | undefined;
  kind: Kind;
  /** Samples. */
  n: number;
  /** Of two classes, the positive one; undefined for more. */
  positiveLabel: string | undefined;
  /** The number as it was given, with its digits. */
  given: string;
  askedName: string | undefined;
  askedLibrary: string | undefined;
  /** How seldom a number of no definition would fit so well: `certain`: at most 1 in 200. */
  certainty: "certain" | "likely" | "possible" | "none";
  summary: string;
  /** Definitions that give the number. */
  matches: Array<{
    /** Its id in the catalogue, such as `xgboost:aucpr`. */
    definition: string;
    library: string;
    /** Of the library that it was compared with. */
    version: string;
    /** What gives the number there. */
    call: string;
    /** How it is computed, in words. */
    formula: string;
    /** What it gives for these predictions. */
    value: number;
  }>;
  /** Definitions that give it by a common accident. */
  accidents: Array<{
    /** Its id in the catalogue, such as `xgboost:aucpr`. */
    definition: string;
    library: string;
    /** Of the library that it was compared with. */
    version: string;
    /** What gives the number there. */
    call: string;
    /** How it is computed, in words. */
    formula: string;
    /** What it gives for these predictions. */
    value: number;
    /** What went otherwise than it was meant. */
    what: string;
  }>;
  /** Where no definition gives it, those that come nearest. */
  nearest: Array<{
    /** Its id in the catalogue, such as `xgboost:aucpr`. */
    definition: string;
    library: string;
    /** Of the library that it was compared with. */
    version: string;
    /** What gives the number there. */
    call: string;
    /** How it is computed, in words. */
    formula: string;
    /** What it gives for these predictions. */
    value: number;
    /** From the given number. */
    distance: number;
  }>;
  /** Scores of ours of that name; undefined where it is undefined. */
  ours: Array<{
    score: string;
    value: number | undefined;
  }>;
  /** Definitions that were computed. */
  tried: number;
  versions: {
    mlTracking: string;
  };
}

/** A score that a project has added, and where it would lie on other samples. */
export interface AddedInterval {
  /** The name that the project gave it. */
  score: string;
  /** Of the catalogue of definitions, such as sklearn:ks; or undefined. */
  definition: string | undefined;
  /** Over the columns of the predictions; or undefined. */
  expression: string | undefined;
  /** Where the better values are. */
  direction: "higher" | "lower" | "zero";
  /** How many samples it is from. */
  n: number;
  /** How sure intervals and verdicts are, 0.5 to below 1. */
  level: number;
  method: string | undefined;
  /** Of what is drawn at random; undefined where nothing is. */
  seed: number | undefined;
  /** Undefined where the score is undefined. */
  value: number | undefined;
  /** In the score's unit; undefined where there is no interval. */
  low: number | undefined;
  /** In the score's unit; undefined where there is no interval. */
  high: number | undefined;
  /** Why there is no value, or no interval. */
  reason: string | undefined;
}

/** The slices of one experiment: those found, or those of one column. */
export interface SliceReport {
  predictionId: string;
  project: string;
  name: string | undefined;
  /** Of two classes, the one that precision, recall and f1 are about; undefined for more. */
  positiveLabel: string | undefined;
  kind: Kind;
  score: ScoreName;
  n: number;
  /** The column that divides the samples; undefined: all were searched. */
  by: string | undefined;
  /** How sure intervals and verdicts are, 0.5 to below 1. */
  level: number;
  seed: number;
  correction: "holm" | "bh";
  /** How many slices were tested: what pCorrected is corrected for. */
  tried: number;
  /** How many of those differ. */
  significant: number;
  /** In samples. */
  minSize: number;
  bins: number;
  columns: Array<{
    name: string;
    groups: number;
    /** How many distinct values it has, where they are groups by name. */
    distinct: number | undefined;
    /** Why none of its groups was tried. */
    note: string | undefined;
  }>;
  versions: {
    mlTracking: string;
  };
  overall: ScoreInterval;
  slices: Array<{
    conditions: SliceCondition[];
    /** The conditions in words. */
    text: string;
    n: number;
    slice: ScoreInterval;
    /** Of all other samples; undefined where there are none, or the score is undefined there. */
    rest: ScoreInterval | undefined;
    difference:
      | {
          /** The slice's score less that of the rest. */
          value: number;
          /** In the score's unit; undefined where there is no interval. */
          low: number | undefined;
          /** In the score's unit; undefined where there is no interval. */
          high: number | undefined;
          /** How sure intervals and verdicts are, 0.5 to below 1. */
          level: number;
          /** Two-sided, 0 to 1; undefined where no test applies. */
          p: number | undefined;
          /** Corrected for all that were tried; 0 to 1. */
          pCorrected: number | undefined;
          method: string | undefined;
          seed: number | undefined;
          reason: string | undefined;
        }
      | undefined;
    /** Of the model on the slice, compared with the rest, by the corrected p. */
    verdict: Verdict;
    /** The verdict as a sentence. */
    summary: string;
  }>;
}

/** What the samples of a slice have in common: a value, lower < value <= upper, or no value at all. */
export type SliceCondition =
  | {
      /** A feature, or y_true. */
      column: string;
      type: "value";
      value: string | number | boolean;
    }
  | {
      /** A feature, or y_true. */
      column: string;
      type: "range";
      /** Undefined where the range has no end on this side. */
      lower: number | undefined;
      /** Undefined where the range has no end on this side. */
      upper: number | undefined;
    }
  | {
      /** A feature, or y_true. */
      column: string;
      type: "missing";
    }
  | {
      /** A feature, or y_true. */
      column: string;
      type: "other";
      /** How many values occur too seldom to be slices themselves. */
      values: number;
    };

/** The same slices of two experiments on the same samples. */
export interface SliceComparison {
  a: {
    predictionId: string;
    project: string;
    name: string | undefined;
    model: string;
    samples: number;
    testSetDigest: string;
    /** Of two classes, the one that precision, recall and f1 are about; undefined for more. */
    positiveLabel: string | undefined;
  };
  b: {
    predictionId: string;
    project: string;
    name: string | undefined;
    model: string;
    samples: number;
    testSetDigest: string;
    /** Of two classes, the one that precision, recall and f1 are about; undefined for more. */
    positiveLabel: string | undefined;
  };
  sameTestSet: boolean;
  kind: Kind;
  score: ScoreName;
  n: number;
  /** The column that divides the samples; undefined: all were searched. */
  by: string | undefined;
  /** How sure intervals and verdicts are, 0.5 to below 1. */
  level: number;
  seed: number;
  correction: "holm" | "bh";
  /** How many slices were tested: what pCorrected is corrected for. */
  tried: number;
  /** How many of those differ. */
  significant: number;
  /** In samples. */
  minSize: number;
  bins: number;
  columns: Array<{
    name: string;
    groups: number;
    /** How many distinct values it has, where they are groups by name. */
    distinct: number | undefined;
    /** Why none of its groups was tried. */
    note: string | undefined;
  }>;
  versions: {
    mlTracking: string;
  };
  overall: ScoreDifference;
  slices: Array<{
    conditions: SliceCondition[];
    /** The conditions in words. */
    text: string;
    n: number;
    difference: ScoreDifference;
    /** Corrected for all that were tried; 0 to 1. */
    pCorrected: number | undefined;
    /** Of b, compared with a; cannot be tested where p is undefined, and reason says why. */
    verdict: Verdict;
    /** The verdict as a sentence. */
    summary: string;
  }>;
}

/** A score that a project has beside those of every project. */
export interface AddedScore {
  name: string;
  kind: Kind;
  direction: "higher" | "lower" | "zero";
  /** An id of the catalogue of definitions, such as `sklearn:ks`. */
  definition: string | undefined;
  /** In place of a definition. */
  expression: string | undefined;
  /** Who added it, or changed it last. */
  author: string;
  /** When, ISO 8601 in UTC. */
  writtenAt: string;
}

/** What a score is for a project's newest experiment. */
export interface AddedValue {
  score: {
    name: string;
    kind: Kind;
    direction: "higher" | "lower" | "zero";
    /** An id of the catalogue of definitions, such as `sklearn:ks`. */
    definition: string | undefined;
    /** In place of a definition. */
    expression: string | undefined;
  };
  /** The newest experiment of its kind; undefined where there is none. */
  predictionId: string | undefined;
  /** What that is called. */
  title: string | undefined;
  value: number | undefined;
  /** Without a value the reason. */
  why: string | undefined;
}

/** One of two experiments that were compared. */
export type ComparedExperiment = Comparison["a"];
/** How the two fared sample by sample. */
export type Agreement = Comparison["agreement"];
/** One experiment of a leaderboard. */
export type LeaderboardRow = Leaderboard["rows"][number];
/** Experiments that cannot be ranked with those of the leaderboard. */
export type OtherTestSet = Leaderboard["otherTestSets"][number];
/** What told the runs apart. */
export type RunsDesign = RunsComparison["design"];
/** Samples that have something in common, and how the model does on them. */
export type SliceScore = SliceReport["slices"][number];
/** A slice compared with all other samples. */
export type SliceDifference = NonNullable<SliceScore["difference"]>;
/** A definition that gives a number, or comes near it. */
export type FoundDefinition = ScoreExplanation["matches"][number];
/** A score of two experiments on the samples of one slice. */
export type SlicePair = SliceComparison["slices"][number];
