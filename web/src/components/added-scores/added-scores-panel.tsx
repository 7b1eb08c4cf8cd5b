import { ActionIcon, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { statusQuery } from "../../api/queries.js";
import type { AddedScore } from "../../api/types.js";
import { directionMark } from "../positive-class.js";
import { showCounted } from "../show-cell.js";
import { AddScore } from "./add-score.js";
import { useAddedScores, useChangeAddedScore } from "./use-added-scores.js";

/** The scores that a project has beside those of every project: listed, added, removed. */
export function AddedScoresPanel({ project }: { project: string }) {
  const scores = useAddedScores(project);
  const change = useChangeAddedScore(project);
  const { data: status } = useQuery(statusQuery());
  const [isAdding, setAdding] = useState(false);
  const mayWrite = status?.read_only === false;
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed">
        Columns beside the scores of every project, computed from the predictions, for everybody who looks at
        this project.
      </Text>
      {scores.length === 0 && <Text size="sm">None yet.</Text>}
      {scores.map((score) => (
        <Group key={score.name} gap="xs" wrap="nowrap" justify="space-between" align="flex-start">
          <ListedScore score={score} />
          {mayWrite && (
            <RemoveScore name={score.name} remove={() => change({ name: score.name, removed: true })} />
          )}
        </Group>
      ))}
      {mayWrite && !isAdding && (
        <Button size="compact-sm" variant="default" w="fit-content" onClick={() => setAdding(true)}>
          Add a score
        </Button>
      )}
      {mayWrite && isAdding && <AddScore project={project} onAdded={() => setAdding(false)} />}
    </Stack>
  );
}

/** Asks once: what is removed is gone for everybody. */
function RemoveScore({ name, remove }: { name: string; remove: () => Promise<boolean> }) {
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  if (!isAsked) {
    return (
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={`Remove the score ${name}`}
        onClick={() => setAsked(true)}
      >
        ×
      </ActionIcon>
    );
  }
  const removeIt = async () => {
    setBusy(true);
    if (await remove()) return; // the row is gone
    setBusy(false);
    setAsked(false);
  };
  return (
    <Stack gap={4} role="group" aria-label={`Remove ${name} for everybody?`}>
      <Text size="sm" ta="right" style={{ overflowWrap: "anywhere" }}>
        Remove {name} for everybody?
      </Text>
      <Group gap="xs" wrap="nowrap" justify="flex-end">
        <Button size="compact-xs" variant="default" autoFocus onClick={() => setAsked(false)}>
          Keep
        </Button>
        <Button size="compact-xs" color="red" loading={isBusy} onClick={() => void removeIt()}>
          Remove
        </Button>
      </Group>
    </Stack>
  );
}

function ListedScore({ score }: { score: AddedScore }) {
  const { name, kind, definition, expression, author, missing } = score;
  return (
    <div style={{ minWidth: 0, overflowWrap: "anywhere" }}>
      <Text size="sm" fw={500}>
        {name} {directionMark(score)}
      </Text>
      <Text size="xs" ff="monospace">
        {definition ?? expression}
      </Text>
      <Text size="xs" c="dimmed">
        {kind}
        {author && `, added by ${author}`}
        {missing > 0 && `, ${showCounted(missing, "experiment")} without a value yet`}
      </Text>
    </div>
  );
}
