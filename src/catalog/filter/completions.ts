/** One thing that may stand at the cursor. */
export interface Completion {
  kind: "column" | "operator" | "keyword" | "value";
  /** What to show. */
  label: string;
  /** What to put in place of `from..to` of the text. */
  insert: string;
  from: number;
  to: number;
}
