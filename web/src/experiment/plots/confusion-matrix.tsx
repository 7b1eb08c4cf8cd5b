import { SegmentedControl, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { plotQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import classes from "../../components/confusion-matrix.module.css";
import { showCount, showCounted } from "../../components/show-cell.js";
import { useExperimentAddress } from "../address.js";
import {
  confusionOption,
  drawnCell,
  filledCells,
  labelsOf,
  type Matrix,
  type Share,
  shareOf,
} from "./confusion-option.js";
import { fileName } from "./plot-names.js";

/** Up to this many classes the matrix is a table, whose cells are buttons; beyond, a picture. */
export const mostInTable = 20;

/** Which class is taken for which; a cell opens its samples. */
export function ConfusionMatrix({ experiment }: { experiment: Experiment }) {
  const { search, change } = useExperimentAddress();
  const share = search.cells === "true" || search.cells === "predicted" ? search.cells : "counts";
  const { data, error, isPending } = useQuery(plotQuery(experiment.prediction_id, "confusion_matrix"));
  const open = (row: number, column: number) => {
    const [truth, predicted] = [data?.labels[row], data?.labels[column]];
    if (truth === undefined || predicted === undefined) return;
    change({ true_label: String(truth), predicted_label: String(predicted), offset: undefined });
  };
  const large = data && data.counts.length > mostInTable;
  const height = Math.min(Math.max(520, 200 + 9 * (data?.counts.length ?? 0)), 1100);
  const option = useMemo(() => data && confusionOption(data, share), [data, share]);
  return (
    <PlotFrame
      title="Confusion matrix"
      meaning="Rows are true labels, columns predicted ones; a cell opens its samples."
      inWords={data ? inWords(data) : ""}
      fileName={fileName(experiment, "confusion-matrix")}
      loading={isPending}
      error={error}
      note={
        data && data.other_labels > 0
          ? `${data.other_labels} further labels share the last row and column.`
          : undefined
      }
      table={
        data
          ? [
              ["true \\ predicted", ...labelsOf(data)],
              ...data.counts.map((row, i) => [labelsOf(data)[i] ?? "", ...row]),
            ]
          : []
      }
      controls={
        <SegmentedControl
          size="xs"
          value={share}
          onChange={(value) => change({ cells: value === "counts" ? undefined : value })}
          data={[
            { value: "counts", label: "Counts" },
            { value: "true", label: "Share of true label" },
            { value: "predicted", label: "Share of predicted label" },
          ]}
        />
      }
      picture={option && { option, height }}
      chart={
        option && large
          ? {
              option,
              height,
              onClick: ({ seriesIndex, dataIndex }) => {
                const cell = drawnCell(data, seriesIndex, dataIndex);
                if (cell) open(cell.row, cell.column);
              },
            }
          : undefined
      }
    >
      {data && !large && <MatrixTable data={data} share={share} open={open} />}
    </PlotFrame>
  );
}

function MatrixTable({
  data,
  share,
  open,
}: {
  data: Matrix;
  share: Share;
  open: (row: number, column: number) => void;
}) {
  const labels = labelsOf(data);
  return (
    <Table.ScrollContainer minWidth={200} tabIndex={0} aria-label="Confusion matrix" mt="sm">
      <table className={classes.matrix}>
        <thead>
          <tr>
            <td className={classes.corner}>true \ predicted</td>
            {labels.map((label) => (
              <th key={label} scope="col" title={label}>
                {label}
              </th>
            ))}
            <th scope="col">Total</th>
          </tr>
        </thead>
        <tbody>
          {data.counts.map((row, i) => (
            <tr key={labels[i]}>
              <th scope="row" title={labels[i]}>
                {labels[i]}
              </th>
              {row.map((count, j) => {
                const part = shareOf(data, i, j, "true") ?? 0;
                return (
                  <td
                    key={labels[j]}
                    className={count === 0 ? classes.none : i === j ? classes.right : classes.wrong}
                    ref={(cell) => cell?.style.setProperty("--share", String(part))}
                  >
                    <button
                      type="button"
                      onClick={() => open(i, j)}
                      disabled={count === 0 || i >= data.labels.length || j >= data.labels.length}
                      aria-label={`true ${labels[i]}, predicted ${labels[j]}: ${count} samples`}
                    >
                      {shown(data, i, j, share)}
                    </button>
                  </td>
                );
              })}
              <td className={classes.total}>{showCount(data.row_totals[i] ?? 0)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Total</th>
            {data.column_totals.map((total, j) => (
              <td key={labels[j]} className={classes.total}>
                {showCount(total)}
              </td>
            ))}
            <td className={classes.total}>{showCount(data.samples)}</td>
          </tr>
        </tbody>
      </table>
    </Table.ScrollContainer>
  );
}

function shown(data: Matrix, row: number, column: number, share: Share): string {
  if (share === "counts") return showCount(data.counts[row]?.[column] ?? 0);
  const part = shareOf(data, row, column, share);
  return part === undefined ? "–" : `${(part * 100).toFixed(1)} %`;
}

function inWords(data: Matrix): string {
  const labels = labelsOf(data);
  const wrong = filledCells(data)
    .filter(({ row, column }) => row !== column)
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(
      ({ row, column, count }) =>
        `${showCounted(count, "sample")} of ${labels[row]} predicted as ${labels[column]}`,
    );
  const right = data.counts.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
  return `${showCount(right)} of ${showCounted(data.samples, "sample")} are right. ${wrong.length > 0 ? `Most frequent errors: ${wrong.join("; ")}.` : "There are no errors."}`;
}
