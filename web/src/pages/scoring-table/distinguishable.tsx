import { Text } from "@mantine/core";

import type { Leaderboard } from "../../api/types.js";
import { showCount } from "../../components/show-cell.js";

/** How far the samples tell the experiments apart, where more than one shares the first place. */
export function Distinguishable({ board, title }: { board: Leaderboard; title: string }) {
  const text = inWords(board, title);
  return text === undefined ? null : (
    <Text size="sm" mb="xs" maw={900}>
      {text}
    </Text>
  );
}

/** @returns undefined where there is nothing to tell apart */
export function inWords(board: Leaderboard, title: string): string | undefined {
  const judged = board.rows.filter(({ verdict }) => verdict !== "not judged");
  const tied = judged.filter(({ verdict }) => verdict === "tied with the best");
  const worse = judged.filter(({ verdict }) => verdict === "worse than the best").length;
  if (judged.length < 2) return undefined;
  if (tied.length === 0)
    return worse === judged.length - 1 ? `The best by ${title} is told apart from all others.` : undefined;
  const together = tied.length + 1;
  const judgedOf = judged.length < board.experiments ? "judged" : "";
  const some =
    together === judged.length
      ? `All ${together} ${judgedOf}`.trim()
      : `The first ${together} of ${judged.length} ${judgedOf}`.trim();
  const parts = [
    `${some} cannot be told apart by ${title}: they are in the order of the score, but share the first place.`,
  ];
  const needed = detectable(tied);
  if (needed)
    parts.push(
      `${showCount(needed.n)} samples would show a difference of about ${Number(needed.difference.toPrecision(2))}; smaller ones take more samples.`,
    );
  return parts.join(" ");
}

/** The difference that these samples would show, in the middle of those that are tied. */
function detectable(tied: Leaderboard["rows"]): { n: number; difference: number } | undefined {
  const found = tied.flatMap(({ difference }) =>
    difference?.detectable ? [{ n: difference.n, difference: difference.detectable.difference }] : [],
  );
  found.sort((a, b) => a.difference - b.difference);
  return found[Math.floor(found.length / 2)];
}
