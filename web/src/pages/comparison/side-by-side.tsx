import { Paper, Switch, Table, Text, Title } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { intervalsQuery, scoresQuery } from "../../api/queries.js";
import type { Experiment, ScoreInterval } from "../../api/types.js";
import { PageLink } from "../../components/page-link.js";
import { commonPositive, directionMark, PositiveNote, titleOf } from "../../components/positive-class.js";
import { showInterval, showScore, showTime } from "../../components/show-cell.js";
import { useComparisonAddress } from "./address.js";

/** All experiments in columns: their scores, and everything in which they differ. */
export function SideBySide({ experiments }: { experiments: readonly Experiment[] }) {
  const { search, change } = useComparisonAddress();
  const everything = search.everything === "1";
  const { data: registry = [] } = useQuery(scoresQuery());
  const intervals = useQueries({
    queries: experiments.map(({ prediction_id: id }) => intervalsQuery(id)),
  });
  const testSets = new Set(experiments.map((each) => each.test_set_digest));
  const scores = registry.filter(({ name }) => experiments.some((each) => name in each.scores));
  const positives = experiments.map((each) => each.positive_label);
  const rows = factsOf(experiments).filter(({ differs }) => everything || differs);
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="side-by-side">
      <Title order={2} size="h5" id="side-by-side">
        Side by side
      </Title>
      <Text size="xs" c="dimmed">
        Below each score is its 95 % interval: where it would fall on other samples of the same kind.
        {testSets.size > 1 &&
          ` These were evaluated on ${testSets.size} different test sets: their scores are not comparable.`}
      </Text>
      {scores.some((score) => score.binary_only) && <PositiveNote labels={positives} />}
      <Switch
        size="xs"
        my="xs"
        label="Also rows that do not differ"
        checked={everything}
        onChange={(event) => change({ everything: event.currentTarget.checked ? "1" : undefined })}
      />
      <Table.ScrollContainer minWidth={300} tabIndex={0} aria-label="Side by side">
        <Table verticalSpacing={3} fz="sm" striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Column</Table.Th>
              {experiments.map(({ prediction_id: id, name, model }) => (
                <Table.Th key={id} miw={120}>
                  <PageLink to="/experiments/$id" params={{ id }} size="sm">
                    {name ?? model}
                  </PageLink>
                  <Text size="xs" c="dimmed" fw={400}>
                    {id}
                  </Text>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {scores.map((score) => (
              <Table.Tr key={score.name}>
                <Table.Th scope="row" fw={400}>
                  {titleOf(score, commonPositive(positives))} {directionMark(score)}
                </Table.Th>
                {experiments.map(({ prediction_id: id, scores: own }, i) => {
                  const value = own[score.name];
                  const interval = intervals[i]?.data?.scores.find((each) => each.score === score.name);
                  return (
                    <Table.Td key={id} title={interval?.method ?? interval?.reason ?? undefined}>
                      {value === undefined ? "–" : showScore(value)}
                      {interval && <IntervalText interval={interval} />}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
            {rows.map(({ name, values, differs }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={differs ? 600 : 400}>
                  {name}
                </Table.Th>
                {values.map((value, i) => (
                  <Table.Td
                    key={experiments[i]?.prediction_id}
                    style={{ overflowWrap: "anywhere" }}
                    maw={260}
                    title={value}
                  >
                    {value === undefined ? "" : withFewDigits(value)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

function IntervalText({ interval }: { interval: ScoreInterval }) {
  const text = showInterval(interval);
  if (text === undefined) return null;
  return (
    <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
      {text}
    </Text>
  );
}

interface Fact {
  name: string;
  values: (string | undefined)[];
  differs: boolean;
}

/** What was logged beside the scores, a row a name. */
function factsOf(experiments: readonly Experiment[]): Fact[] {
  const all = experiments.map((each) => {
    const facts = new Map<string, string>([
      ["model", each.model],
      ["name", each.name ?? ""],
      ["logged_at", showTime(each.logged_at)],
      ["dataset_uri", each.dataset_uri],
      ["target_column", each.target_column],
      ["positive_label", each.positive_label ?? ""],
      ["samples", String(each.samples)],
      ["test_set_digest", each.test_set_digest],
    ]);
    flatten("params", each.model_parameters, facts);
    flatten("extra", each.extra_parameters, facts);
    for (const name of ["user", "host", "source", "git_commit"] as const) facts.set(name, each[name] ?? "");
    return facts;
  });
  const names = new Set(all.flatMap((facts) => [...facts.keys()]));
  return [...names].map((name) => {
    const values = all.map((facts) => facts.get(name));
    return { name, values, differs: values.some((value) => value !== values[0]) };
  });
}

/** A long decimal in the digits that matter; other texts as they are. */
function withFewDigits(text: string): string {
  return /^-?\d*\.\d{9,}(?:e[+-]?\d+)?$/.test(text) ? String(Number(Number(text).toPrecision(8))) : text;
}

/** As the tracking table names them: params.kernel.name, and lists as JSON. */
function flatten(prefix: string, value: unknown, facts: Map<string, string>): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) flatten(`${prefix}.${name}`, inner, facts);
    return;
  }
  facts.set(prefix, typeof value === "string" ? value : JSON.stringify(value));
}
