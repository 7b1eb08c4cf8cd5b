/**
 * What can go wrong when a warehouse reads a store: the meaning of each kind, and what to do about it.
 */
export const warehouseFindings = {
  "not-in-google": {
    meaning: "BigQuery reads Google Cloud Storage alone, and the store is elsewhere",
    wayOut: 'copy it there with "ml-tracking copy STORE gs://BUCKET/PREFIX" and name that as --store',
  },
  "odd-object-name": {
    meaning: "a name that an address of BigQuery cannot have: two slashes in a row, `*` or a line break",
    wayOut: "rename or move the file; of a store's prefix, copy the store to another one",
  },
  "odd-folder": {
    meaning:
      "a folder among the projects whose name no project can have; its log files are read all the same",
    wayOut: "rename it or move it elsewhere",
  },
  "stray-file": {
    meaning: "a CSV file that is no log file of a project, and whose lines are read as rows",
    wayOut: "move it elsewhere",
  },
  "too-many-files": {
    meaning: "more than 10,000 files of one table: each query lists and opens them all",
    wayOut:
      'fold log files with "ml-tracking compact"; of predictions, load the table into one of BigQuery\'s own from time to time',
  },
  "too-large-file": {
    meaning: "a CSV file over 5 TB, the most that BigQuery reads; its lines were not looked at",
    wayOut: "divide it into smaller log files",
  },
  "former-format": {
    meaning: "a log file of format 1, whose columns stand elsewhere than those of format 2",
    wayOut: 'bring its project into format 2 with "ml-tracking compact"',
  },
  "other-header": {
    meaning: "a log file with other columns than this version writes, matched by their position",
    wayOut: "use the version that wrote it, or move the file elsewhere",
  },
  "torn-line": {
    meaning: "a line that is no row: a writer was killed, or the file was edited",
    wayOut: 'move it away with "ml-tracking verify --repair"',
  },
  "repeated-row": {
    meaning: "one more row of a prediction id, of which the views show one",
    wayOut:
      'remove it with "ml-tracking verify --repair"; of two projects, purge the one that should not have it',
  },
  "unreadable-cell": {
    meaning: "a cell that is no value of its column's type, so that its row is in no view but `problems`",
    wayOut: "correct it in the log file",
  },
  "untyped-predictions": {
    meaning: "predictions without their type in the name, which no table reads",
    wayOut: 'give them their name with "ml-tracking compact"',
  },
  "wrong-type": {
    meaning: "predictions that hold another type than their name says: every query of that table fails",
    wayOut: "bring the file back from a backup, or move it elsewhere",
  },
  "damaged-predictions": {
    meaning: "predictions that cannot be read: every query of that table fails",
    wayOut: "bring the file back from a backup, or move it elsewhere; its row is intact",
  },
  "orphaned-predictions": {
    meaning: "predictions that no row names, which the table reads all the same",
    wayOut: 'move them away with "ml-tracking verify --repair"',
  },
  "refused-column": {
    meaning: "predictions with a column that BigQuery refuses, and the file with it",
    wayOut: "log the experiment again, by which the column gets a safe name, and purge this one",
  },
} as const satisfies Record<string, { meaning: string; wayOut: string }>;

type WarehouseFindingKind = keyof typeof warehouseFindings;

export interface WarehouseFinding {
  kind: WarehouseFindingKind;
  /** In the store; empty where the finding is about all of it. */
  path: string;
  /** Counts from 1, the header, where the finding is a line. */
  line?: number;
  message: string;
  wayOut: string;
}
