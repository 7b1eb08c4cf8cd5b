export interface CopyProblem {
  kind: keyof typeof copyProblemKinds;
  /** Undefined for what is no project's. */
  project: string | undefined;
  predictionId: string | undefined;
  /** The file that it is about. */
  path: string;
  message: string;
}

export const copyProblemKinds = {
  conflict:
    "the other store has the experiment, but its row or its predictions differ: both stay as they are",
  "damaged-copy": "the other store gave back other bytes than it had been given: its row was not written",
  "missing-predictions": "the predictions are not in the store that was copied either: the row alone was",
  "unreadable-predictions":
    "the predictions cannot be read, in one store or the other: the row alone was copied; copy again when they can",
  "odd-folder": "a folder among the projects whose name no project can have: nothing in it was copied",
  "not-copied": "a line that is no row, or a row that names predictions outside of its project",
} as const;
