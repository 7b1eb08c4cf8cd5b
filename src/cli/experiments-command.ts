import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { nearest } from "../experiment/nearest.js";
import { recordJson } from "../experiment/record-json.js";
import { readExperiments } from "../read-experiments.js";
import { findScore, scoreRegistry } from "../scores/registry.js";
import { openStore } from "../store/open-store.js";
import { TrackingError } from "../tracking-error.js";
import { problemsHint } from "./projects-command.js";
import { scoringTable } from "./scoring-table.js";
import { spoolHint } from "./spool-hint.js";
import type { Terminal } from "./terminal.js";
import { wholeNumber } from "./whole-number.js";

export interface ExperimentsOptions {
  store?: string;
  json?: boolean;
  sort?: string;
  limit?: string;
}

export async function experimentsCommand(
  project: string,
  options: ExperimentsOptions,
  terminal: Terminal,
): Promise<void> {
  const order = orderBy(options.sort ?? "logged_at");
  const limit =
    options.limit === undefined || options.limit === "all"
      ? undefined
      : wholeNumber(options.limit, "--limit");
  await spoolHint(openStore(options.store).address, terminal);
  const { project: name, experiments, problems } = await readExperiments(project, options);
  experiments.sort(order);
  if (options.json) {
    const shown = limit === undefined ? experiments : experiments.slice(0, limit);
    await terminal.out(
      `${JSON.stringify({ project: name, total: experiments.length, experiments: shown.map(recordJson), problems })}\n`,
    );
    return;
  }
  const shown = options.limit === "all" ? experiments : experiments.slice(0, limit ?? 50);
  await terminal.out(
    scoringTable(shown, terminal.width, options.sort === undefined ? {} : { sort: options.sort }),
  );
  if (shown.length < experiments.length) {
    terminal.talk(`${shown.length} of ${experiments.length} experiments; --limit all shows every one`);
  }
  const testSets = new Set(shown.map(({ testSetDigest }) => testSetDigest)).size;
  if (testSets > 1) {
    terminal.talk(
      `scores on ${testSets} different test sets are not comparable; the column "test set" tells them apart`,
    );
  }
  if (problems.length > 0) terminal.talk(problemsHint(name, problems.length));
}

type Order = (a: ExperimentRecord, b: ExperimentRecord) => number;

/** Scores: best first, blank last. Text: alphabetical. Time: latest first. */
function orderBy(column: string): Order {
  const score = findScore(column);
  if (score) {
    const badness = ({ scores }: ExperimentRecord) => {
      const value = scores[score.name];
      if (value === undefined) return Infinity;
      if (score.direction === "zero") return Math.abs(value);
      return score.direction === "lower" ? value : -value;
    };
    return (a, b) => compare(badness(a), badness(b));
  }
  switch (column) {
    case "logged_at":
      return (a, b) => compare(b.loggedAt.getTime(), a.loggedAt.getTime());
    case "name":
      return (a, b) => compare(a.name ?? "\uffff", b.name ?? "\uffff");
    case "model":
      return (a, b) => compare(a.model, b.model);
    default: {
      const names = ["logged_at", "name", "model", ...scoreRegistry.map(({ name }) => name)];
      const guess = nearest(column, names);
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `--sort is ${JSON.stringify(column)}; ${guess ? `did you mean ${guess}?` : "give a score's name, logged_at, name or model"}`,
      );
    }
  }
}

function compare<T>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
