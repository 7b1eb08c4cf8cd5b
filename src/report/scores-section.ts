import type { AddedInterval, ScoreInterval } from "../judge/judge-schema.js";
import { findScore } from "../scores/registry.js";
import { shortNumber } from "../scores/short-number.js";
import type { ReportContent, ReportPart, ReportSection } from "./report-content.js";

/** Every score of both with its interval, the difference and its verdict; the score of the verdict first. */
export function scoresSection({ comparison, intervals, addedIntervals }: ReportContent): ReportSection {
  const { level, scores, score: main, added, nearer } = comparison;
  const percent = `${percentOf(level)} %`;
  const ordered = [...scores].sort((x, y) => Number(y.score === main) - Number(x.score === main));
  const limitsOf = [
    [...intervals[0], ...addedIntervals[0]],
    [...intervals[1], ...addedIntervals[1]],
  ] as const;
  const rows = [...ordered, ...added].map(({ score, a, b, difference, low, high, p, verdict, direction }) => [
    nameOf(score, comparison.b.positive_label),
    direction === "zero" ? "near 0" : direction,
    withInterval(a, limitsOf[0], score),
    withInterval(b, limitsOf[1], score),
    shortNumber(difference),
    between(low, high),
    shortNumber(p),
    verdict,
  ]);
  if (nearer) {
    const limits = between(nearer.low, nearer.high);
    const values = [nearer.a, nearer.b, nearer.difference].map(shortNumber);
    rows.push(["nearer more often", "higher", ...values, limits, shortNumber(nearer.p), nearer.verdict]);
  }
  const reasons = new Map<string, string[]>();
  for (const { score, reason } of [...ordered, ...added]) {
    if (reason !== null) reasons.set(reason, [...(reasons.get(reason) ?? []), score]);
  }
  const notes = [...reasons].map(([reason, of]) => `${of.join(", ")}: ${reason}.`);
  const atZero = [...ordered, ...added]
    .filter(({ direction }) => direction === "zero")
    .map(({ score }) => score);
  if (atZero.length > 0) notes.push(`Of ${atZero.join(", ")}, B - A is how much farther B is from 0.`);
  for (const { score, definition, expression } of added) {
    notes.push(`${score} is ${expression ?? definition}.`);
  }
  return {
    title: "Scores",
    parts: [
      {
        part: "table",
        columns: [
          { title: "Score" },
          { title: "Better" },
          { title: `A (${percent} interval)`, align: "right" },
          { title: `B (${percent} interval)`, align: "right" },
          { title: "B - A", align: "right" },
          { title: `Between (${percent})`, align: "right" },
          { title: "p", align: "right" },
          { title: "B is" },
        ],
        rows,
      },
      ...notes.map((text): ReportPart => ({ part: "text", text })),
    ],
  };
}

export function percentOf(level: number): number {
  return Number((level * 100).toPrecision(4));
}

export function between(low: number | null, high: number | null): string {
  return low === null || high === null ? "" : `${shortNumber(low)} to ${shortNumber(high)}`;
}

function nameOf(score: string, positive: string | null): string {
  return positive !== null && findScore(score)?.binaryOnly ? `${score} of ${positive}` : score;
}

function withInterval(
  value: number | null,
  of: readonly (ScoreInterval | AddedInterval)[],
  score: string,
): string {
  if (value === null) return "undefined";
  const found = of.find((each) => each.score === score);
  const limits = found && between(found.low, found.high);
  return limits ? `${shortNumber(value)} (${limits})` : shortNumber(value);
}
