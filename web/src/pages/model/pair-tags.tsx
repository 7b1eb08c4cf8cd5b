import { TagsInput } from "@mantine/core";

import { changedTags, tagTexts } from "./tag-texts.js";

export interface PairTagsProps {
  label: string;
  tags: Readonly<Record<string, string>>;
  onChange: (changes: ReturnType<typeof changedTags>) => void;
}

/** Tags that have a value each, written as `name: value`. */
export function PairTags({ label, tags, onChange }: PairTagsProps) {
  const texts = tagTexts(tags);
  return (
    <TagsInput
      size="xs"
      label={label}
      placeholder={texts.length === 0 ? "Add one, as name: value" : ""}
      value={texts}
      splitChars={[]}
      onChange={(next) => onChange(changedTags(tags, next))}
    />
  );
}
