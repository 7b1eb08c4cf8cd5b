import { Breadcrumbs, Container, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { apiAddress } from "../../api/fetch-json.js";
import { loggedModelQuery } from "../../api/queries.js";
import type { LoggedModel } from "../../api/types.js";
import { CopyText } from "../../components/copy-text.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageLink } from "../../components/page-link.js";
import { showCell, showTime } from "../../components/show-cell.js";
import { Artifacts } from "../../run/artifacts.js";
import { Facts } from "../../run/run-facts.js";
import { ModelStatus, RegisteredAs } from "../../run/run-models.js";
import { RunTags } from "../../run/run-tags.js";

const loggedModelRoute = getRouteApi("/logged-models/$logged");

/** A model that a run logged: how it was configured and measured, and its files. */
export function LoggedModelPage() {
  const { logged: id } = loggedModelRoute.useParams();
  const { data, error } = useQuery(loggedModelQuery(id));
  return (
    <Container fluid py="md" px="md" maw={1100}>
      <title>{`${data?.name ?? id} · ml-tracking`}</title>
      {error && <ErrorBox error={error} />}
      {!data && !error && <Skeleton height={300} />}
      {data && <LoggedModelView model={data} />}
    </Container>
  );
}

function LoggedModelView({ model }: { model: LoggedModel }) {
  return (
    <Stack gap="lg">
      <div>
        <Breadcrumbs>
          <PageLink to="/projects/$project/runs" params={{ project: model.project }} size="sm">
            {model.project}
          </PageLink>
          {model.run_id !== null && (
            <PageLink to="/runs/$run" params={{ run: model.run_id }} size="sm">
              its run
            </PageLink>
          )}
        </Breadcrumbs>
        <Group gap={6}>
          <Title order={1} size="h3" style={{ overflowWrap: "anywhere" }}>
            {model.name}
          </Title>
          <CopyText text={model.model_id} what="the model id" />
          <ModelStatus model={model} />
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          Logged model {model.model_id}
          {model.type !== null && ` · ${model.type}`} · {showTime(model.created_at)}
        </Text>
        <RegisteredAs model={model} />
      </div>
      <Part title="Parameters">
        <Facts facts={Object.entries(model.parameters)} empty="None was given." />
      </Part>
      <Part title="Metrics">
        <Facts
          facts={model.metrics.map(({ key, value, dataset }) => [
            dataset === null ? key : `${key} on ${dataset}`,
            showCell(value, { type: "number", kind: "metric" }),
          ])}
          empty="None was logged."
        />
      </Part>
      <Part title="Tags">
        <RunTags tags={model.tags} />
      </Part>
      <Part title="Files">
        <Artifacts
          files={model.files}
          addressOf={(path) =>
            apiAddress("/api/logged-models/{id}/files/{path}", { id: model.model_id, path })
          }
        />
      </Part>
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}
