import type { Experiment } from "../../api/types.js";

/** What a plot of a classifier's scores is given. */
export interface ScoredPlotProps {
  experiment: Experiment;
  /** The class against all others, where one was chosen. */
  positive: string | undefined;
}
