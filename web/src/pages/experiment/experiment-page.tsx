import { Box, Breadcrumbs, Container, Group, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { experimentQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { EditableTitle } from "../../components/annotations/editable-title.js";
import { MoreMenu } from "../../components/annotations/more-menu.js";
import { NoteEditor } from "../../components/annotations/note-editor.js";
import { StarButton } from "../../components/annotations/star-button.js";
import { TagEditor } from "../../components/annotations/tag-editor.js";
import { CopyText } from "../../components/copy-text.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageLink } from "../../components/page-link.js";
import { ExperimentAddressProvider } from "../../experiment/address.js";
import { ExperimentParts } from "../../experiment/experiment-parts.js";
import { LoggedBy } from "../../experiment/logged-by.js";
import { IdPicker } from "../../experiment/pane/id-picker.js";
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
  const navigate = useNavigate();
  const { prediction_id: id, project } = experiment;
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
          <Group gap={4} wrap="nowrap">
            <EditableTitle order={1} size="h3" id={id} title={experiment.title} name={experiment.name} />
            <StarButton id={id} isStarred={experiment.starred} />
            <CopyText text={id} what="the prediction id" />
            <MoreMenu
              id={id}
              title={experiment.title}
              isArchived={experiment.archived}
              onDeleted={() => void navigate({ to: "/projects/$project", params: { project } })}
            />
          </Group>
          <LoggedBy experiment={experiment} size="sm" />
        </div>
        <Box w={{ base: "100%", sm: 360 }}>
          <IdPicker
            project={project}
            id={id}
            label={experiment.title}
            onChoose={(chosen) => void navigate({ to: "/experiments/$id", params: { id: chosen } })}
          />
        </Box>
      </Group>
      <Stack gap="xs" maw={720}>
        <TagEditor project={project} id={id} tags={experiment.tags} />
        <NoteEditor id={id} note={experiment.note} />
      </Stack>
      <ExperimentParts experiment={experiment} />
    </Stack>
  );
}
