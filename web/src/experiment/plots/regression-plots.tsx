import { SimpleGrid } from "@mantine/core";

import type { Experiment } from "../../api/types.js";
import { ErrorByDecile } from "./error-by-decile.js";
import { NormalQq } from "./normal-qq.js";
import { PredictedVsActual } from "./predicted-vs-actual.js";
import { ResidualHistogram } from "./residual-histogram.js";
import { Residuals } from "./residuals.js";

/** How a regression fails: where, how much, and in which direction. */
export default function RegressionPlots({ experiment }: { experiment: Experiment }) {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <PredictedVsActual experiment={experiment} />
      <Residuals experiment={experiment} />
      <ResidualHistogram experiment={experiment} />
      <NormalQq experiment={experiment} />
      <ErrorByDecile experiment={experiment} />
    </SimpleGrid>
  );
}
