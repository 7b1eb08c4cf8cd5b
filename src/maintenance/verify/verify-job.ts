import type { Store } from "../../store/store.js";
import type { SortedKeys } from "../../tracking-log/key-list.js";
import type { Findings } from "./findings.js";

/** What every check works with. */
export interface VerifyJob {
  store: Store;
  /** Ends the job, which then throws its reason. */
  signal: AbortSignal | undefined;
  repair: boolean;
  /** Whether to read predictions, not only to look whether they are there. */
  readPredictions: boolean;
  now: () => Date;
  /** False for what a writer at work may still need. */
  oldEnough: (modified: Date) => boolean;
  findings: Findings;
  onProgress: (done: number, total: number) => void;
}

/** What is known of a project's log once it was looked through. */
export interface VerifiedLog {
  project: string;
  /** How many experiments it has. */
  experiments: number;
  /** The ids that have more than one row. */
  repeated: SortedKeys;
}

/** What the checks before have learnt of the store. */
export interface Known {
  projects: readonly string[];
  logs: readonly VerifiedLog[];
  /** The projects that have runs, and how many runs there are. */
  projectsOfRuns: readonly string[];
  runs: number;
  /** Ids that stand in more than one project. */
  idsInSeveralProjects: SortedKeys;
  /** The paths of predictions that rows name. */
  namedPredictions: SortedKeys;
}

/** Looks for one kind of damage, mends it where asked, and returns what it learnt for the checks after it. */
export type Check = (job: VerifyJob, known: Known) => Promise<Partial<Known> | undefined>;
