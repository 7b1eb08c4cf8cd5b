export const findingKinds = {
  "torn-line": "a line of a log that is no row: a writer was killed, or the file was edited",
  "unreadable-row": "a row with a cell that does not hold what its column promises",
  "newer-format": "a row of a format that this version does not know all of",
  "duplicate-row": "one of two rows of the same prediction id",
  "id-in-two-projects": "a prediction id that experiments of two projects have",
  "stray-file": "a file in a project's folder that is no tracking log",
  "odd-folder": "a folder among the projects whose name no project can have",
  "missing-predictions": "a row whose predictions are not there",
  "unreadable-predictions": "a predictions file that cannot be read",
  "wrong-digest":
    "predictions that differ from what their row says: other ids, other true values, or another number",
  "orphaned-predictions": "a predictions file that no row names: its writer was killed before the row",
  "left-over-file": "a file that was being written, or removed, when its writer was killed",
  "row-left-behind": "a row that a killed repair had taken out of its log file",
  "torn-event": "a line of a run's events that is none: its writer was killed, or the file was edited",
  "unreadable-events": "a file of a run's events that cannot be read",
  "unfinished-purge": "an experiment that was purged, but for its row or what was said of it",
} as const;

export interface Finding {
  kind: keyof typeof findingKinds;
  project: string | undefined;
  path: string;
  /** Counts from 1, the header, where the finding is a line. */
  line?: number;
  message: string;
  repaired: boolean;
}

/** So many are in a report: a store of millions of rows may have as many findings. */
const mostKept = 10_000;

/** Takes findings as they come. */
export interface Findings {
  add(finding: Finding): Promise<void>;
  /** The first 10,000. */
  kept: Finding[];
  found: number;
  open: number;
}

/** @param tell called with each, and waited for */
export function findings(tell: ((finding: Finding) => void | Promise<void>) | undefined): Findings {
  const all: Findings = {
    kept: [],
    found: 0,
    open: 0,
    async add(finding) {
      all.found += 1;
      if (!finding.repaired) all.open += 1;
      if (all.kept.length < mostKept) all.kept.push(finding);
      await tell?.(finding);
    },
  };
  return all;
}
