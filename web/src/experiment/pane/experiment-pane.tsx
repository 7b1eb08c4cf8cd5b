import { ActionIcon, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";

import { experimentQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { CopyText } from "../../components/copy-text.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageButton } from "../../components/page-link.js";
import { showTime } from "../../components/show-cell.js";
import type { ExperimentSearch } from "../../search.js";
import { ExperimentAddressProvider } from "../address.js";
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
}

/** One experiment beside a table: how good it is, and at once how it fails. */
export function ExperimentPane({ id, chosenAs, onClose, ...props }: ExperimentPaneProps) {
  const { data, error } = useQuery(experimentQuery(id));
  return (
    <Stack gap="sm" px="sm" pb="md">
      <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
        <div style={{ minWidth: 0 }}>
          {chosenAs && (
            <Text size="xs" c="dimmed">
              {chosenAs}
            </Text>
          )}
          <Group gap={4} wrap="nowrap">
            <Title order={2} size="h5" style={{ overflowWrap: "anywhere" }}>
              {data?.title ?? id}
            </Title>
            <CopyText text={id} what="the prediction id" />
          </Group>
          {data && (
            <Text size="xs" c="dimmed">
              {data.model_in_short} · {showTime(data.logged_at)}
              {data.user && ` · ${data.user}`}
            </Text>
          )}
        </div>
        <Group gap={4} wrap="nowrap">
          <PageButton to="/experiments/$id" params={{ id }} size="compact-xs" variant="light">
            Whole page
          </PageButton>
          <ActionIcon variant="subtle" color="gray" size="sm" onClick={onClose} aria-label="Close the pane">
            ×
          </ActionIcon>
        </Group>
      </Group>
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
}: Omit<ExperimentPaneProps, "id" | "chosenAs" | "onClose"> & { experiment: Experiment }) {
  const navigate = useNavigate();
  const id = experiment.prediction_id;
  const address = useMemo(
    () => ({
      search: { cells },
      // How the plot is drawn stays here; which samples it stands for is seen on the experiment's page.
      change: (changes: ExperimentSearch) => {
        if ("cells" in changes) onCells(changes.cells);
        else void navigate({ to: "/experiments/$id", params: { id }, search: changes });
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
      <PaneScores experiment={experiment} />
    </>
  );
}
