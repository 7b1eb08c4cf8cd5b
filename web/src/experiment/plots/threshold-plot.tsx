import { Button, Group, NumberInput, SimpleGrid, Slider, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import { plotQuery } from "../../api/queries.js";
import { brief } from "../../charts/brief.js";
import { PlotFrame, type PlotFrameProps } from "../../charts/plot-frame.js";
import { showCount } from "../../components/show-cell.js";
import { useExperimentAddress } from "../address.js";
import { fileName } from "./plot-names.js";
import type { ScoredPlotProps } from "./scored-plot.js";
import { thresholdOption } from "./threshold-option.js";
import { type Counts, thresholdScores } from "./threshold-scores.js";
import { countsAt, indexOf, type ThresholdTable, thresholdAt } from "./threshold-table.js";

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
  const option = useMemo(() => data && thresholdOption(data), [data]);
  return (
    <PlotFrame
      title={`Threshold${data ? ` for ${data.positive_label}` : ""}`}
      meaning="A sample is called positive where its score is at least the threshold. Move it to see what that costs."
      inWords={counts ? inWords(threshold, counts) : ""}
      fileName={fileName(experiment, `threshold-${data?.positive_label ?? ""}`)}
      loading={isPending}
      error={error}
      chart={option && { option, height: 260 }}
      table={tableOf(data)}
      controls={
        data && (
          <ThresholdControls
            data={data}
            threshold={threshold}
            index={index}
            onMove={setMoving}
            onChoose={(text) => change({ threshold: text }, true)}
          />
        )
      }
    >
      {data && counts && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm" spacing="md">
          <CountsTable counts={counts} label={String(data.positive_label)} />
          <ScoresTable counts={counts} />
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

interface ThresholdControlsProps {
  data: ThresholdTable;
  threshold: number;
  index: number;
  /** While the slider is dragged. */
  onMove: (threshold: number) => void;
  /** Undefined: back to 0.5. */
  onChoose: (threshold: string | undefined) => void;
}

function ThresholdControls({ data, threshold, index, onMove, onChoose }: ThresholdControlsProps) {
  // The table begins with the highest threshold, the slider with the lowest.
  const last = data.threshold.length - 1;
  return (
    <Group w="100%" gap="md" wrap="wrap">
      <Slider
        flex="1 1 220px"
        min={0}
        max={last}
        value={last - index}
        onChange={(value) => onMove(thresholdAt(data, last - value))}
        onChangeEnd={(value) => onChoose(String(thresholdAt(data, last - value)))}
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
          if (value !== "" && Number.isFinite(Number(value))) onChoose(String(value));
        }}
      />
      <Button size="compact-xs" variant="default" onClick={() => onChoose(undefined)}>
        0.5
      </Button>
    </Group>
  );
}

function CountsTable({ counts, label }: { counts: Counts; label: string }) {
  const rows = [
    { name: label, cells: ["true_positives", "false_negatives"] },
    { name: "others", cells: ["false_positives", "true_negatives"] },
  ] as const;
  return (
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
          <Table.Th ta="right">{label}</Table.Th>
          <Table.Th ta="right">others</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, cells }) => (
          <Table.Tr key={cells[0]}>
            <Table.Th scope="row">{name}</Table.Th>
            {cells.map((cell) => (
              <Table.Td key={cell} ta="right" data-testid={cell.replace("_", "-")}>
                {showCount(counts[cell])}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function ScoresTable({ counts }: { counts: Counts }) {
  const scores = thresholdScores(counts);
  return (
    <Table fz="sm" verticalSpacing={2} aria-label="Scores at this threshold">
      <Table.Tbody>
        {Object.entries({
          Accuracy: scores.accuracy,
          "Balanced accuracy": scores.balancedAccuracy,
          Precision: scores.precision,
          Recall: scores.recall,
          F1: scores.f1,
          "Matthews correlation": scores.matthewsCorrcoef,
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
  );
}

function inWords(threshold: number, counts: Counts): string {
  const { precision, recall, f1 } = thresholdScores(counts);
  return `At ${brief(threshold)}: precision ${brief(precision)}, recall ${brief(recall)}, F1 ${brief(f1)}; ${counts.false_positives} false alarms and ${counts.false_negatives} missed.`;
}

function tableOf(data: ThresholdTable | undefined): PlotFrameProps["table"] {
  return [
    ["threshold", "true_positives", "false_positives", "false_negatives", "true_negatives"],
    ...(data?.threshold.map((value, i) => [
      value,
      data.true_positives[i] ?? null,
      data.false_positives[i] ?? null,
      data.false_negatives[i] ?? null,
      data.true_negatives[i] ?? null,
    ]) ?? []),
  ];
}
