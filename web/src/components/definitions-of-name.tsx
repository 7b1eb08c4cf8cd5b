import { Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { definitionsQuery } from "../api/queries.js";
import type { FoundDefinition } from "../api/types.js";
import { Dialog } from "./dialog.js";
import { ErrorBox } from "./error-box.js";

export interface DefinitionsOfNameProps {
  /** Of a score of every project. */
  name: string;
  title: string;
  onClose: () => void;
}

const most = 200;

/** What other programs compute under a score's name, and where that differs from ours. */
export function DefinitionsOfName({ name, title, onClose }: DefinitionsOfNameProps) {
  const { data, error } = useQuery(definitionsQuery({ score: name, limit: most }));
  const differing = data?.definitions.filter(({ difference }) => difference !== "no") ?? [];
  const same = data?.definitions.filter(({ difference }) => difference === "no") ?? [];
  return (
    <Dialog title={`${title}: other programs' numbers of this name`} size="lg" onClose={onClose}>
      {error && <ErrorBox error={error} />}
      {!data && !error && <Loader size="xs" aria-label="Comparing definitions" />}
      {data && (
        <Stack gap="sm">
          {data.total === 0 && <Text size="sm">No other definition of this name is known.</Text>}
          {same.length > 0 && (
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              The same number as ours: {same.map(({ library, call }) => `${library} ${call}`).join("; ")}.
            </Text>
          )}
          {differing.length > 0 && (
            <Text size="xs" c="dimmed">
              Below: the smallest sample that was found on which each differs; y is y_true, p is y_pred, s is
              y_score of the positive class, or of each class in turn.
            </Text>
          )}
          {differing.map((definition) => (
            <Differing key={definition.id} definition={definition} />
          ))}
        </Stack>
      )}
    </Dialog>
  );
}

function Differing({ definition }: { definition: FoundDefinition }) {
  const { id, library, version, call, formula, difference } = definition;
  return (
    <div style={{ overflowWrap: "anywhere" }}>
      <Text size="sm" title={id}>
        <b>{library}</b> {version}{" "}
        <Text span size="sm" ff="monospace">
          {call}
        </Text>
      </Text>
      <Text size="sm">{formula}</Text>
      <Text size="xs" c="dimmed">
        {difference}
      </Text>
    </div>
  );
}
