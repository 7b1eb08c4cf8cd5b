import { experimentTitle } from "../../experiment/experiment-title.js";
import { leaderboard } from "../../jobs/leaderboard.js";
import type { Leaderboard, LeaderboardRow } from "../../judge/leaderboard/leaderboard-schema.js";

import { findScore } from "../../scores/registry.js";
import { shortNumber } from "../../scores/short-number.js";
import type { StoreFlags } from "../define-command.js";
import { numberFlag } from "../number-flag.js";
import { withProgress } from "../progress.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";
import { wholeNumber } from "../whole-number.js";

export interface LeaderboardFlags extends StoreFlags {
  score?: string;
  testSet?: string;
  filter?: string;
  margin?: string;
  group?: string;
  order?: string;
  limit: string;
  level: string;
  seed: string;
  shared?: boolean;
}

export async function leaderboardCommand(
  project: string,
  { json, margin, ...options }: LeaderboardFlags,
  terminal: Terminal,
): Promise<void> {
  const settings = {
    ...options,
    ...(margin === undefined ? {} : { margin: numberFlag(margin, "--margin") }),
    limit: wholeNumber(options.limit, "--limit", 1),
    level: numberFlag(options.level, "--level"),
    seed: wholeNumber(options.seed, "--seed"),
  };
  const board = await withProgress("reading the log into a catalog, once", terminal, (onCatalog) =>
    withProgress("judging experiments", terminal, (onProgress) =>
      leaderboard(project, { ...settings, onCatalog, onProgress }),
    ),
  );
  if (json) {
    await terminal.out(`${JSON.stringify(board)}\n`);
    return;
  }
  await terminal.out(boardText(board));
  if (board.tied.experiments > 0) terminal.talk(board.tied.summary);
  if (board.note) terminal.talk(board.note);
  if (board.rows.length < board.experiments) {
    terminal.talk(
      `the best ${board.rows.length} of ${board.experiments} experiments were judged; --limit judges more`,
    );
  }
}

function boardText(board: Leaderboard): string {
  const { score, direction, level, rows, margin, other_test_sets: others } = board;
  const levelOfPairs = rows.find(({ difference }) => difference !== null)?.difference?.level ?? level;
  const better = direction === "zero" ? "best at 0" : `${direction} is better`;
  const ofPositive = findScore(score)?.binaryOnly === true;
  const table = textTable(
    [
      { title: "rank" },
      { title: "prediction id" },
      { title: "name" },
      { title: "model" },
      { title: score, align: "right" },
      ...(ofPositive ? [{ title: "of" }] : []),
      { title: `between (${percentOf(level)} %)`, align: "right" },
      { title: "from the best", align: "right" },
      { title: `between (${percentOf(levelOfPairs)} %)`, align: "right" },
      { title: "p corrected", align: "right" },
      ...(margin === null ? [] : [{ title: `within ${shortNumber(margin)}` }]),
      { title: "verdict" },
    ],
    rows.map((row) => [
      rankText(row, rows),
      row.prediction_id,
      experimentTitle(row.name, row.prediction_id),
      row.model,
      shortNumber(row.value),
      ...(ofPositive ? [row.positive_label ?? ""] : []),
      betweenText(row.interval),
      shortNumber(row.difference?.difference),
      betweenText(row.difference),
      shortNumber(row.p_corrected),
      ...(margin === null ? [] : [row.margin?.conclusion ?? ""]),
      row.reason === null ? row.verdict : `${row.verdict}: ${row.reason}`,
    ]),
  );
  const apart = textTable(
    [
      { title: "other test set" },
      { title: "experiments", align: "right" },
      { title: "best", align: "right" },
      { title: "of" },
      { title: "apart because" },
    ],
    others
      .slice(0, 20)
      .map((other) => [
        other.test_set_digest.slice(0, 12),
        String(other.experiments),
        shortNumber(other.best.value),
        other.best.prediction_id,
        other.reason,
      ]),
  );
  const title = `${score} (${better}) on test set ${board.test_set_digest.slice(0, 12)}: ${board.experiments} ${board.experiments === 1 ? "experiment" : "experiments"}`;
  return `${title}\n\n${table}${others.length > 0 ? `\n${apart}` : ""}`;
}

function percentOf(level: number): number {
  return Number((level * 100).toPrecision(4));
}

function betweenText(of: { low: number | null; high: number | null } | null): string {
  if (!of || of.low === null || of.high === null) return "";
  return `${shortNumber(of.low)} to ${shortNumber(of.high)}`;
}

function rankText({ rank }: LeaderboardRow, rows: readonly LeaderboardRow[]): string {
  return rows.filter((row) => row.rank === rank).length > 1 ? `${rank} =` : String(rank);
}
