import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../api/queries.js";
import type { Experiment, PlotDataOf } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { showCount, showScore } from "../../components/show-cell.js";
import { classScores, perClassOption } from "./per-class-option.js";
import { fileName } from "./plot-names.js";

type Classes = PlotDataOf<"per_class">["classes"];

/** Precision, recall, F1 and support of each class. */
export function PerClass({ experiment }: { experiment: Experiment }) {
  const { data, error, isPending } = useQuery(plotQuery(experiment.prediction_id, "per_class"));
  const picture = useMemo(() => data && { option: perClassOption(data), height: 420 }, [data]);
  return (
    <PlotFrame
      title="By class"
      meaning="Precision: share of the samples predicted as the class that belong to it. Recall: share of the class's samples that were found."
      inWords={data ? inWords(data.classes) : ""}
      fileName={fileName(experiment, "by-class")}
      loading={isPending}
      error={error}
      picture={picture}
      note={data && data.other_labels > 0 ? `${data.other_labels} further classes are not shown.` : undefined}
      table={[
        ["label", "precision", "recall", "f1", "support", "predicted"],
        ...(data?.classes.map((one) => [
          one.label,
          one.precision,
          one.recall,
          one.f1,
          one.support,
          one.predicted,
        ]) ?? []),
      ]}
    >
      {data && (
        <Table.ScrollContainer
          type="native"
          minWidth={320}
          mah={520}
          tabIndex={0}
          aria-label="Scores by class"
          mt="sm"
        >
          <Table verticalSpacing={3} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Class</Table.Th>
                <Table.Th ta="right">Precision</Table.Th>
                <Table.Th ta="right">Recall</Table.Th>
                <Table.Th ta="right">F1</Table.Th>
                <Table.Th ta="right">Support</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.classes.map((one) => (
                <Table.Tr key={String(one.label)}>
                  <Table.Th scope="row" fw={500} style={{ overflowWrap: "anywhere" }}>
                    <Text size="sm" fw={500} lineClamp={2} title={String(one.label)}>
                      {String(one.label)}
                    </Text>
                  </Table.Th>
                  {classScores.map((score) => (
                    <Table.Td key={score} ta="right" title={one.reasons[score]}>
                      {showScore(one[score])}
                    </Table.Td>
                  ))}
                  <Table.Td ta="right">{showCount(one.support)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </PlotFrame>
  );
}

function inWords(classes: Classes): string {
  const [worst] = classes
    .flatMap(({ f1, ...one }) => (f1 === null ? [] : [{ ...one, f1 }]))
    .sort((a, b) => a.f1 - b.f1);
  if (!worst) return "No class has a defined F1.";
  return `${classes.length} classes. The lowest F1 has ${worst.label}: ${brief(worst.f1)}, precision ${brief(worst.precision)}, recall ${brief(worst.recall)}, ${worst.support} samples.`;
}
