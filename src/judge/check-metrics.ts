import { checkReported, comparableMetrics } from "../definitions/check-reported.js";
import type { MetricsCheck } from "../definitions/explanation-schema.js";
import { definedSample } from "./added/defined-sample.js";
import { scoresOf } from "./our-scores.js";
import { judgedSample } from "./pairing/judged-sample.js";
import type { Evaluation } from "./pairing/pair-evaluations.js";

export interface CheckedRun {
  runId: string;
  /** The last value of each. */
  metrics: Readonly<Record<string, number>>;
}

/** Holds the metrics of an experiment's run against its predictions. @throws TrackingError PREDICTIONS_NOT_READABLE */
export function checkMetrics({ record, table }: Evaluation, { runId, metrics }: CheckedRun): MetricsCheck {
  const judged = judgedSample(table);
  const sample = definedSample(judged);
  const scores = scoresOf(sample, judged.weights);
  const reported = Object.entries(comparableMetrics(metrics, sample.kind));
  const checked = checkReported(sample, scores, reported, judged.weights !== undefined).map(
    ({ definition = null, ...said }) => ({
      ...said,
      definition,
      summary: said.summary.replace(/^reported /, ""),
    }),
  );
  return {
    prediction_id: record.predictionId,
    project: record.project,
    run_id: runId,
    metrics: checked,
    summary: summaryOf(checked),
  };
}

function summaryOf(metrics: MetricsCheck["metrics"]): string {
  if (metrics.length === 0) {
    return "the run has no metric that goes by the name of a score and is not of training data";
  }
  const count = (wanted: string) => metrics.filter(({ verdict }) => verdict === wanted).length;
  const [matching, other, none] = ["matches", "another definition", "cannot be had"].map(count);
  const parts = [
    matching ? `${matching} match${matching === 1 ? "es" : ""} the predictions` : "",
    other ? `${other} ${other === 1 ? "is" : "are"} by another definition` : "",
    none ? `${none} cannot be had from these predictions: of other data, or of another model` : "",
  ];
  return `of ${metrics.length} metrics of the run ${parts.filter(Boolean).join(", ")}`;
}
