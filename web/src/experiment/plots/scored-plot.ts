import type { Experiment } from "../../api/types.js";
import type { ThresholdMarks } from "./chosen-threshold.js";

/** What a plot of a classifier's scores is given. */
export interface ScoredPlotProps {
  experiment: Experiment;
  /** The class against all others, where one was chosen. */
  positive: string | undefined;
}

/** A curve over all thresholds, on which the chosen one is marked. */
export interface MarkedPlotProps extends ScoredPlotProps {
  marks: ThresholdMarks;
}
