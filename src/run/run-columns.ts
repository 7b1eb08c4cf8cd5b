/** A column of the run log, and what it holds. */
export const runColumns = [
  {
    name: "run_id",
    meaning: "the run's id: 16 characters of lower-case Crockford base 32, the first a letter",
  },
  {
    name: "written_at",
    meaning: "when this row was written, UTC with milliseconds; of a run's rows the latest counts",
  },
  { name: "project", meaning: "the project's name" },
  { name: "name", meaning: "what the user calls the run" },
  { name: "status", meaning: "`running`, `finished`, `failed` or `killed`" },
  { name: "started_at", meaning: "when the run began, UTC with milliseconds" },
  { name: "ended_at", meaning: "when it ended; empty while it lasts" },
  { name: "parent_run_id", meaning: "the run that it is a child of" },
  { name: "error", meaning: "what ended a run that failed" },
  { name: "user", meaning: "the user of the operating system" },
  { name: "host", meaning: "the machine" },
  { name: "source", meaning: "the script" },
  { name: "git_commit", meaning: "the commit that the script's repository was at" },
  { name: "git_dirty", meaning: "`true` when tracked files differed from that commit" },
  { name: "parameters", meaning: "JSON: what the run was started with, each given once" },
  { name: "tags", meaning: "JSON: texts by name" },
  {
    name: "metrics",
    meaning:
      'JSON: the last value of each metric, without those of the system; `"NaN"`, `"Infinity"` and `"-Infinity"` are texts',
  },
  { name: "metric_steps", meaning: "JSON: the step of each of these values" },
  { name: "metric_times", meaning: "JSON: when each was logged, in milliseconds since 1970, UTC" },
  {
    name: "first_metrics",
    meaning: "JSON: the value of each metric's least step; empty while the run lasts",
  },
  { name: "min_metrics", meaning: "JSON: likewise the least finite number of each metric" },
  { name: "max_metrics", meaning: "JSON: likewise the greatest finite number of each metric" },
  {
    name: "inputs",
    meaning:
      "JSON: what was read: `datasets`, each with `name`, `digest` and perhaps `context`, and `models` by id",
  },
  { name: "outputs", meaning: "JSON: `models` that were made, each with `model_id` and `step`" },
  {
    name: "runtime",
    meaning:
      "JSON: language, versions, the command, and `heartbeat_seconds` where signs of life are expected seldom",
  },
  { name: "format", meaning: "version of this format: `1`" },
] as const;
