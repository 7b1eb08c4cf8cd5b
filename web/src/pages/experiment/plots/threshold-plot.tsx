import { Button, Group, NumberInput, SimpleGrid, Slider, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import { plotQuery } from "../../../api/queries.js";
import type { PlotDataOf } from "../../../api/types.js";
import { brief, plotArea, valueAxis, zoom } from "../../../charts/axes.js";
import type { ChartOption } from "../../../charts/echarts.js";
import { PlotFrame } from "../../../charts/plot-frame.js";
import { showCount } from "../../../components/show-cell.js";
import { useExperimentAddress } from "../address.js";
import type { ScoredPlotProps } from "./classification-plots.js";
import { fileName } from "./plot-names.js";
import { type Counts, thresholdScores } from "./threshold-scores.js";

type ThresholdTable = PlotDataOf<"threshold_table">;

/** The confusion matrix and scores that another threshold would give, exactly. */
export function ThresholdPlot({ experiment, positive }: ScoredPlotProps) {
  const id = experiment.prediction_id;
  const { search, change } = useExperimentAddress();
  const { data, error, isPending } = useQuery(plotQuery(id, "threshold_table", { class: positive }));
  const wanted = search.threshold;
  const inAddress = wanted !== undefined && Number.isFinite(Number(wanted)) ? Number(wanted) : 0.5;
  // While the slider moves, the address waits.
  const [moving, setMoving] = useState<number | undefined>(undefined);
  useEffect(() => setMoving(undefined), [inAddress]);
  const threshold = moving ?? inAddress;
  const index = data ? indexOf(data, threshold) : 0;
  const exact = data !== undefined && (data.complete || data.threshold[index] === threshold);
  const asked = useQuery({
    ...plotQuery(id, "threshold_counts", { class: positive, threshold }),
    enabled: data !== undefined && !exact && moving === undefined,
  });
  const counts: Counts | undefined =
    data && (exact || !asked.data || moving !== undefined ? countsAt(data, index) : asked.data);
  const option = useMemo(() => data && curves(data), [data]);
  const shown = counts && thresholdScores(counts);
  return (
    <PlotFrame
      title={`Threshold${data ? ` for ${data.positive_label}` : ""}`}
      meaning="A sample is called positive where its score is at least the threshold. Move it to see what that costs."
      inWords={
        counts && shown
          ? `At ${brief(threshold)}: precision ${brief(shown.precision)}, recall ${brief(shown.recall)}, F1 ${brief(shown.f1)}; ${counts.false_positives} false alarms and ${counts.false_negatives} missed.`
          : ""
      }
      fileName={fileName(experiment, `threshold-${data?.positive_label ?? ""}`)}
      loading={isPending}
      error={error}
      chart={option && { option, height: 260 }}
      table={[
        ["threshold", "true_positives", "false_positives", "false_negatives", "true_negatives"],
        ...(data?.threshold.map((value, i) => [
          value,
          data.true_positives[i] ?? null,
          data.false_positives[i] ?? null,
          data.false_negatives[i] ?? null,
          data.true_negatives[i] ?? null,
        ]) ?? []),
      ]}
      controls={
        data && (
          <Group w="100%" gap="md" wrap="wrap">
            <Slider
              flex="1 1 220px"
              min={0}
              max={data.threshold.length - 1}
              value={data.threshold.length - 1 - index}
              onChange={(value) => setMoving(thresholdAt(data, data.threshold.length - 1 - value))}
              onChangeEnd={(value) =>
                change({ threshold: String(thresholdAt(data, data.threshold.length - 1 - value)) }, true)
              }
              label={() => brief(threshold)}
              thumbLabel="Threshold"
            />
            <NumberInput
              aria-label="Threshold"
              size="xs"
              w={110}
              min={0}
              max={1}
              step={0.01}
              value={Number(threshold.toPrecision(6))}
              onChange={(value) => {
                if (value !== "" && Number.isFinite(Number(value)))
                  change({ threshold: String(value) }, true);
              }}
            />
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => change({ threshold: undefined }, true)}
            >
              0.5
            </Button>
          </Group>
        )
      }
    >
      {data && counts && shown && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm" spacing="md">
          <Table
            withTableBorder
            withColumnBorders
            fz="sm"
            verticalSpacing={4}
            aria-label="Confusion matrix at this threshold"
          >
            <Table.Thead>
              <Table.Tr>
                <Table.Th>true \ predicted</Table.Th>
                <Table.Th ta="right">{String(data.positive_label)}</Table.Th>
                <Table.Th ta="right">others</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              <Table.Tr>
                <Table.Th scope="row">{String(data.positive_label)}</Table.Th>
                <Table.Td ta="right" data-testid="true-positives">
                  {showCount(counts.true_positives)}
                </Table.Td>
                <Table.Td ta="right" data-testid="false-negatives">
                  {showCount(counts.false_negatives)}
                </Table.Td>
              </Table.Tr>
              <Table.Tr>
                <Table.Th scope="row">others</Table.Th>
                <Table.Td ta="right" data-testid="false-positives">
                  {showCount(counts.false_positives)}
                </Table.Td>
                <Table.Td ta="right" data-testid="true-negatives">
                  {showCount(counts.true_negatives)}
                </Table.Td>
              </Table.Tr>
            </Table.Tbody>
          </Table>
          <Table fz="sm" verticalSpacing={2} aria-label="Scores at this threshold">
            <Table.Tbody>
              {Object.entries({
                Accuracy: shown.accuracy,
                "Balanced accuracy": shown.balancedAccuracy,
                Precision: shown.precision,
                Recall: shown.recall,
                F1: shown.f1,
                "Matthews correlation": shown.matthewsCorrcoef,
              }).map(([name, value]) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={400}>
                    {name}
                  </Table.Th>
                  <Table.Td ta="right">{value === undefined ? "–" : value.toFixed(4)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {!data.complete && (
            <Text size="xs" c="dimmed">
              The slider stops at {data.threshold.length} of the scores; the number beside it takes any
              threshold. All counts are exact.
            </Text>
          )}
        </SimpleGrid>
      )}
    </PlotFrame>
  );
}

/** Where in the table the counts for a threshold stand: at the lowest score that is at least as high. */
function indexOf(data: ThresholdTable, threshold: number): number {
  let found = 0;
  for (let i = 1; i < data.threshold.length; i++) {
    if ((data.threshold[i] as number) < threshold) break;
    found = i;
  }
  return found;
}

/** The first place has no threshold: above all scores. */
function thresholdAt(data: ThresholdTable, index: number): number {
  return data.threshold[index] ?? Math.min(1, (data.threshold[1] ?? 1) + 1e-9);
}

function countsAt(data: ThresholdTable, index: number): Counts {
  return {
    true_positives: data.true_positives[index] as number,
    false_positives: data.false_positives[index] as number,
    false_negatives: data.false_negatives[index] as number,
    true_negatives: data.true_negatives[index] as number,
  };
}

function curves(data: ThresholdTable): ChartOption {
  const points = data.threshold.flatMap((threshold, i) =>
    threshold === null ? [] : [{ threshold, ...thresholdScores(countsAt(data, i)) }],
  );
  const names = { precision: "Precision", recall: "Recall", f1: "F1" } as const;
  return {
    grid: { ...plotArea, top: 36 },
    legend: { top: 0 },
    tooltip: { trigger: "axis", valueFormatter: (value: number) => brief(value) },
    xAxis: valueAxis("Threshold", { min: 0, max: 1 }),
    yAxis: valueAxis("", { min: 0, max: 1 }),
    dataZoom: zoom,
    series: Object.entries(names).map(([key, name]) => ({
      type: "line",
      name,
      symbol: "none",
      data: points.map((point) => [point.threshold, point[key as keyof typeof names] ?? null]),
    })),
  };
}
