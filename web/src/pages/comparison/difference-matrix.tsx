import { Paper, Skeleton, Table, Text, Title } from "@mantine/core";
import { lazy, Suspense } from "react";

import type { Pair } from "../../api/queries.js";
import type { ClassDifference } from "../../api/types.js";
import matrix from "../../components/confusion-matrix.module.css";
import { useComparisonAddress } from "./address.js";
import { chosenSamples } from "./chosen-samples.js";
import classes from "./difference-matrix.module.css";

const DifferenceHeatmap = lazy(() => import("./difference-heatmap.js"));

/** Up to this many classes the matrix is a table, whose cells are buttons; beyond, a picture. */
const mostInTable = 15;

/** B's confusion matrix less A's: on the diagonal more is better, beside it less. */
export function DifferenceMatrix({ difference, pair }: { difference: ClassDifference; pair: Pair }) {
  const { change } = useComparisonAddress();
  const { labels, cells } = difference;
  const open = (truth: number, predicted: number) => {
    const cell = cells.find((each) => each.true === truth && each.predicted === predicted);
    const side = cell && cell.a > cell.b ? "a_label" : "b_label";
    change(chosenSamples({ true_label: labels[truth], [side]: labels[predicted] }));
  };
  if (labels.length > mostInTable) {
    return (
      <Suspense fallback={<Skeleton height={520} />}>
        <DifferenceHeatmap difference={difference} pair={pair} open={open} />
      </Suspense>
    );
  }
  const counts = new Map(cells.map((cell) => [`${cell.true} ${cell.predicted}`, cell]));
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="difference-matrix">
      <Title order={2} size="h5" id="difference-matrix">
        Confusion matrix: B less A
      </Title>
      <Text size="xs" c="dimmed">
        Rows are true labels, columns predicted ones. Green is a gain: more samples on the diagonal, or fewer
        beside it. A cell opens its samples.
      </Text>
      <Table.ScrollContainer
        minWidth={200}
        tabIndex={0}
        aria-label="Difference of the confusion matrices"
        mt="sm"
      >
        <table className={matrix["matrix"]}>
          <thead>
            <tr>
              <td className={matrix["corner"]}>true \ predicted</td>
              {labels.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((truth, i) => (
              <tr key={truth}>
                <th scope="row">{truth}</th>
                {labels.map((predicted, j) => {
                  const { a = 0, b = 0 } = counts.get(`${i} ${j}`) ?? {};
                  return (
                    <td key={predicted} className={classes[toneOf(i === j, b - a)]}>
                      <button
                        type="button"
                        disabled={a === 0 && b === 0}
                        onClick={() => open(i, j)}
                        title={`A ${a}, B ${b}`}
                        aria-label={`true ${truth}, predicted ${predicted}: ${a} samples by A, ${b} by B`}
                      >
                        {signed(b - a)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Table.ScrollContainer>
    </Paper>
  );
}

function toneOf(isDiagonal: boolean, difference: number): "gain" | "loss" | "same" {
  if (difference === 0) return "same";
  return difference > 0 === isDiagonal ? "gain" : "loss";
}

function signed(count: number): string {
  return count > 0 ? `+${count}` : count < 0 ? `−${-count}` : "0";
}
