import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type Pair, samplesQuery, sliceComparisonQuery } from "../../api/queries.js";
import type { SliceComparison } from "../../api/types.js";
import { showPercent } from "../../charts/brief.js";
import { ErrorBox } from "../../components/error-box.js";
import { capital, showCount, showScore } from "../../components/show-cell.js";
import { correctionName, SliceRows } from "../../components/slice-rows.js";
import { everyColumn, SlicesPanel, searchedUpTo, trueColumn } from "../../components/slices-panel.js";
import { VerdictText } from "../../components/verdict-text.js";
import { useComparisonAddress } from "./address.js";
import { DifferenceWhisker } from "./difference-table.js";
import { Letter } from "./letter.js";

/** Whether B is better on every part of the test set, or worse on some. */
export function PairSlices({ pair, n }: { pair: Pair; n: number }) {
  const { search, change } = useComparisonAddress();
  const [ofA, ofB] = [useFeatures(pair.a), useFeatures(pair.b)];
  const features = ofA?.length === 0 ? ofB : ofA;
  const byDefault = features?.length === 0 || n > searchedUpTo ? trueColumn : everyColumn;
  const by = search.by ?? byDefault;
  const { data, error, isPending } = useQuery({
    ...sliceComparisonQuery(pair, by === everyColumn ? {} : { by }),
    enabled: features !== undefined,
  });
  return (
    <SlicesPanel
      id="pair-slices"
      meaning="Both on the same parts of the test set: a model that is better overall may be worse on some of them."
      features={features}
      everyColumnLabel="All columns, clearest first"
      trueColumnLabel="By true label or value"
      by={by}
      onBy={(value) => change({ by: value === byDefault ? undefined : value })}
    >
      {error && <ErrorBox error={error} />}
      {isPending && !error && <Skeleton height={160} />}
      {data && <ComparedSlices comparison={data} />}
    </SlicesPanel>
  );
}

function useFeatures(id: string): string[] | undefined {
  return useQuery(samplesQuery(id, { limit: 1 })).data?.feature_names;
}

function ComparedSlices({ comparison }: { comparison: SliceComparison }) {
  const { slices, tried, significant, correction, bins, level } = comparison;
  const differing = slices.filter(({ verdict }) => verdict === "better" || verdict === "worse");
  return (
    <>
      {differing.slice(0, 3).map(({ text, summary, verdict }) => (
        <Text key={text} size="sm">
          {capital(summary)}: B is{" "}
          <VerdictText verdict={verdict} size="sm">
            {verdict}
          </VerdictText>
          .
        </Text>
      ))}
      {significant === 0 && <Text size="sm">On no slice is one clearly better than the other.</Text>}
      <SliceRows
        label="Slices of both"
        heads={{
          values: [<Letter key="A" letter="A" />, <Letter key="B" letter="B" />],
          whisker: "Interval of the difference",
          p: "p corrected",
          verdict: "B is",
        }}
        rows={slices.map(({ text, n, difference, p_corrected: p, verdict }) => ({
          text,
          name: text,
          samples: n,
          values: [{ shown: showScore(difference.a) }, { shown: showScore(difference.b) }],
          whisker: <DifferenceWhisker difference={{ ...difference, verdict }} />,
          p,
          reason: difference.reason ?? undefined,
          verdict,
        }))}
      />
      <Text size="xs" c="dimmed">
        p corrected by {correctionName(correction)} for {showCount(tried)} slices; the lines are{" "}
        {showPercent(level)} intervals, each on its own scale, better to the right. Numbers are cut into{" "}
        {bins} groups of about equally many samples.
      </Text>
    </>
  );
}
