import { TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { tagsQuery } from "../../api/queries.js";
import { useAnnotate } from "./use-annotate.js";

export interface TagEditorProps {
  project: string;
  id: string;
  tags: readonly string[];
}

/** The tags of an experiment: typed, or chosen of those that the project has. */
export function TagEditor({ project, id, tags }: TagEditorProps) {
  const annotate = useAnnotate();
  const { data = [] } = useQuery(tagsQuery(project));
  const change = (next: readonly string[]) => {
    const added = next.filter((tag) => !tags.includes(tag));
    const removed = tags.filter((tag) => !next.includes(tag));
    void annotate([id], { add_tags: added, remove_tags: removed });
  };
  return (
    <TagsInput
      size="xs"
      label="Tags"
      placeholder={tags.length === 0 ? "Add a tag" : ""}
      data={data.map(({ tag }) => tag)}
      value={[...tags]}
      onChange={change}
    />
  );
}
