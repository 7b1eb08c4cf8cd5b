import type { AddedScore } from "../added-scores/added-score.js";
import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import type { ProjectAnnotations } from "../annotations/fold-annotations.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { HistoryPlace } from "../history/history-folder.js";
import type { RunRecord } from "../run/run-record.js";
import type { ScoreName } from "../scores/registry.js";
import type { LogProblem } from "../tracking-log/read-log.js";
import type {
  BestCourse,
  CatalogProject,
  ColumnInfo,
  ColumnSummary,
  Completion,
  DistinctValue,
  ExperimentsPage,
  Groups,
  RunsPage,
} from "./catalog-schema.js";

/** What a course is of. */
export interface CourseQuery {
  kind: string;
  test_set_digest: string;
  score: ScoreName;
}

/** What can be asked of the experiments of a project, and likewise of its runs. */
export interface ProjectTable {
  /**
   * Every column of a project: fixed ones and scores in the order of the log, then parameters and other names
   * in JSON columns.
   * @throws TrackingError UNKNOWN_PROJECT
   */
  columns(project: string, options?: QueryOptions): Promise<ColumnSummary[]>;

  /** The columns in which the rows differ: two values, or a value here and none there. */
  differingColumns(project: string, query?: QueryOptions & { filter?: string }): Promise<ColumnInfo[]>;

  /**
   * Rows put together by equal values, with statistics of numeric columns; the largest groups first.
   */
  groups(project: string, query: GroupsQuery): Promise<Groups>;

  /** Values of a column with how often each occurs, the most frequent first. */
  distinctValues(project: string, column: string, query?: DistinctValuesQuery): Promise<DistinctValue[]>;

  /** What may stand at the cursor of a filter that is being typed. */
  completions(project: string, text: string, cursor: number, options?: QueryOptions): Promise<Completion[]>;

  /** Everything that a query selects, as CSV text in chunks; the first chunk starts with the header. */
  exportRows(project: string, query?: ExportQuery): AsyncGenerator<string, void, undefined>;
}

/**
 * The local index over a store: fast search, sorting and grouping over everything that was logged. It is a
 * cache of the tracking logs and holds nothing else: deleting it changes no answer. Queries answer from what
 * the last `refresh` saw.
 */
export interface Catalog extends ProjectTable {
  /** The store that it indexes. */
  readonly address: string;

  /**
   * Folds in what the tracking logs gained, lost or changed since the last time, and reads nothing else. One
   * refresh runs at a time; a call during one waits for the next, so that it always sees what was logged
   * before the call.
   * @throws TrackingError STORE_NOT_READABLE; what was read before stays there to be queried, and
   * `status().stale` says so
   */
  refresh(options?: RefreshOptions): Promise<RefreshReport>;

  /** Where the catalog stands, without touching the store. */
  status(): CatalogStatus;

  /** Every project that has experiments or runs, by name. */
  projects(options?: QueryOptions): Promise<CatalogProject[]>;

  /**
   * One page of a project's experiments.
   * @throws TrackingError UNKNOWN_PROJECT, INVALID_FILTER (a `FilterError` with its position),
   * INVALID_ARGUMENT for an unknown column, a bad limit or a cursor of another query
   */
  experiments(project: string, query?: TableQuery): Promise<ExperimentsPage>;

  /**
   * One experiment, with what was said of it.
   * @param options.project spares looking into every project
   * @throws TrackingError UNKNOWN_EXPERIMENT, also where it is in the trash
   */
  experiment(predictionId: string, options?: RecordOptions): Promise<AnnotatedRecord>;

  /**
   * These experiments in no order; one that is in two projects comes twice, one in none, or in the trash, is
   * left out.
   */
  records(predictionIds: readonly string[], options?: RecordOptions): Promise<AnnotatedRecord[]>;

  /**
   * How the best value of a score on one test set came about: at most 60 experiments, each better than all
   * before it.
   */
  bestCourse(project: string, query: CourseQuery, options?: QueryOptions): Promise<BestCourse>;

  /** What was said of a project and its experiments afterwards. @throws TrackingError UNKNOWN_PROJECT */
  annotations(project: string): Promise<ProjectAnnotations>;

  readonly runs: RunsTable;

  readonly added: AddedScores;

  /** Gives the file back. The catalog cannot be used afterwards. */
  close(): Promise<void>;
}

/**
 * The values of the scores that projects have beside those of every project. Somebody else computes them, from
 * the predictions; the catalog keeps them, until an experiment is gone or its score is computed otherwise.
 */
export interface AddedScores {
  /** How many experiments lack the value of each of a project's added scores, by the score's name. */
  missing(project: string, options?: QueryOptions): Promise<ReadonlyMap<string, number>>;

  /**
   * Experiments that lack values, the latest first, with the scores that each lacks.
   * @param query.except prediction ids to leave out
   */
  next(project: string, query: NextAddedQuery): Promise<MissingAdded[]>;

  /** Keeps values. One of a score that the project has no longer is passed over. */
  keep(project: string, values: readonly ComputedAdded[]): Promise<void>;
}

export interface NextAddedQuery extends QueryOptions {
  limit: number;
  except: readonly string[];
}

export interface MissingAdded {
  record: ExperimentRecord;
  scores: AddedScore[];
}

export interface ComputedAdded {
  predictionId: string;
  score: AddedScore;
  /** Null where there is none. */
  value: number | null;
}

/** The runs of a store: each as its newest row says, one that has not ended as its events say. */
export interface RunsTable extends ProjectTable {
  /**
   * One page of a project's runs.
   * @throws as `experiments`
   */
  page(project: string, query?: TableQuery): Promise<RunsPage>;

  /** Where the events of some runs lie, in the order of the ids; one that the project does not have is left out. */
  places(project: string, runIds: readonly string[], options?: QueryOptions): Promise<HistoryPlace[]>;

  /** Where the events of the runs of a page lie, in its order. */
  selected(project: string, query?: TableQuery): Promise<HistoryPlace[]>;

  /**
   * One run, with what belongs to it.
   * @param options.project spares looking into every project
   * @throws TrackingError UNKNOWN_RUN
   */
  run(runId: string, options?: QueryOptions & { project?: string | undefined }): Promise<CatalogRun>;

  /** The newest experiment of each of some runs, in any project; a run that no project has is left out. */
  evaluations(runIds: readonly string[], options?: QueryOptions): Promise<RunEvaluation[]>;
}

/** A run and the newest experiment that was logged in it. */
export interface RunEvaluation {
  runId: string;
  project: string;
  /** Undefined where the run is in the trash, but not its experiment. */
  title: string | undefined;
  predictionId: string | undefined;
}

export interface CatalogRun {
  run: RunRecord;
  /** Whether it is said to go on, and gave no sign of life for three heartbeats. */
  lostContact: boolean;
  /** When it last gave one; undefined where it has ended. */
  lastSeenAt: Date | undefined;
  /** Run ids, the earliest first. */
  children: string[];
  /** Prediction ids of what was logged in it, the earliest first. */
  experiments: string[];
}

export interface CatalogOptions {
  /** Where catalogs are kept; by default `ML_TRACKING_CACHE`, else the user's cache folder. */
  folder?: string;
  /** How much memory DuckDB may take, such as "2GB"; by default a quarter of the machine's, at most 4 GB. */
  memoryLimit?: string;
  /** By default every core, at most 8. */
  threads?: number;
  /**
   * So many bytes of new log are read at once, which take about three times as much memory; by default 256
   * MiB.
   */
  batchBytes?: number;
}

export interface QueryOptions {
  /** Ends a long query. */
  signal?: AbortSignal;
}

export interface RecordOptions extends QueryOptions {
  project?: string | undefined;
  /** Finds them in the trash, too. */
  inTrash?: boolean;
}

export interface RefreshOptions extends QueryOptions {
  /** Looks at the experiments of this project alone. */
  project?: string | undefined;
  /** Called while tracking logs are read. */
  onProgress?: (progress: RefreshProgress) => void;
}

export interface RefreshProgress {
  filesRead: number;
  filesToRead: number;
  bytesRead: number;
  bytesToRead: number;
}

export interface RefreshReport {
  /** Whether any answer may differ from before. */
  changed: boolean;
  /** Experiments that were not there before, less those that are gone. */
  addedExperiments: number;
  filesRead: number;
  filesRemoved: number;
  bytesRead: number;
  milliseconds: number;
  /** Lines that are no experiments and no runs, in all files; `ml-tracking verify --repair` puts them right. */
  problems: LogProblem[];
}

export interface CatalogStatus {
  address: string;
  /** Whether the last refresh failed, so that answers come from what was read before; `reason` says why. */
  stale: boolean;
  reason: string | undefined;
  /** When a refresh last succeeded; undefined before the first one ever. */
  refreshedAt: Date | undefined;
  experiments: number;
  runs: number;
  /** Lines that are no experiments and no runs. */
  problems: LogProblem[];
  /**
   * Where the index lies; undefined when it is in memory because every file of this store is in use by other
   * processes.
   */
  file: string | undefined;
  /** Grows with every change of what can be queried. */
  generation: number;
}

export interface SortKey {
  column: string;
  /** `best`: a score's best values first, by its own direction; of `mean_error` those nearest to 0. */
  direction?: "ascending" | "descending" | "best";
}

export interface TableQuery extends QueryOptions {
  filter?: string;
  /**
   * By default the latest first. Ties are broken by the id; a missing value comes last in both directions.
   */
  sort?: readonly SortKey[];
  /**
   * By default all fixed columns, scores that have a value, and parameters and other names in JSON columns, of
   * which the 200 that most rows have; `omitted_columns` counts the others.
   */
  columns?: readonly string[];
  /** 1 to 10,000; by default 100. */
  limit?: number;
  /** The `next` of the page before: the page after it, whatever was logged meanwhile. */
  cursor?: string;
  /** Rows to pass over; not together with a cursor. */
  offset?: number;
}

export interface ExportQuery extends QueryOptions {
  filter?: string;
  sort?: readonly SortKey[];
  /** By default every column that has a value. */
  columns?: readonly string[];
  /**
   * Puts an apostrophe before text that a spreadsheet would execute as a formula. Lossy, so only on demand.
   */
  forSpreadsheet?: boolean;
}

export interface GroupsQuery extends QueryOptions {
  /** The columns whose equal values make a group. */
  by: readonly string[];
  filter?: string;
  /** Numeric columns to describe in each group. */
  values?: readonly string[];
  /** 1 to 10,000; by default 1,000. */
  limit?: number;
}

export interface DistinctValuesQuery extends QueryOptions {
  filter?: string;
  /** Only values whose text starts so, whatever the case. */
  prefix?: string;
  /** 1 to 10,000; by default 100. */
  limit?: number;
}
