import { useMemo } from "react";

import type { Pair } from "../../api/queries.js";
import type { ClassDifference } from "../../api/types.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { differenceHeatmapOption } from "./difference-heatmap-option.js";

/** The difference of two large confusion matrices as a picture. */
export default function DifferenceHeatmap({
  difference,
  pair,
  open,
}: {
  difference: ClassDifference;
  pair: Pair;
  open: (truth: number, predicted: number) => void;
}) {
  const { labels, cells } = difference;
  const option = useMemo(() => differenceHeatmapOption(difference), [difference]);
  const [worst] = cells
    .filter((cell) => cell.true !== cell.predicted)
    .sort((x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a));
  return (
    <PlotFrame
      title="Confusion matrix: B less A"
      meaning="Green is a gain: more samples on the diagonal, or fewer beside it. A cell opens its samples."
      inWords={
        worst
          ? `The largest change beside the diagonal: ${labels[worst.true]} predicted as ${labels[worst.predicted]}, ${worst.a} samples by A, ${worst.b} by B.`
          : ""
      }
      fileName={`${pair.a}-${pair.b}-confusion-difference`}
      chart={{
        option,
        height: 520,
        onClick: ({ dataIndex }) => {
          const cell = cells[dataIndex];
          if (cell) open(cell.true, cell.predicted);
        },
      }}
      table={[
        ["true", "predicted", "a", "b"],
        ...cells.map(({ true: truth, predicted, a, b }) => [
          labels[truth] ?? null,
          labels[predicted] ?? null,
          a,
          b,
        ]),
      ]}
    />
  );
}
