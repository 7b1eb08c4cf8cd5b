import { Box, Button, NumberInput, SimpleGrid, Slider, Table } from "@mantine/core";
import { useMemo } from "react";

import type { Experiment } from "../../api/types.js";
import { plotArea } from "../../charts/axes.js";
import { brief } from "../../charts/brief.js";
import { PlotFrame, type PlotFrameProps } from "../../charts/plot-frame.js";
import { shortName } from "../../components/short-name.js";
import { showCount, showScore } from "../../components/show-cell.js";
import type { ChosenThreshold } from "./chosen-threshold.js";
import { fileName } from "./plot-names.js";
import { thresholdOption } from "./threshold-option.js";
import { type Counts, thresholdScores } from "./threshold-scores.js";
import type { ThresholdTable } from "./threshold-table.js";

/** Of the slider beside its track, in pixels. */
const sliderPadding = 8;

/** The confusion matrix and scores that another threshold would give, exactly. */
export function ThresholdPlot({
  experiment,
  at,
  others,
}: {
  experiment: Experiment;
  at: ChosenThreshold;
  /** What the samples of no positive class are called. */
  others: string;
}) {
  const { threshold, counts } = at;
  const { data, error, isPending } = at.table;
  const option = useMemo(() => data && thresholdOption(data, threshold), [data, threshold]);
  return (
    <PlotFrame
      title={`Threshold${data ? ` for ${shortName(String(data.positive_label))}` : ""}`}
      meaning="A sample is called positive where its score is at least the threshold. Move it to see what that costs; every curve below marks it."
      inWords={counts ? inWords(threshold, counts) : ""}
      fileName={fileName(experiment, `threshold-${data?.positive_label ?? ""}`)}
      loading={isPending}
      error={error}
      chart={option && { option, height: 260 }}
      table={tableOf(data)}
      controls={
        <>
          <NumberInput
            aria-label="Threshold"
            size="xs"
            w={110}
            min={0}
            max={1}
            step={0.01}
            value={Number(threshold.toPrecision(6))}
            onChange={(value) => {
              if (value !== "" && Number.isFinite(Number(value))) at.choose(Number(value));
            }}
          />
          <Button size="compact-xs" variant="default" onClick={() => at.choose(undefined)}>
            0.5
          </Button>
        </>
      }
    >
      {/* As wide as the chart's axis: a place on one is the same threshold on the other. */}
      <Box ml={plotArea.left - sliderPadding} mr={plotArea.right - sliderPadding}>
        <Slider
          min={0}
          max={1}
          step={0.001}
          size={sliderPadding}
          value={threshold}
          onChange={at.move}
          onChangeEnd={at.choose}
          label={brief}
          thumbLabel="Threshold"
        />
      </Box>
      {data && counts && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm" spacing="md">
          <CountsTable counts={counts} label={String(data.positive_label)} others={others} />
          <ScoresTable counts={counts} />
        </SimpleGrid>
      )}
    </PlotFrame>
  );
}

function CountsTable({ counts, label, others }: { counts: Counts; label: string; others: string }) {
  const rows = [
    { name: label, cells: ["true_positives", "false_negatives"] },
    { name: others, cells: ["false_positives", "true_negatives"] },
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
          <Table.Th ta="right">{others}</Table.Th>
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
            <Table.Td ta="right">{showScore(value ?? null)}</Table.Td>
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
