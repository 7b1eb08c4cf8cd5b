import { Skeleton, Stack, Title } from "@mantine/core";
import { lazy, Suspense } from "react";

import type { Experiment } from "../api/types.js";
import { UnweightedNote } from "../components/weighted-note.js";
import { ContentsList } from "./contents-list.js";
import classes from "./experiment-parts.module.css";
import { Overview } from "./overview/overview.js";
import { Parameters } from "./parameters.js";
import { Reproduce } from "./reproduce.js";
import { useAskedPart } from "./use-asked-part.js";
import { Working } from "./working.js";

const ClassificationPlots = lazy(() => import("./plots/classification-plots.js"));
const RegressionPlots = lazy(() => import("./plots/regression-plots.js"));
const WorstSamples = lazy(() => import("./plots/worst-samples.js"));
const Slices = lazy(() => import("./slices.js"));
const SamplesTable = lazy(() => import("./samples-table.js"));

const parts = [
  { id: "overview", title: "Overview" },
  { id: "plots", title: "Plots" },
  { id: "where-it-fails", title: "Where it fails" },
  { id: "samples", title: "Samples" },
  { id: "parameters", title: "Parameters" },
  { id: "reproduce", title: "Reproduce" },
];

/** An experiment from its scores to how it is run again, with a list of the parts beside them. */
export function ExperimentParts({ experiment }: { experiment: Experiment }) {
  const isClassification = experiment.kind === "classification";
  useAskedPart();
  return (
    <div className={classes.page}>
      <ContentsList parts={parts} />
      <Stack gap="lg" className={classes.parts}>
        <section aria-labelledby="overview">
          <Heading id="overview">Overview</Heading>
          <Overview experiment={experiment} />
        </section>
        <section aria-labelledby="plots">
          <Heading id="plots">Plots</Heading>
          <UnweightedNote experiment={experiment} />
          <Suspense fallback={<Skeleton height={400} />}>
            {isClassification ? (
              <ClassificationPlots experiment={experiment} />
            ) : (
              <RegressionPlots experiment={experiment} />
            )}
          </Suspense>
        </section>
        <section aria-labelledby="where-it-fails">
          <Heading id="where-it-fails">Where it fails</Heading>
          <Suspense fallback={<Skeleton height={200} />}>
            <Stack gap="md">
              <Slices experiment={experiment} />
              {!isClassification && <WorstSamples experiment={experiment} />}
            </Stack>
          </Suspense>
        </section>
        <Suspense fallback={<Skeleton height={400} />}>
          <SamplesTable experiment={experiment} />
        </Suspense>
        <Parameters experiment={experiment} />
        <Reproduce experiment={experiment} />
      </Stack>
      <Working experiment={experiment} />
    </div>
  );
}

function Heading({ id, children }: { id: string; children: string }) {
  return (
    <Title order={2} size="h4" id={id} mb="xs">
      {children}
    </Title>
  );
}
