import { Breadcrumbs, Container, Group, Select, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { experimentQuery, experimentsQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageLink } from "../../components/page-link.js";
import { showTime } from "../../components/show-cell.js";
import { ExperimentAddressProvider } from "../../experiment/address.js";
import { ExperimentParts } from "../../experiment/experiment-parts.js";
import { experimentRoute, useExperimentRoute } from "./address.js";

/** One experiment by its prediction id: what was tried, how good it is, and how it fails. */
export function ExperimentPage() {
  const { id } = experimentRoute.useParams();
  const address = useExperimentRoute();
  const { data, error } = useQuery(experimentQuery(id));
  return (
    <Container fluid py="md" px="md" maw={1700}>
      <title>{`${data?.name ?? id} · ml-tracking`}</title>
      {error && <ErrorBox error={error} />}
      {!data && !error && <Skeleton height={400} />}
      {data && (
        <ExperimentAddressProvider value={address}>
          <ExperimentView experiment={data} key={id} />
        </ExperimentAddressProvider>
      )}
    </Container>
  );
}

function ExperimentView({ experiment }: { experiment: Experiment }) {
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end" gap="xs">
        <div>
          <Breadcrumbs>
            <PageLink to="/" size="sm">
              Projects
            </PageLink>
            <PageLink to="/projects/$project" params={{ project: experiment.project }} size="sm">
              {experiment.project}
            </PageLink>
          </Breadcrumbs>
          <Title order={1} size="h3">
            {experiment.name ?? experiment.model}
          </Title>
          <Text size="sm" c="dimmed">
            {experiment.model} · {showTime(experiment.logged_at)}
          </Text>
        </div>
        <IdPicker experiment={experiment} />
      </Group>
      <ExperimentParts experiment={experiment} />
    </Stack>
  );
}

/** Goes to another experiment of the project by its prediction id, name or model. */
function IdPicker({ experiment }: { experiment: Experiment }) {
  const navigate = useNavigate();
  const { data } = useQuery(
    experimentsQuery(experiment.project, { column: ["name", "model"], sort: ["logged_at:desc"], limit: 500 }),
  );
  const known = (data?.prediction_ids ?? []).map((id, i) => {
    const [name, model] = data?.rows[i] ?? [];
    return { value: id, label: `${id} · ${name ?? model ?? ""}` };
  });
  const options = known.some(({ value }) => value === experiment.prediction_id)
    ? known
    : [{ value: experiment.prediction_id, label: experiment.prediction_id }, ...known];
  return (
    <Select
      label="Prediction id"
      searchable
      data={options}
      value={experiment.prediction_id}
      allowDeselect={false}
      limit={100}
      w={{ base: "100%", sm: 360 }}
      onChange={(id) => {
        if (id) void navigate({ to: "/experiments/$id", params: { id } });
      }}
    />
  );
}
