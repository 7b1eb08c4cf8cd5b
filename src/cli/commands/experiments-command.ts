import type { AnnotatedRecord } from "../../annotations/annotated-record.js";
import { readAnnotations } from "../../annotations/read-annotations.js";
import { nearest } from "../../experiment/nearest.js";
import { recordJson } from "../../experiment/record-json.js";
import { bestExperiments } from "../../jobs/best-experiments.js";
import { countRuns } from "../../jobs/count-runs.js";
import type { SortColumn } from "../../jobs/experiment-order.js";
import { findScore, scoreRegistry } from "../../scores/registry.js";
import { openStore } from "../../store/open-store.js";
import { TrackingError } from "../../tracking-error.js";
import { countText } from "../count-text.js";
import type { StoreFlags } from "../define-command.js";
import { withProgress } from "../progress.js";
import { scoringTable } from "../scoring-table.js";
import { spoolHint } from "../spool-hint.js";
import type { Terminal } from "../terminal.js";
import { wholeNumber } from "../whole-number.js";
import { problemsHint } from "./projects-command.js";

export interface ExperimentsFlags extends StoreFlags {
  sort?: string;
  limit?: string;
  archived?: boolean;
}

const usualLimit = 50;
const recordsAtOnce = 1000;

export async function experimentsCommand(
  project: string,
  options: ExperimentsFlags,
  terminal: Terminal,
): Promise<void> {
  const limit = limitOf(options);
  const sort = sortColumn(options.sort ?? "logged_at");
  await spoolHint(openStore(options.store).address, terminal);
  const place = options.store === undefined ? {} : { store: options.store };
  const found = await withProgress("computing added scores", terminal, (onProgress) =>
    bestExperiments(project, { ...place, sort, limit, archived: options.archived, onProgress }),
  );
  const { project: name, experiments: shown, total, problems, primaryScore, added } = found;
  if (!added) terminal.talk("its added scores are left out: they need DuckDB; npm install @duckdb/node-api");
  const withAdded = (record: AnnotatedRecord) =>
    added && added.names.length > 0
      ? { ...recordJson(record), added_scores: added.values.get(record.predictionId) ?? {} }
      : recordJson(record);
  if (options.json) {
    await terminal.out(`{"project":${JSON.stringify(name)},"total":${total},"experiments":[`);
    // In pieces: a million records are longer than any text can be.
    for (let at = 0; at < shown.length; at += recordsAtOnce) {
      const records = shown.slice(at, at + recordsAtOnce).map((record) => JSON.stringify(withAdded(record)));
      await terminal.out(`${at === 0 ? "" : ","}${records.join(",")}`);
    }
    const rest = { primary_score: primaryScore, problems };
    await terminal.out(`],${JSON.stringify(rest).slice(1)}\n`);
    return;
  }
  if (total === 0) {
    const runs = await runsOf(name, place.store);
    if (runs > 0) {
      terminal.talk(
        `${name} has ${countText(runs, "run")} and no experiments; list the runs with "ml-tracking runs ${name}"`,
      );
      return;
    }
  }
  // The score that it is sorted by stands first, else the primary one.
  const isScore = sort !== "best" && (findScore(sort) || sort.startsWith("added."));
  const first = isScore ? sort : primaryScore.score;
  await terminal.out(scoringTable(shown, terminal.width, { sort: first, ...(added ? { added } : {}) }));
  if (shown.length < total) {
    terminal.talk(`${shown.length} of ${total} experiments; --limit all shows every one`);
  }
  const testSets = new Set(shown.map(({ testSetDigest }) => testSetDigest)).size;
  if (testSets > 1) {
    terminal.talk(
      `scores on ${testSets} different test sets are not comparable; the column "test set" tells them apart`,
    );
  }
  if (problems.length > 0) terminal.talk(problemsHint(name, problems.length));
}

async function runsOf(project: string, address: string | undefined): Promise<number> {
  const store = openStore(address);
  return countRuns(store, project, await readAnnotations(store, project));
}

/** For a person the first 50, for a program every one. */
function limitOf({ limit, json }: ExperimentsFlags): number {
  if (limit === "all" || (limit === undefined && json)) return Number.POSITIVE_INFINITY;
  return limit === undefined ? usualLimit : wholeNumber(limit, "--limit");
}

function sortColumn(column: string): SortColumn | "best" | `added.${string}` {
  if (isOfAdded(column)) return column;
  const scores = scoreRegistry.map(({ name }) => name);
  const names: readonly (SortColumn | "best")[] = ["best", "logged_at", "name", "model", ...scores];
  const found = names.find((name) => name === column);
  if (found) return found;
  const guess = nearest(column, names);
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--sort is ${JSON.stringify(column)}; ${guess ? `did you mean ${guess}?` : "give best, a score's name, logged_at, name or model"}`,
  );
}

function isOfAdded(column: string): column is `added.${string}` {
  return column.startsWith("added.");
}
