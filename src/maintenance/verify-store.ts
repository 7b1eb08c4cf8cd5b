import type { ReadOptions } from "../jobs/find-experiments.js";
import { openStore } from "../store/open-store.js";
import { keyList } from "../tracking-log/key-list.js";
import { checkAnnotations } from "./verify/annotations.js";
import { checkDocuments } from "./verify/documents.js";
import { checkExperiments } from "./verify/experiments.js";
import { type Finding, findings } from "./verify/findings.js";
import { checkIncomingFiles } from "./verify/incoming-files.js";
import { checkLogLines } from "./verify/log-lines.js";
import { checkOrphanedPredictions } from "./verify/orphaned-predictions.js";
import { checkProjectFolders } from "./verify/project-folders.js";
import { checkRuns } from "./verify/runs.js";
import type { Check, Known, VerifyJob } from "./verify/verify-job.js";

export type { Finding } from "./verify/findings.js";
export { findingKinds } from "./verify/findings.js";

export interface VerifyReport {
  /** Those that have experiments or runs. */
  projects: number;
  experiments: number;
  runs: number;
  /** The first 10,000; `onFinding` is told of all. */
  findings: Finding[];
  /** How many there are, and how many of them are not repaired. */
  found: number;
  open: number;
}

export interface VerifyOptions extends ReadOptions {
  /** Put right what can be: see `findingKinds` and docs/cli.md. */
  repair?: boolean;
  /** Whether to read every predictions file and check its digest, not just that it is there. Default true. */
  predictions?: boolean;
  /** Files younger than this may belong to a writer at work and are left alone. Default 3,600 s. */
  graceSeconds?: number;
  onProgress?: (done: number, total: number) => void;
  /** Told of each finding, once what can be mended is; what it returns is waited for. */
  onFinding?: (finding: Finding) => void | Promise<void>;
  now?: () => Date;
}

const hour = 3600;

/** Each needs what those before it learnt. */
const checks: readonly Check[] = [
  checkIncomingFiles,
  checkProjectFolders,
  checkLogLines,
  checkExperiments,
  checkOrphanedPredictions,
  checkAnnotations,
  checkRuns,
  checkDocuments,
];

/**
 * Checks a store: every line of every log, every predictions file, and what killed writers left. With
 * `repair`, torn lines, orphaned predictions and left-over files go to `quarantine/` or away, duplicate rows
 * are removed and rows left behind come back; nothing that could be somebody's record is deleted.
 * @throws TrackingError STORE_NOT_READABLE, STORE_NOT_WRITABLE
 */
export async function verifyStore(options: VerifyOptions = {}): Promise<VerifyReport> {
  const now = options.now ?? (() => new Date());
  const job: VerifyJob = {
    store: openStore(options.store, options.signal),
    signal: options.signal,
    repair: options.repair ?? false,
    readPredictions: options.predictions ?? true,
    now,
    oldEnough: (modified) => now().getTime() - modified.getTime() >= (options.graceSeconds ?? hour) * 1000,
    findings: findings(options.onFinding),
    onProgress: options.onProgress ?? (() => {}),
  };
  const none = keyList().sorted();
  const known: Known = {
    projects: [],
    logs: [],
    projectsOfRuns: [],
    runs: 0,
    idsInSeveralProjects: none,
    namedPredictions: none,
  };
  for (const check of checks) Object.assign(known, await check(job, known));
  const { kept, found, open } = job.findings;
  const experiments = known.logs.reduce((sum, log) => sum + log.experiments, 0);
  const projects = new Set([...known.projects, ...known.projectsOfRuns]).size;
  return { projects, experiments, runs: known.runs, findings: kept, found, open };
}
