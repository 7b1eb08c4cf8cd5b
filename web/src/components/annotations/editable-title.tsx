import { ActionIcon, Group, TextInput, Title, type TitleProps, VisuallyHidden } from "@mantine/core";
import { useState } from "react";

import { useAnnotate } from "./use-annotate.js";

export interface EditableTitleProps extends Pick<TitleProps, "order" | "size"> {
  id: string;
  /** What the experiment is called, and the name that somebody gave it. */
  title: string;
  name: string | null;
}

/** What an experiment is called, and how it is renamed. */
export function EditableTitle({ id, title, name, ...look }: EditableTitleProps) {
  const annotate = useAnnotate();
  const [text, setText] = useState<string>();
  if (text === undefined) {
    return (
      <Group gap={2} wrap="nowrap">
        <Title {...look} style={{ overflowWrap: "anywhere" }}>
          {title}
        </Title>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label="Rename"
          onClick={() => setText(name ?? "")}
        >
          <svg
            width="14"
            height="14"
            viewBox="0 0 14 14"
            aria-hidden="true"
            fill="none"
            stroke="currentColor"
          >
            <path d="m2 12 .6-2.8L9.8 2l2.2 2.2-7.2 7.2z" />
          </svg>
        </ActionIcon>
      </Group>
    );
  }
  const save = async () => {
    const undo = { name: name ?? "" };
    const done = {
      text: text.trim() === "" ? "The name is as it was logged" : `Renamed to ${text.trim()}`,
      undo,
    };
    if (text.trim() === (name ?? "") || (await annotate([id], { name: text.trim() }, done)))
      setText(undefined);
  };
  return (
    <>
      <VisuallyHidden>
        <Title {...look}>{title}</Title>
      </VisuallyHidden>
      <TextInput
        size="xs"
        aria-label="Name"
        description="Enter saves; empty: the name that it was logged with"
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => setText(undefined)}
        onKeyDown={(event) => {
          if (event.key === "Enter") void save();
          if (event.key === "Escape") setText(undefined);
        }}
      />
    </>
  );
}
