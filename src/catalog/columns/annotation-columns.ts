/** The name that an experiment has now, over the row `e`. */
export const currentName = "coalesce(e.a_name, e.c_name)";

/** True of the experiments that are not archived, over the row `e`. */
export const notArchived = "e.a_archived IS NOT TRUE";

/** A column of what was said of experiments: SQL over the row `e`. */
interface AnnotationColumn {
  name: string;
  type: "text" | "boolean";
  value: string;
  /** Of a column of lists: SQL for the list. */
  list?: string;
}

export const annotationColumns: readonly AnnotationColumn[] = [
  { name: "note", type: "text", value: "e.a_note" },
  {
    name: "tags",
    type: "text",
    value: "e.a_tags",
    list: `coalesce(from_json(e.a_tags, '["VARCHAR"]'), [])`,
  },
  { name: "starred", type: "boolean", value: "coalesce(e.a_starred, false)" },
  { name: "archived", type: "boolean", value: "coalesce(e.a_archived, false)" },
];
