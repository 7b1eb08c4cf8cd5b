import { Alert, Breadcrumbs, Container, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { modelQuery } from "../../api/queries.js";
import type { Model } from "../../api/types.js";
import { AliasBadge } from "../../components/alias-badge.js";
import { MarkdownField } from "../../components/annotations/markdown-field.js";
import { CopyText } from "../../components/copy-text.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageButtons } from "../../components/page-buttons.js";
import { PageLink } from "../../components/page-link.js";
import { showCounted, showTime } from "../../components/show-cell.js";
import { modelRoute, useModelAddress } from "./address.js";
import { ChampionGate } from "./champion-gate.js";
import { PairTags } from "./pair-tags.js";
import { type ChangeOfModel, useChangeModel } from "./use-change-model.js";
import { VersionsTable } from "./versions-table.js";

/** As many versions are judged at once as a page of the table has. */
const pageSize = 25;

/** A registered model: what is said of it, and its versions. */
export function ModelPage() {
  const { model: name } = modelRoute.useParams();
  const { search } = useModelAddress();
  const { offset, version } = search;
  const asked = offset === undefined && version !== undefined ? { version } : { offset: Number(offset) || 0 };
  const { data, error } = useQuery(modelQuery(name, { limit: pageSize, ...asked }));
  const isOther = data !== undefined && data.name !== name; // of the page before
  return (
    <Container fluid py="md" px="md" maw={1400}>
      <title>{`${name} · Models · ml-tracking`}</title>
      {error && (
        <Stack gap="sm">
          <Title order={1} size="h3">
            {name}
          </Title>
          <ErrorBox error={error} />
        </Stack>
      )}
      {(!data || isOther) && !error && <Skeleton height={400} />}
      {data && !isOther && !error && <ModelView model={data} key={name} />}
    </Container>
  );
}

function ModelView({ model }: { model: Model }) {
  const { change: changeAddress } = useModelAddress();
  const change = useChangeModel(model.name);
  return (
    <Stack gap="md">
      <Heading model={model} />
      <Said model={model} change={change} />
      <section aria-labelledby="versions">
        <Title order={2} size="h4" id="versions" mb="xs">
          Versions
        </Title>
        {change.refusal !== undefined && (
          <Alert
            color="red"
            title="It was refused"
            role="alert"
            mb="sm"
            withCloseButton
            closeButtonLabel="Close"
            onClose={change.forgetRefusal}
            style={{ overflowWrap: "anywhere" }}
          >
            {change.refusal}
          </Alert>
        )}
        {model.total === 0 ? (
          <Text size="sm" c="dimmed">
            It has no version yet.
          </Text>
        ) : (
          <VersionsTable model={model} change={change} />
        )}
        <PageButtons
          offset={model.offset}
          pageSize={pageSize}
          total={model.total}
          onChange={(next) => changeAddress({ offset: String(next), version: undefined })}
        />
      </section>
    </Stack>
  );
}

function Heading({ model }: { model: Model }) {
  return (
    <div>
      <Breadcrumbs>
        <PageLink to="/models" size="sm">
          Models
        </PageLink>
      </Breadcrumbs>
      <Group gap={6} align="center">
        <Title order={1} size="h3" style={{ overflowWrap: "anywhere" }}>
          {model.name}
        </Title>
        <CopyText text={model.name} what="the model's name" />
        {model.aliases.map(({ alias, version }) => (
          <PageLink
            key={alias}
            to="/models/$model"
            params={{ model: model.name }}
            search={{ version: String(version) }}
            underline="never"
          >
            <AliasBadge alias={alias} version={version} />
          </PageLink>
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        {showCounted(model.total, "version")} · registered {showTime(model.created_at)} · changed{" "}
        {showTime(model.updated_at)}
      </Text>
    </div>
  );
}

function Said({ model, change }: { model: Model; change: ChangeOfModel }) {
  return (
    <Paper component="section" withBorder p="md" aria-label="About the model">
      <Stack gap="sm">
        <MarkdownField
          label="Description"
          text={model.description}
          id={`model-${model.name}`}
          onSave={(description) => change.change({ description })}
        />
        <PairTags label="Tags" tags={model.tags} onChange={(tags) => void change.change(tags)} />
        <ChampionGate
          gated={model.gated_aliases}
          isWriting={change.isWriting}
          onGate={(aliases) => void change.change({ gated_aliases: [...aliases] })}
        />
      </Stack>
    </Paper>
  );
}
