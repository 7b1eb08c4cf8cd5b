import { Alert, Button, Group, Paper, Select, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";

import { ApiError, apiAddress } from "../../api/fetch-json.js";
import {
  comparisonQuery,
  type Pair,
  sampleDifferenceQuery,
  scoresQuery,
  sharedSamplesQuery,
} from "../../api/queries.js";
import type { Comparison } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { MarginField } from "../../components/margin-field.js";
import { marginOf } from "../../components/margin-of.js";
import { capital, showCount } from "../../components/show-cell.js";
import { VerdictText } from "../../components/verdict-text.js";
import { AddedDifferences } from "./added-differences.js";
import { useComparisonAddress } from "./address.js";
import { Churn, Nearer } from "./churn.js";
import { DifferenceMatrix } from "./difference-matrix.js";
import { DifferingSamples } from "./differing-samples.js";
import { PairSlices } from "./pair-slices.js";
import classes from "./pair-view.module.css";
import { ScoreDifferences } from "./score-differences.js";

const ErrorDifferencePlots = lazy(() => import("./error-difference-plots.js"));

/** Two experiments: the verdict, every score's difference, and the samples on which they differ. */
export function PairView({ pair }: { pair: Pair }) {
  const { search } = useComparisonAddress();
  const { score } = search;
  const margin = marginOf(search.margin);
  const { data, error, isPending } = useQuery(comparisonQuery(pair, { score, margin }));
  const difference = useQuery({ ...sampleDifferenceQuery(pair), enabled: data !== undefined });
  if (error instanceof ApiError && error.code === "NOT_COMPARABLE") {
    return <NotComparable pair={pair} error={error} />;
  }
  if (error) return <ErrorBox error={error} />;
  if (isPending) return <Skeleton height={260} />;
  return (
    <Stack gap="md">
      <Verdict comparison={data} pair={pair} />
      <ScoreDifferences comparison={data} />
      <AddedDifferences comparison={data} />
      {difference.error && <ErrorBox error={difference.error} />}
      {difference.isPending && <Skeleton height={260} />}
      {difference.data?.kind === "classification" && (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <Churn difference={difference.data} />
          <DifferenceMatrix difference={difference.data} pair={pair} />
        </SimpleGrid>
      )}
      {difference.data?.kind === "regression" && (
        <>
          <Nearer comparison={data} />
          <Suspense fallback={<Skeleton height={400} />}>
            <ErrorDifferencePlots difference={difference.data} pair={pair} />
          </Suspense>
        </>
      )}
      <PairSlices pair={pair} n={data.n} />
      {difference.data && <DifferingSamples pair={pair} kind={data.kind} />}
    </Stack>
  );
}

/**
 * Why the two cannot be compared, and what can be done about it: other test sets may have samples in common.
 */
function NotComparable({ pair, error }: { pair: Pair; error: ApiError }) {
  const { change } = useComparisonAddress();
  const haveOtherTestSets = error.message.includes("onSharedSamples");
  const { data: shared } = useQuery({
    ...sharedSamplesQuery(pair.a, pair.b),
    enabled: haveOtherTestSets && pair.shared === undefined,
  });
  return (
    <Alert color="orange" title="These two cannot be compared sample by sample" role="alert">
      <Text size="sm">{capital(error.message)}.</Text>
      {haveOtherTestSets && shared === 0 && (
        <Text size="sm" mt="xs">
          They have no sample in common.
        </Text>
      )}
      {haveOtherTestSets && shared !== undefined && shared !== null && shared > 0 && (
        <Button mt="xs" size="compact-sm" onClick={() => change({ shared: "true" })}>
          Compare on the {showCount(shared)} samples they share
        </Button>
      )}
    </Alert>
  );
}

const answers = {
  better: "Yes.",
  worse: "No, it is worse.",
  "no evidence": "There is no evidence.",
  "cannot be tested": "It cannot be tested.",
} as const;

/** The verdict, for a person who has never heard of the tests behind it. */
function Verdict({ comparison, pair }: { comparison: Comparison; pair: Pair }) {
  const { search, change } = useComparisonAddress();
  const { data: registry = [] } = useQuery(scoresQuery());
  const known = comparison.scores.map(({ score }) => ({
    value: score,
    label: registry.find(({ name }) => name === score)?.title ?? score,
  }));
  const main = comparison.scores.find(({ score }) => score === comparison.score);
  return (
    <Paper
      component="section"
      withBorder
      p="md"
      aria-label="Verdict"
      className={classes.verdict}
      data-verdict={comparison.verdict}
    >
      <Title order={2} size="h4">
        Is B better?{" "}
        <VerdictText verdict={comparison.verdict} inherit>
          {answers[comparison.verdict]}
        </VerdictText>
      </Title>
      <Text mt={4} maw={900}>
        {comparison.summary}
      </Text>
      {comparison.margin && (
        <Text mt={4} maw={900}>
          {comparison.margin.summary}
        </Text>
      )}
      <Text mt={4} maw={900}>
        {comparison.effect}.
      </Text>
      {comparison.warnings.map((warning) => (
        <Alert key={warning} color="orange" mt="xs" maw={900} p="xs" role="note">
          {capital(warning)}.
        </Alert>
      ))}
      <Text size="sm" c="dimmed" mt="xs">
        {showCount(comparison.n)} samples
        {comparison.same_test_set
          ? ", the same test set"
          : ` that both have, of ${showCount(comparison.a.samples)} (A) and ${showCount(comparison.b.samples)} (B)`}
        . {main?.method ? `Method: ${main.method}.` : ""}
      </Text>
      <Group mt="xs" gap="sm" align="flex-start">
        <Select
          label="Judged by"
          size="xs"
          data={known}
          value={comparison.score}
          allowDeselect={false}
          searchable
          w={260}
          onChange={(value) => change({ score: value ?? undefined, margin: undefined })}
        />
        <MarginField size="xs" margin={search.margin} onMargin={(margin) => change({ margin })} />
        <Button
          component="a"
          href={apiAddress(
            "/api/comparison/report",
            {},
            { ...pair, score: search.score, margin: marginOf(search.margin) },
          )}
          download={`report-${pair.a}-${pair.b}.html`}
          title="One HTML file with this verdict, tables and pictures, to give away"
          size="xs"
          variant="default"
          mt={24}
        >
          Report
        </Button>
      </Group>
    </Paper>
  );
}
