import { ActionIcon, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";

import { experimentQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { EditableTitle } from "../../components/annotations/editable-title.js";
import { MoreMenu } from "../../components/annotations/more-menu.js";
import { NoteEditor } from "../../components/annotations/note-editor.js";
import { StarButton } from "../../components/annotations/star-button.js";
import { TagEditor } from "../../components/annotations/tag-editor.js";
import { CopyText } from "../../components/copy-text.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageButton } from "../../components/page-link.js";
import type { ExperimentSearch } from "../../search.js";
import { ExperimentAddressProvider } from "../address.js";
import { LoggedBy } from "../logged-by.js";
import { IdPicker } from "./id-picker.js";
import { PaneScores } from "./pane-scores.js";
import { PrimaryFigure } from "./primary-figure.js";

const PanePlot = lazy(() => import("./pane-plot.js"));

export interface ExperimentPaneProps {
  id: string;
  /** Why it is shown, where nobody chose it. */
  chosenAs: string | undefined;
  /** What the cells of the confusion matrix show, as the address has it. */
  cells: string | undefined;
  onCells: (cells: string | undefined) => void;
  onChoose: (id: string) => void;
  onClose: () => void;
  /** Told when it is in the trash, and when it is back from there. */
  onDeleted: () => void;
  onRestored: () => void;
}

/** One experiment beside a table: how good it is, and at once how it fails. */
export function ExperimentPane({ id, chosenAs, onClose, ...props }: ExperimentPaneProps) {
  const { data, error } = useQuery(experimentQuery(id));
  return (
    <Stack gap="sm" px="sm" pb="md">
      <div>
        <Group gap={4} wrap="nowrap">
          <Text size="xs" c="dimmed" truncate mr="auto">
            {chosenAs}
          </Text>
          {data && <StarButton id={id} isStarred={data.starred} />}
          <CopyText text={id} what="the prediction id" />
          {data && (
            <MoreMenu
              key={id}
              id={id}
              title={data.title}
              isArchived={data.archived}
              onDeleted={props.onDeleted}
              onRestored={props.onRestored}
            />
          )}
          <PageButton to="/experiments/$id" params={{ id }} size="compact-xs" variant="light" flex="none">
            Whole page
          </PageButton>
          <ActionIcon variant="subtle" color="gray" size="sm" onClick={onClose} aria-label="Close the pane">
            ×
          </ActionIcon>
        </Group>
        {data ? (
          <EditableTitle order={2} size="h5" id={id} title={data.title} name={data.name} key={id} />
        ) : (
          <Title order={2} size="h5">
            {id}
          </Title>
        )}
        {data && <LoggedBy experiment={data} size="xs" />}
      </div>
      {error && <ErrorBox error={error} />}
      {!data && !error && <Skeleton height={360} />}
      {data && <PaneContent key={id} experiment={data} {...props} />}
    </Stack>
  );
}

function PaneContent({
  experiment,
  cells,
  onCells,
  onChoose,
}: Omit<ExperimentPaneProps, "id" | "chosenAs" | "onClose" | "onDeleted" | "onRestored"> & {
  experiment: Experiment;
}) {
  const navigate = useNavigate();
  const id = experiment.prediction_id;
  const address = useMemo(
    () => ({
      search: { cells },
      // How the plot is drawn stays here; which samples it stands for is seen on the experiment's page.
      change: (changes: ExperimentSearch) => {
        if ("cells" in changes) onCells(changes.cells);
        else void navigate({ to: "/experiments/$id", params: { id }, search: changes, hash: "plots" });
      },
    }),
    [cells, id],
  );
  return (
    <>
      <IdPicker project={experiment.project} id={id} label={experiment.title} onChoose={onChoose} />
      <PrimaryFigure experiment={experiment} />
      <ExperimentAddressProvider value={address}>
        <Suspense fallback={<Skeleton height={300} />}>
          <PanePlot experiment={experiment} />
        </Suspense>
      </ExperimentAddressProvider>
      <TagEditor project={experiment.project} id={id} tags={experiment.tags} />
      <NoteEditor id={id} note={experiment.note} />
      <PaneScores experiment={experiment} />
    </>
  );
}
