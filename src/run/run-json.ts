import { inSnakeCase } from "../experiment/snake-case.js";
import { metricJson } from "./metric-number.js";
import type { RunRecord } from "./run-record.js";

type WithNumbers = Pick<
  RunRecord,
  | "metrics"
  | "metricSteps"
  | "metricTimes"
  | "firstMetrics"
  | "minMetrics"
  | "maxMetrics"
  | "inputs"
  | "outputs"
>;

/** A run for JSON: names in snake_case, null for what is undefined, words for numbers that JSON has none for. */
export function runJson<Run extends WithNumbers>(run: Run) {
  const {
    metrics,
    metricSteps,
    metricTimes,
    firstMetrics,
    minMetrics,
    maxMetrics,
    inputs,
    outputs,
    ...rest
  } = run;
  return {
    ...inSnakeCase(rest),
    metrics: numbersJson(metrics),
    metric_steps: metricSteps,
    metric_times: metricTimes,
    first_metrics: numbersJson(firstMetrics),
    min_metrics: numbersJson(minMetrics),
    max_metrics: numbersJson(maxMetrics),
    inputs: {
      datasets: inputs.datasets.map(({ name, digest, context }) => ({
        name,
        digest,
        context: context ?? null,
      })),
      models: [...inputs.models],
    },
    outputs: { models: outputs.models.map(({ modelId, step }) => ({ model_id: modelId, step })) },
  };
}

function numbersJson(numbers: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, metricJson(value)]));
}
