import { Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";

import { plotQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { useExperimentAddress } from "../address.js";
import { Calibration } from "./calibration.js";
import { marksOf, useChosenThreshold } from "./chosen-threshold.js";
import { ConfusionMatrix, mostInTable } from "./confusion-matrix.js";
import { GainCurve } from "./gain-curve.js";
import { PerClass } from "./per-class.js";
import { PrecisionRecall } from "./precision-recall.js";
import { RocCurve } from "./roc-curve.js";
import { ScoreDistribution } from "./score-distribution.js";
import { ThresholdPlot } from "./threshold-plot.js";

/** How a classifier fails: by class, and where there are scores, by threshold. */
export default function ClassificationPlots({ experiment }: { experiment: Experiment }) {
  const { search, change } = useExperimentAddress();
  const chosen = search.class;
  // Whether there are scores, and of which classes: the curve itself answers, or says that there are none.
  const curve = useQuery(plotQuery(experiment.prediction_id, "roc_curve", { class: chosen }));
  const matrix = useQuery(plotQuery(experiment.prediction_id, "confusion_matrix"));
  const labels = matrix.data?.labels ?? [];
  const multiclass = labels.length > 2;
  const at = useChosenThreshold(experiment, chosen);
  // The curves follow the slider when there is time; the slider never waits for them.
  const { threshold, counts } = useDeferredValue(at);
  const marks = useMemo(() => marksOf({ threshold, counts }), [threshold, counts]);
  const props = { experiment, positive: chosen, marks };
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, lg: labels.length > mostInTable ? 1 : 2 }} spacing="md">
        <ConfusionMatrix experiment={experiment} />
        <PerClass experiment={experiment} />
      </SimpleGrid>
      {curve.data && (
        <>
          {multiclass && (
            <Select
              label="Class against all others"
              data={labels.map(String)}
              value={String(curve.data.positive_label)}
              allowDeselect={false}
              searchable
              onChange={(label) => change({ class: label ?? undefined, threshold: undefined })}
              w={260}
            />
          )}
          <ThresholdPlot
            experiment={experiment}
            at={at}
            others={othersOf(labels, curve.data.positive_label)}
          />
          <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
            <RocCurve {...props} />
            <PrecisionRecall {...props} />
            <Calibration {...props} />
            <ScoreDistribution {...props} />
            <GainCurve {...props} />
          </SimpleGrid>
        </>
      )}
      {curve.error && !matrix.error && (
        <Text size="sm" c="dimmed">
          ROC, precision-recall, calibration and the threshold slider need the model's probabilities: log them
          as y_score.
        </Text>
      )}
    </Stack>
  );
}

/** The other one of two classes by its name. */
function othersOf(labels: readonly (string | number)[], positive: string | number): string {
  const others = labels.filter((label) => label !== positive);
  return others.length === 1 ? String(others[0]) : "others";
}
