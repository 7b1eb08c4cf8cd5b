import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { comparisonQuery } from "../../api/queries.js";
import type { ModelVersion } from "../../api/types.js";
import { PageLink } from "../../components/page-link.js";
import { VerdictText } from "../../components/verdict-text.js";

/** Whether a version is better than the champion, or than the one before, as the page that compares says. */
export function ComparedCell({ version, isSeen }: { version: ModelVersion; isSeen: boolean }) {
  const { compared_with: other, experiment, aliases } = version;
  if (other === null)
    return <Dimmed>{aliases.includes("champion") ? "is the champion" : "the first one"}</Dimmed>;
  const name = other.alias === null ? `version ${other.version}` : `${other.alias}, version ${other.version}`;
  if (experiment === null || other.prediction_id === null) {
    const which = experiment === null ? "this version" : name;
    return <Dimmed>{`${which} has no experiment`}</Dimmed>;
  }
  if (experiment.prediction_id === other.prediction_id)
    return <Dimmed>{`the same experiment as ${name}`}</Dimmed>;
  // Its own key, since a query shows what it last had meanwhile, which is another pair's verdict.
  const key = `${other.prediction_id} ${experiment.prediction_id}`;
  return (
    <Verdict key={key} a={other.prediction_id} b={experiment.prediction_id} name={name} isSeen={isSeen} />
  );
}

function Verdict({ a, b, name, isSeen }: { a: string; b: string; name: string; isSeen: boolean }) {
  const { data, error } = useQuery({
    ...comparisonQuery({ a, b, shared: undefined }, {}),
    enabled: isSeen,
  });
  return (
    <div style={{ minWidth: 150 }}>
      {data && (
        <span title={data.summary}>
          <VerdictText verdict={data.verdict} size="sm" fw={600}>
            {data.verdict}
          </VerdictText>
        </span>
      )}
      {error && <Dimmed title={error.message}>cannot be compared</Dimmed>}
      {!data && !error && <Dimmed>judging …</Dimmed>}
      <PageLink to="/compare" search={{ id: [a, b] }} size="xs" display="block">
        Compare with {name}
      </PageLink>
    </div>
  );
}

function Dimmed({ children, title }: { children: string; title?: string }) {
  return (
    <Text size="sm" c="dimmed" title={title}>
      {children}
    </Text>
  );
}
