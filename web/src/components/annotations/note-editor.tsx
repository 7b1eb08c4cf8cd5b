import { Anchor, Button, Group, Skeleton, Stack, Text, Textarea } from "@mantine/core";
import { useSessionStorage } from "@mantine/hooks";
import { lazy, Suspense } from "react";

import { useAnnotate } from "./use-annotate.js";

const Markdown = lazy(() => import("./markdown.js"));

/** The note of an experiment: shown, and written in Markdown. */
export function NoteEditor({ id, note }: { id: string; note: string | null }) {
  const annotate = useAnnotate();
  // What is written is kept until it is saved or cancelled, wherever the reader goes meanwhile.
  const [text, setText, forget] = useSessionStorage<string | undefined>({
    key: `ml-tracking-note-${id}`,
    defaultValue: undefined,
  });
  if (text !== undefined) {
    const save = async () => {
      if (await annotate([id], { note: text.trim() })) forget();
    };
    return (
      <Stack gap={6}>
        <Textarea
          label="Note"
          description="Markdown"
          autosize
          minRows={3}
          maxRows={16}
          autoFocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
            if (event.key === "Escape") forget();
          }}
        />
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => void save()}>
            Save the note
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => forget()}>
            Cancel
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <div>
      <Group gap="xs">
        <Text size="xs" fw={500}>
          Note
        </Text>
        <Anchor component="button" type="button" size="xs" onClick={() => setText(note ?? "")}>
          {note === null ? "Write one" : "Edit the note"}
        </Anchor>
      </Group>
      {note !== null && (
        <Suspense fallback={<Skeleton height={20} />}>
          <Markdown text={note} />
        </Suspense>
      )}
    </div>
  );
}
