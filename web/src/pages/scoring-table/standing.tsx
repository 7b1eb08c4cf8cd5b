import { Text, Tooltip } from "@mantine/core";
import type { Leaderboard } from "../../api/types.js";
import { PageLink } from "../../components/page-link.js";
import { showCount, showScore } from "../../components/show-cell.js";

type Row = Leaderboard["rows"][number];

/** The rank as it is said: a number, and = where others have it too. */
export function Rank({ row, rows }: { row: Row | undefined; rows: readonly Row[] }) {
  const isShared = row !== undefined && rows.filter(({ rank }) => rank === row.rank).length > 1;
  return (
    <Text span size="sm" c="dimmed" style={{ whiteSpace: "nowrap" }}>
      {row ? `${row.rank}${isShared ? " =" : "."}` : ""}
    </Text>
  );
}

/** Whether the samples tell an experiment from the best one, in words. */
export function Standing({
  row,
  scoreTitle,
  score,
  best,
}: {
  row: Row;
  scoreTitle: string;
  score: string;
  /** The prediction id of the best. */
  best: string | undefined;
}) {
  const { verdict, difference, p_corrected: p, margin, reason } = row;
  const explained =
    reason ??
    (difference && p !== null
      ? `${scoreTitle} differs from the best by ${showScore(difference.difference)}. If both were equally good, chance alone would give a difference this large with a probability of ${chance(p)}, corrected for how many were compared.`
      : "The best value on this test set.");
  const id = row.prediction_id;
  return (
    <>
      <Tooltip label={explained} multiline w={300} events={{ hover: true, focus: true, touch: true }}>
        <Text
          span
          size="xs"
          tabIndex={0}
          fw={verdict === "worse than the best" ? 400 : 600}
          c={colours[verdict]}
        >
          {verdict}
        </Text>
      </Tooltip>
      {best !== undefined && best !== id && (
        <PageLink
          to="/compare"
          search={{ id: [best, id], score, margin: margin ? String(margin.margin) : undefined }}
          size="xs"
          ml={6}
          aria-label={`compare ${id} with the best`}
        >
          compare
        </PageLink>
      )}
      {margin && (
        <Tooltip label={margin.summary} multiline w={300} events={{ hover: true, focus: true, touch: true }}>
          <Text size="xs" tabIndex={0} c="dimmed" w="fit-content">
            {marginText(margin)}
          </Text>
        </Tooltip>
      )}
    </>
  );
}

const colours = {
  best: "bright",
  "tied with the best": "bright",
  "worse than the best": "dimmed",
  "cannot be tested": "dimmed",
  "not judged": "dimmed",
} as const;

/** The conclusion for a table: equivalent within 0.02. */
function marginText({ margin, conclusion }: NonNullable<Row["margin"]>): string {
  switch (conclusion) {
    case "superior":
    case "inferior":
      return `${conclusion} by ${margin}`;
    case "cannot be tested":
      return `margin ${margin} ${conclusion}`;
    default:
      return `${conclusion} within ${margin}`;
  }
}

function chance(p: number): string {
  if (p < 0.001) return `less than 1 in ${showCount(1000)}`;
  return p.toFixed(p < 0.1 ? 3 : 2);
}
