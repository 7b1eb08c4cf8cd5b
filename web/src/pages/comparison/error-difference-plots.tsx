import { SimpleGrid } from "@mantine/core";
import { useMemo } from "react";

import type { Pair } from "../../api/queries.js";
import type { ErrorDifference } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import { cloudCell, cloudTable } from "../../charts/cloud.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { useComparisonAddress } from "./address.js";
import { chosenSamples } from "./chosen-samples.js";
import { errorsOfBothOption, nearerByDecileOption } from "./error-difference-options.js";

/** Where either of two regressions is nearer to the true values. */
export default function ErrorDifferencePlots({
  difference,
  pair,
}: {
  difference: ErrorDifference;
  pair: Pair;
}) {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <ErrorsOfBoth difference={difference} pair={pair} />
      <NearerByDecile difference={difference} pair={pair} />
    </SimpleGrid>
  );
}

function ErrorsOfBoth({ difference, pair }: { difference: ErrorDifference; pair: Pair }) {
  const { errors, greatest, n } = difference;
  const { change } = useComparisonAddress();
  const option = useMemo(() => errorsOfBothOption(difference), [difference]);
  return (
    <PlotFrame
      title="Absolute errors of both"
      meaning="Below the dashed line B is nearer to the true value, above it A. A point or cell opens its samples."
      inWords={`${n} samples; the largest absolute error of either is ${brief(greatest)}.`}
      fileName={`${pair.a}-${pair.b}-errors`}
      chart={{
        option,
        height: 360,
        onClick: ({ dataIndex }) => {
          const cell = cloudCell(errors, dataIndex);
          if (!cell) return;
          const open = [...(cell.xLast ? [] : ["error_a_max"]), ...(cell.yLast ? [] : ["error_b_max"])];
          change(
            chosenSamples(
              {
                error_a_min: String(cell.x[0]),
                error_a_max: String(cell.x[1]),
                error_b_min: String(cell.y[0]),
                error_b_max: String(cell.y[1]),
              },
              open,
            ),
          );
        },
      }}
      table={cloudTable(errors, "error_a", "error_b")}
    />
  );
}

function NearerByDecile({ difference, pair }: { difference: ErrorDifference; pair: Pair }) {
  const { deciles } = difference;
  const { change } = useComparisonAddress();
  const option = useMemo(() => nearerByDecileOption(difference), [difference]);
  const best = [...deciles].sort((x, y) => y.b_nearer - y.a_nearer - (x.b_nearer - x.a_nearer))[0];
  return (
    <PlotFrame
      title="Smaller error by actual value"
      meaning="The samples in tenths by their actual value; a bar opens its samples."
      inWords={
        best
          ? `B gains most among actual values from ${brief(best.lower)} to ${brief(best.upper)}: nearer on ${best.b_nearer} samples, A on ${best.a_nearer}.`
          : ""
      }
      fileName={`${pair.a}-${pair.b}-nearer-by-decile`}
      chart={{
        option,
        height: 360,
        onClick: ({ seriesIndex, dataIndex }) => {
          const decile = deciles[dataIndex];
          if (!decile) return;
          change(
            chosenSamples(
              {
                nearer: seriesIndex === 0 ? "a_nearer" : "b_nearer",
                y_true_min: String(decile.lower),
                y_true_max: String(decile.upper),
              },
              dataIndex === 0 ? undefined : ["y_true_min"],
            ),
          );
        },
      }}
      table={[
        ["from", "to", "samples", "a_nearer", "b_nearer", "equally_near", "mae_a", "mae_b"],
        ...deciles.map((each) => [
          each.lower,
          each.upper,
          each.samples,
          each.a_nearer,
          each.b_nearer,
          each.equally_near,
          each.a,
          each.b,
        ]),
      ]}
    />
  );
}
