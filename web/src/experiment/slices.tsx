import { Anchor, Button, Code, List, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { samplesQuery, slicesQuery } from "../api/queries.js";
import type { Experiment, SliceReport, SliceScore } from "../api/types.js";
import { shortNumber } from "../charts/brief.js";
import { ErrorBox } from "../components/error-box.js";
import { capital, showCount } from "../components/show-cell.js";
import { everyColumn, SlicesPanel, searchedUpTo, trueColumn } from "../components/slices-panel.js";
import { effectiveSamples } from "../components/weighted-note.js";
import { useExperimentAddress } from "./address.js";
import { SliceTable } from "./slice-table.js";

/** On which parts of the test set the model is worse than elsewhere. */
export default function Slices({ experiment }: { experiment: Experiment }) {
  const { search, change } = useExperimentAddress();
  const features = useQuery(samplesQuery(experiment.prediction_id, { limit: 1 })).data?.feature_names;
  const hasFeatures = (features?.length ?? 0) > 0;
  const by = search.by ?? (features && !hasFeatures ? trueColumn : everyColumn);
  const isWeighted = effectiveSamples(experiment) !== undefined;
  const isRefused = isWeighted && by === everyColumn;
  const isAsked =
    by !== everyColumn || (!isWeighted && (experiment.samples <= searchedUpTo || search.find === "slices"));
  const { data, error, isPending } = useQuery({
    ...slicesQuery(experiment.prediction_id, by === everyColumn ? {} : { by }),
    enabled: features !== undefined && isAsked,
  });
  return (
    <SlicesPanel
      id="slices"
      meaning="A slice is a part of the test set whose samples have something in common. These are the slices on which the model does worse than on all other samples."
      features={features}
      everyColumnLabel={isWeighted ? undefined : "Slices that are worse, of all columns"}
      trueColumnLabel={experiment.kind === "classification" ? "By true label" : "By true value"}
      by={by}
      onBy={(value) => change({ by: value || undefined })}
      hint={<HowToLog />}
    >
      {isRefused && hasFeatures && (
        <Text size="sm">
          The samples are weighted, and a search of all columns counts each the same. Choose a column: its
          groups are scored with their weights.
        </Text>
      )}
      {!isAsked && !isRefused && hasFeatures && (
        <Button size="compact-sm" onClick={() => change({ find: "slices" })}>
          Search {showCount(experiment.samples)} samples for slices
        </Button>
      )}
      {error && <ErrorBox error={error} />}
      {isPending && isAsked && <Skeleton height={160} role="status" aria-label="Looking for slices" />}
      {data?.by === null && <Found report={data} />}
      {data && data.by !== null && (
        <>
          <Sentences slices={data.slices.filter(({ verdict }) => verdict === "worse").slice(0, 5)} />
          <SliceTable report={data} />
        </>
      )}
    </SlicesPanel>
  );
}

/** What the search found, for a person who has never heard of the corrections behind it. */
function Found({ report }: { report: SliceReport }) {
  const { slices, tried, significant, level, min_size: least } = report;
  const chance = shortNumber((1 - level) * 100, 6);
  return (
    <>
      {slices.length === 0 ? (
        <Text>
          {tried === 0
            ? `Nothing to search: no slice has ${least} samples or more.`
            : "No slice is clearly worse than the rest."}
        </Text>
      ) : (
        <Sentences slices={slices} />
      )}
      {tried > 0 && (
        <Text size="sm" c="dimmed" maw={900} mb="xs">
          {showCount(tried)} slices of {showCount(least)} samples or more were compared with the rest. With so
          many, some look worse by chance; shown are those that chance would give on fewer than {chance} of
          100 test sets
          {significant > slices.length
            ? `, without ${showCount(significant - slices.length)} more that say the same of the same samples`
            : ""}
          .
        </Text>
      )}
      {slices.length > 0 && <SliceTable report={report} />}
      {report.columns
        .filter(({ note }) => note !== null)
        .map(({ name, note }) => (
          <Text key={name} size="xs" c="dimmed">
            {name}: {note}.
          </Text>
        ))}
    </>
  );
}

function Sentences({ slices }: { slices: readonly SliceScore[] }) {
  const { change } = useExperimentAddress();
  if (slices.length === 0) return null;
  return (
    <List spacing={4} mb="sm">
      {slices.map((slice) => (
        <List.Item key={slice.text}>
          <Text span fw={500}>
            {capital(slice.summary)}.
          </Text>{" "}
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => change({ slice: JSON.stringify(slice.conditions), offset: undefined })}
          >
            Show these samples
          </Anchor>
        </List.Item>
      ))}
    </List>
  );
}

function HowToLog() {
  return (
    <Text size="sm" mb="xs">
      No features were logged with this experiment. Log columns that describe the samples, such as a region or
      an age, and slices that are worse are found here: <Code>sampleFeatures</Code> of{" "}
      <Code>logExperiment</Code>, or <Code>ml-tracking log --features region,age</Code>.
    </Text>
  );
}
