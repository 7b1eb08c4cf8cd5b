import { Anchor, Button, Code, List, Paper, Select, Skeleton, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { samplesQuery, slicesQuery } from "../../api/queries.js";
import type { Experiment, SliceReport, SliceScore } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { showCount } from "../../components/show-cell.js";
import { one, useAddress } from "../../components/use-search.js";
import { SliceTable } from "./slice-table.js";

/** Beyond this many samples a search takes seconds, so that it waits to be asked for. */
const searchedUpTo = 200_000;
const search = "";
const trueColumn = "y_true";

/** On which parts of the test set the model is worse than elsewhere. */
export default function Slices({ experiment }: { experiment: Experiment }) {
  const { search: address, change } = useAddress();
  const features = useQuery(samplesQuery(experiment.prediction_id, { limit: 1 })).data?.feature_names;
  const hasFeatures = (features?.length ?? 0) > 0;
  const by = one(address, "by") ?? (features && !hasFeatures ? trueColumn : search);
  const isAsked = by !== search || experiment.samples <= searchedUpTo || one(address, "find") === "slices";
  const { data, error, isPending } = useQuery({
    ...slicesQuery(experiment.prediction_id, by === search ? {} : { by }),
    enabled: features !== undefined && isAsked,
  });
  const ofLabels = experiment.kind === "classification" ? "By true label" : "By true value";
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="slices">
      <Title order={2} size="h5" id="slices">
        Slices
      </Title>
      <Text size="sm" c="dimmed" mb="xs" maw={900}>
        A slice is a part of the test set whose samples have something in common. Here is where the model does
        worse than on all other samples.
      </Text>
      {features && !hasFeatures && <HowToLog />}
      {features && (
        <Select
          label="Look at"
          size="xs"
          w={{ base: "100%", sm: 280 }}
          mb="sm"
          searchable
          allowDeselect={false}
          data={[
            ...(hasFeatures ? [{ value: search, label: "Slices that are worse, of all columns" }] : []),
            { value: trueColumn, label: ofLabels },
            ...features.map((name) => ({ value: name, label: `By ${name}` })),
          ]}
          value={by}
          onChange={(value) => change({ by: value || undefined })}
        />
      )}
      {!isAsked && hasFeatures && (
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
    </Paper>
  );
}

/** What the search found, for a person who has never heard of the corrections behind it. */
function Found({ report }: { report: SliceReport }) {
  const { slices, tried, significant, level, min_size: least } = report;
  const chance = Number(((1 - level) * 100).toPrecision(6));
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
          many, some look bad by luck; shown is what would turn up by luck in less than {chance} of 100 test
          sets
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
  const { change } = useAddress();
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

function capital(text: string): string {
  return text.replace(/^./u, (first) => first.toUpperCase());
}
