import { Paper, Select, Skeleton, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { type Pair, samplesQuery, sliceComparisonQuery } from "../../api/queries.js";
import type { SliceComparison } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { showCount, showP, showScore } from "../../components/show-cell.js";
import { one, useAddress } from "../../components/use-search.js";
import { Letter } from "./letter.js";
import { DifferenceWhisker } from "./score-differences.js";
import classes from "./score-differences.module.css";
import { VerdictText } from "./verdict-text.js";

const everyColumn = "";
/** Beyond this many samples all columns at once take seconds: then one is chosen first. */
const comparedUpTo = 200_000;

/** Whether B is better on every part of the test set, or worse on some. */
export function PairSlices({ pair, n }: { pair: Pair; n: number }) {
  const { search, change } = useAddress();
  const [ofA, ofB] = [useFeatures(pair.a), useFeatures(pair.b)];
  const features = ofA?.length === 0 ? ofB : ofA;
  const byDefault = features?.length === 0 || n > comparedUpTo ? "y_true" : everyColumn;
  const by = one(search, "by") ?? byDefault;
  const { data, error, isPending } = useQuery({
    ...sliceComparisonQuery(pair, by === everyColumn ? {} : { by }),
    enabled: features !== undefined,
  });
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="pair-slices">
      <Title order={2} size="h5" id="pair-slices">
        Slices
      </Title>
      <Text size="sm" c="dimmed" mb="xs" maw={900}>
        Both on the same parts of the test set: a model that is better on the whole may be worse on some.
      </Text>
      {features && (
        <Select
          label="Look at"
          size="xs"
          w={{ base: "100%", sm: 280 }}
          mb="sm"
          searchable
          allowDeselect={false}
          data={[
            ...(features.length > 0 ? [{ value: everyColumn, label: "All columns, clearest first" }] : []),
            { value: "y_true", label: "By true label or value" },
            ...features.map((name) => ({ value: name, label: `By ${name}` })),
          ]}
          value={by}
          onChange={(value) => change({ by: value === byDefault ? undefined : (value ?? undefined) })}
        />
      )}
      {error && <ErrorBox error={error} />}
      {isPending && !error && <Skeleton height={160} />}
      {data && <Slices comparison={data} />}
    </Paper>
  );
}

function useFeatures(id: string): string[] | undefined {
  return useQuery(samplesQuery(id, { limit: 1 })).data?.feature_names;
}

function Slices({ comparison }: { comparison: SliceComparison }) {
  const { slices, tried, significant, correction, bins, level } = comparison;
  const differing = slices.filter(({ verdict }) => verdict !== "no evidence");
  return (
    <>
      {differing.slice(0, 3).map(({ text, summary, verdict }) => (
        <Text key={text} size="sm">
          {summary.replace(/^./u, (first) => first.toUpperCase())}: B is{" "}
          <VerdictText verdict={verdict} size="sm">
            {verdict}
          </VerdictText>
          .
        </Text>
      ))}
      {significant === 0 && <Text size="sm">On no slice is one clearly better than the other.</Text>}
      <Table.ScrollContainer type="native" minWidth={760} tabIndex={0} aria-label="Slices of both" mt="xs">
        <Table verticalSpacing={4} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Slice</Table.Th>
              <Table.Th ta="right">Samples</Table.Th>
              <Table.Th ta="right">
                <Letter letter="A" />
              </Table.Th>
              <Table.Th ta="right">
                <Letter letter="B" />
              </Table.Th>
              <Table.Th className={classes.wide}>Interval of the difference</Table.Th>
              <Table.Th ta="right">p corrected</Table.Th>
              <Table.Th>B is</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {slices.map(({ text, n, difference, p_corrected: p, verdict }) => (
              <Table.Tr key={text}>
                <Table.Th scope="row" fw={500} style={{ overflowWrap: "anywhere", minWidth: "11rem" }}>
                  {text}
                </Table.Th>
                <Table.Td ta="right">{showCount(n)}</Table.Td>
                <Table.Td ta="right">{showScore(difference.a)}</Table.Td>
                <Table.Td ta="right">{showScore(difference.b)}</Table.Td>
                <Table.Td className={classes.wide} title={difference.reason ?? undefined}>
                  <DifferenceWhisker difference={{ ...difference, verdict }} />
                </Table.Td>
                <Table.Td ta="right">{showP(p)}</Table.Td>
                <Table.Td className={classes.whole}>
                  <VerdictText verdict={verdict} size="sm" fw={verdict === "no evidence" ? 400 : 600}>
                    {verdict}
                  </VerdictText>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed">
        p corrected by {correction === "holm" ? "Holm" : "Benjamini and Hochberg"} for {showCount(tried)}{" "}
        slices; the lines are {Number((level * 100).toPrecision(6))} % intervals, each with a scale of its
        own, better to the right. Numbers are cut into {bins} groups of about equally many samples.
      </Text>
    </>
  );
}
