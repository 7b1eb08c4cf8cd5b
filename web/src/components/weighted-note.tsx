import { Text } from "@mantine/core";

import type { Experiment } from "../api/types.js";

/** As how many samples of equal weight those of an experiment count; undefined where they are not weighted. */
export function effectiveSamples({ extra_parameters: extra }: Experiment): number | undefined {
  const found = extra["sample_weight"];
  if (typeof found !== "object" || found === null || !("effective_samples" in found)) return undefined;
  return typeof found.effective_samples === "number" ? found.effective_samples : undefined;
}

/** That the scores are weighted; nothing where they are not. */
export function WeightedNote({ experiment }: { experiment: Experiment }) {
  const counted = effectiveSamples(experiment);
  if (counted === undefined) return null;
  return (
    <Text size="sm" c="dimmed">
      Weighted by sample_weight: {experiment.samples.toLocaleString("en")} samples count as{" "}
      {counted < 10 ? counted.toPrecision(2) : Math.round(counted).toLocaleString("en")}.
    </Text>
  );
}

/** That what shows counts of samples has no weights; nothing where the scores have none. */
export function UnweightedNote({ experiment }: { experiment: Experiment }) {
  if (effectiveSamples(experiment) === undefined) return null;
  return (
    <Text size="sm" c="dimmed" mb="xs">
      Plots count every sample once, without sample_weight: areas and counts may differ from the scores.
    </Text>
  );
}
