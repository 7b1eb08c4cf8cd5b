import type { AddedScoreAnswer, AddedValueAnswer } from "../../annotations/annotation-schema.js";
import {
  addedScores,
  addedScoreValues,
  addScore,
  type ExperimentValues,
  removeScore,
} from "../../jobs/added-scores.js";
import { shortNumber } from "../../scores/short-number.js";
import { TrackingError } from "../../tracking-error.js";
import type { StoreFlags } from "../define-command.js";
import { withProgress } from "../progress.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";
import { wholeNumber } from "../whole-number.js";

export interface ScoresFlags extends StoreFlags {
  add?: string;
  definition?: string;
  expression?: string;
  kind?: "classification" | "regression";
  direction?: "higher" | "lower" | "zero";
  remove?: string;
  limit?: string;
}

const usualLimit = 50;

export async function scoresCommand(
  project: string,
  options: ScoresFlags,
  terminal: Terminal,
): Promise<void> {
  checkFlags(options);
  const place = options.store === undefined ? {} : { store: options.store };
  if (options.remove !== undefined) {
    const left = await removeScore(project, options.remove, place);
    await terminal.out(
      options.json
        ? `${JSON.stringify({ project, added_scores: left })}\n`
        : `${options.remove} is no score of ${project} any more\n`,
    );
    return;
  }
  if (options.add !== undefined) {
    const { definition, expression, kind, direction } = options;
    const added = await addScore(
      project,
      { name: options.add, definition, expression, kind, direction },
      place,
    );
    await terminal.out(options.json ? `${JSON.stringify(added)}\n` : `${addedText(project, added)}\n`);
    return;
  }
  const limit = limitOf(options);
  const scores = await addedScores(project, place);
  const values = await withProgress("computing added scores", terminal, (onProgress) =>
    addedScoreValues(project, { ...place, onProgress }),
  );
  const shown = values.slice(0, limit);
  if (options.json) {
    await terminal.out(`${JSON.stringify({ project, added_scores: scores, experiments: shown })}\n`);
    return;
  }
  if (scores.length === 0) {
    terminal.talk(
      `${project} has no scores beside those of every project; add one with "ml-tracking scores ${project} --add NAME --definition ID"`,
    );
    return;
  }
  await terminal.out(`${scoresTable(scores)}\n${valuesTable(scores, shown)}`);
  if (shown.length < values.length) {
    terminal.talk(`${shown.length} of ${values.length} experiments; --limit all shows every one`);
  }
}

function checkFlags({ add, remove, definition, expression, kind, direction }: ScoresFlags): void {
  if (add !== undefined && remove !== undefined) {
    throw new TrackingError("INVALID_ARGUMENT", "both --add and --remove are given; give one of them");
  }
  const [given] = Object.entries({ definition, expression, kind, direction }).find(
    ([, value]) => value !== undefined,
  ) ?? [undefined];
  if (add === undefined && given !== undefined) {
    throw new TrackingError(
      "MISSING_ARGUMENT",
      `missing argument: --add; --${given} is of a score that is added: say what it is called`,
    );
  }
}

function limitOf({ limit, json }: ScoresFlags): number {
  if (limit === "all" || (limit === undefined && json)) return Number.POSITIVE_INFINITY;
  return limit === undefined ? usualLimit : wholeNumber(limit, "--limit");
}

function addedText(
  project: string,
  { score, prediction_id: id, title, value, why }: AddedValueAnswer,
): string {
  const added = `${score.name} is a score of ${project} now`;
  if (value !== null) return `${added}: ${shortNumber(value)} for the newest experiment, ${title} (${id})`;
  return id === null
    ? `${added}; it has no value yet: ${why}`
    : `${added}, but it has no value for the newest experiment, ${title} (${id}): ${why}`;
}

function scoresTable(scores: readonly AddedScoreAnswer[]): string {
  return textTable(
    ["score", "of a", "better", "is", "added by"].map((title) => ({ title })),
    scores.map(({ name, kind, direction, definition, expression, author }) => [
      name,
      kind,
      direction === "zero" ? "nearer to 0" : direction,
      definition ?? expression ?? "",
      author,
    ]),
  );
}

function valuesTable(scores: readonly AddedScoreAnswer[], experiments: readonly ExperimentValues[]): string {
  return textTable(
    [
      { title: "prediction id" },
      { title: "name" },
      ...scores.map(({ name }) => ({ title: name, align: "right" as const })),
    ],
    experiments.map(({ prediction_id: id, title, values }) => [
      id,
      title,
      ...scores.map(({ name }) => shortNumber(values[name] ?? undefined)),
    ]),
  );
}
