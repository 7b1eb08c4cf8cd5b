import { MarkdownField } from "./markdown-field.js";
import { useAnnotate } from "./use-annotate.js";

/** The note of an experiment: shown, and written in Markdown. */
export function NoteEditor({ id, note }: { id: string; note: string | null }) {
  const annotate = useAnnotate();
  return (
    <MarkdownField label="Note" text={note ?? ""} id={id} onSave={(text) => annotate([id], { note: text })} />
  );
}
