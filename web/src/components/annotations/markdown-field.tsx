import { Anchor, Button, Group, Skeleton, Stack, Text, Textarea } from "@mantine/core";
import { useSessionStorage } from "@mantine/hooks";
import { lazy, Suspense } from "react";

const Markdown = lazy(() => import("./markdown.js"));

export interface MarkdownFieldProps {
  /** As it begins a line: Note, Description. */
  label: string;
  text: string;
  /** Of what it is, among all that is written. */
  id: string;
  /** @returns whether it was written, and the field is still on the page */
  onSave: (text: string) => Promise<boolean>;
}

/** A text in Markdown: shown, and written. */
export function MarkdownField({ label, text: saved, id, onSave }: MarkdownFieldProps) {
  // What is written is kept until it is saved or cancelled, wherever the reader goes meanwhile.
  const [text, setText, forget] = useSessionStorage<string | undefined>({
    key: `ml-tracking-note-${id}`,
    defaultValue: undefined,
  });
  if (text !== undefined) {
    const save = async () => {
      if (await onSave(text.trim())) forget();
    };
    return (
      <Stack gap={6}>
        <Textarea
          label={label}
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
            Save the {label.toLowerCase()}
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
          {label}
        </Text>
        <Anchor component="button" type="button" size="xs" onClick={() => setText(saved)}>
          {saved === "" ? "Write one" : `Edit the ${label.toLowerCase()}`}
        </Anchor>
      </Group>
      {saved !== "" && (
        <Suspense fallback={<Skeleton height={20} />}>
          <Markdown text={saved} />
        </Suspense>
      )}
    </div>
  );
}
