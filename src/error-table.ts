/**
 * An error, as every part of the program knows it. `meaning` and `wayOut` are Markdown, for docs/errors.md.
 */
interface ErrorRow {
  /** 2 where the command was called wrongly; null where no command ends with this error. */
  exitStatus: 1 | 2 | null;
  httpStatus: 400 | 403 | 404 | 405 | 422 | 500 | 503;
  /** The exception of python/ml_tracking/_errors.py. */
  pythonClass: "TrackingError" | "InvalidValue" | "InvalidType" | "StoreError";
  meaning: string;
  wayOut: string;
}

/**
 * Every error code. The exit status, the HTTP status, the Python exception and docs/errors.md follow from its
 * row: after a change, `node scripts/error-table.js` writes the two files that are made from it.
 */
export const errorTable = {
  MISSING_ARGUMENT: {
    exitStatus: 2,
    httpStatus: 400,
    pythonClass: "InvalidType",
    meaning: "an argument that is needed was not given",
    wayOut: "give it",
  },
  INVALID_ARGUMENT: {
    exitStatus: 2,
    httpStatus: 400,
    pythonClass: "InvalidValue",
    meaning: "an argument has a value that it cannot have, or is unknown",
    wayOut: "the message says what it may be",
  },
  PARAMETER_CHANGED: {
    exitStatus: 1,
    httpStatus: 400,
    pythonClass: "InvalidValue",
    meaning: "a parameter of a run was given before, with another value",
    wayOut: "start another run, or log what changes as a metric",
  },
  LENGTH_MISMATCH: {
    exitStatus: 1,
    httpStatus: 400,
    pythonClass: "InvalidValue",
    meaning: "y_true, y_pred or y_score describe different numbers of samples",
    wayOut: "give the same samples, in the same order",
  },
  INVALID_PROJECT_NAME: {
    exitStatus: 2,
    httpStatus: 400,
    pythonClass: "InvalidValue",
    meaning: "nothing usable is left of the project's name, or a folder cannot have it on every system",
    wayOut: "choose another name",
  },
  INVALID_LABELS: {
    exitStatus: 1,
    httpStatus: 400,
    pythonClass: "InvalidValue",
    meaning:
      "a class label is missing, a fraction, or of another kind than the others; or `labels` and the data disagree",
    wayOut: "mend the value at the position named",
  },
  INVALID_SCORES: {
    exitStatus: 1,
    httpStatus: 400,
    pythonClass: "InvalidValue",
    meaning:
      "y_score is not made of probabilities, has another number of columns than there are classes, or `labels`, its columns' names and the model disagree which class a column is of",
    wayOut:
      "pass `predict_proba`'s output; name all classes as `labels`; [scores.md](scores.md) has the rule",
  },
  INVALID_MODEL: {
    exitStatus: 2,
    httpStatus: 400,
    pythonClass: "InvalidType",
    meaning: "the model is text, a class, a list or otherwise says nothing of how it was configured",
    wayOut: "pass the model object, or `{ name, parameters }`",
  },
  UNKNOWN_PROJECT: {
    exitStatus: 1,
    httpStatus: 404,
    pythonClass: "InvalidValue",
    meaning: "the store has no such project",
    wayOut: "the message names those that it has",
  },
  UNKNOWN_RUN: {
    exitStatus: 1,
    httpStatus: 404,
    pythonClass: "InvalidValue",
    meaning: "there is no run of that id",
    wayOut: "list the ids of a project's runs with `ml-tracking runs PROJECT`",
  },
  UNKNOWN_EXPERIMENT: {
    exitStatus: 1,
    httpStatus: 404,
    pythonClass: "InvalidValue",
    meaning: "the store has no experiment of that prediction id",
    wayOut: "`ml-tracking experiments PROJECT` lists the ids",
  },
  INVALID_STORE: {
    exitStatus: 2,
    httpStatus: 400,
    pythonClass: "InvalidValue",
    meaning: "the store's address is neither a folder's path nor a bucket's address",
    wayOut: "give the path of a folder, `gs://BUCKET/PREFIX` or `s3://BUCKET/PREFIX`",
  },
  STORE_NOT_READABLE: {
    exitStatus: 1,
    httpStatus: 503,
    pythonClass: "StoreError",
    meaning: "a file of the store cannot be read, or a path leads out of the store",
    wayOut: "see the cause: permissions, a disk that is gone, a symbolic link",
  },
  STORE_NOT_WRITABLE: {
    exitStatus: 1,
    httpStatus: 503,
    pythonClass: "StoreError",
    meaning: "the store cannot take it: disk full, no permission, file size limit",
    wayOut:
      "mend that. `logExperiment` throws it with `strict` only, or when the [spool](spool.md) cannot take the experiment either: then log it again",
  },
  STORE_NOT_SAFE: {
    exitStatus: 1,
    httpStatus: 503,
    pythonClass: "InvalidValue",
    meaning:
      "the server of a bucket ignores the conditions of writes, so that writers would overwrite each other's rows",
    wayOut: "use a server that honours them, see [stores.md](stores.md), or a folder",
  },
  LIBRARY_NOT_INSTALLED: {
    exitStatus: 1,
    httpStatus: 503,
    pythonClass: "InvalidValue",
    meaning: "a store in a bucket needs its cloud's package, the dashboard DuckDB's",
    wayOut: "install what the message names",
  },
  INVALID_PREDICTIONS_FILE: {
    exitStatus: 1,
    httpStatus: 400,
    pythonClass: "InvalidValue",
    meaning: "the file given to `ml-tracking log` cannot be read, or lacks a column or a value",
    wayOut: "the message names the column and line",
  },
  PREDICTIONS_NOT_READABLE: {
    exitStatus: 1,
    httpStatus: 422,
    pythonClass: "StoreError",
    meaning: "the predictions of an experiment are missing or damaged",
    wayOut: "bring the file back from a backup; its row is intact",
  },
  FORBIDDEN: {
    exitStatus: null,
    httpStatus: 403,
    pythonClass: "TrackingError",
    meaning:
      "the dashboard refused a request: another host or site, without the token, or a write with `--read-only`",
    wayOut: "open the address that it printed; leave `--read-only` out",
  },
  NOT_FOUND: {
    exitStatus: null,
    httpStatus: 404,
    pythonClass: "TrackingError",
    meaning: "the dashboard has nothing at this address",
    wayOut: "`/api/openapi.json` lists the API",
  },
  METHOD_NOT_ALLOWED: {
    exitStatus: null,
    httpStatus: 405,
    pythonClass: "TrackingError",
    meaning: "the dashboard only reads at this address",
    wayOut: "use GET; `/api/openapi.json` lists what takes a POST",
  },
  BUSY: {
    exitStatus: null,
    httpStatus: 503,
    pythonClass: "TrackingError",
    meaning: "the dashboard does as much at this time as it does at once: exports, or comparisons that wait",
    wayOut: "try again after the seconds of `Retry-After`",
  },
  INTERNAL_ERROR: {
    exitStatus: 1,
    httpStatus: 500,
    pythonClass: "TrackingError",
    meaning:
      "a defect: of the dashboard's server, whose standard error says more, or of the random source that ids come from",
    wayOut: "report it",
  },
  INVALID_FILTER: {
    exitStatus: 1,
    httpStatus: 400,
    pythonClass: "InvalidValue",
    meaning: "a filter of the dashboard is not understood; the API's `details` has the position",
    wayOut: 'see [dashboard.md](dashboard.md), "The filter language"',
  },
  UNKNOWN_COLUMN: {
    exitStatus: null,
    httpStatus: 400,
    pythonClass: "InvalidValue",
    meaning: "the dashboard was asked for a column that no experiment of the project has",
    wayOut: "the message suggests the nearest name",
  },
  CATALOG_NOT_USABLE: {
    exitStatus: 1,
    httpStatus: 503,
    pythonClass: "InvalidValue",
    meaning: "the dashboard's index can be kept nowhere, or was closed",
    wayOut: "free some space, or name another folder in `ML_TRACKING_CACHE`",
  },
  NOT_COMPARABLE: {
    exitStatus: 1,
    httpStatus: 400,
    pythonClass: "InvalidValue",
    meaning:
      "two experiments have no samples that can be paired: other test sets, a sample id twice, other true values, other kinds; or a score is about different positive classes",
    wayOut: "the message says which and what to do; [compare.md](compare.md)",
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;

/** Whether a text is the code of an error. */
export function isErrorCode(text: string | undefined): text is ErrorCode {
  return text !== undefined && Object.hasOwn(errorTable, text);
}
