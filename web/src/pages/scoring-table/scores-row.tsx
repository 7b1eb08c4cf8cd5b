import { Table, Text } from "@mantine/core";
import type { Leaderboard, ScoreInterval } from "../../api/types.js";
import { showPercent } from "../../charts/brief.js";
import { rangeOf } from "../../charts/range-of.js";
import { PageLink } from "../../components/page-link.js";
import { showScore } from "../../components/show-cell.js";
import { Whisker } from "../../components/whisker.js";
import type { ScoredExperiment, ScoreOnTestSet } from "./scored-experiments.js";
import { Rank, Standing } from "./standing.js";
import classes from "./test-set-table.module.css";

export interface ScoresRowProps {
  row: ScoredExperiment;
  /** All of the table. */
  rows: readonly ScoredExperiment[];
  scores: readonly ScoreOnTestSet[];
  ranked: ScoreOnTestSet | undefined;
  /** The class that precision, recall and F1 of all experiments are about, where it is one. */
  positive: string | undefined;
  board: Leaderboard | undefined;
  isJudging: boolean;
  intervals: ReadonlyMap<string, ReadonlyMap<string, ScoreInterval>>;
  /** Whether it is shown beside the table. */
  isShown: boolean;
  onOpen: (id: string) => void;
}

/** One experiment, its standing and its scores; a click anywhere shows it beside the table. */
export function ScoresRow({
  row,
  rows,
  scores,
  ranked,
  positive,
  board,
  intervals,
  ...props
}: ScoresRowProps) {
  const { id } = row;
  const standing = board?.rows.find((each) => each.prediction_id === id);
  return (
    <Table.Tr
      className={classes.row}
      aria-current={props.isShown}
      data-verdict={standing?.verdict}
      onClick={(event) => {
        // The row's own link opens it beside the table; what else stands in it leads elsewhere.
        const pressed = event.target instanceof Element ? event.target.closest("a, button") : null;
        if (pressed === null || pressed.hasAttribute("data-row-link")) props.onOpen(id);
      }}
    >
      <Table.Td className={classes.rank}>
        <Rank row={standing} rows={board?.rows ?? []} />
      </Table.Td>
      <Table.Td className={classes.sticky}>
        <PageLink
          to="/experiments/$id"
          params={{ id }}
          size="sm"
          fw={500}
          data-row-link
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) event.stopPropagation();
            else event.preventDefault();
          }}
        >
          {row.title}
        </PageLink>
        <Text size="xs" c="dimmed">
          {row.about}
          {row.positive !== null && positive === undefined ? ` · positive class ${row.positive}` : ""}
        </Text>
        {standing && ranked && (
          <Standing
            row={standing}
            scoreTitle={ranked.title}
            best={board?.rows[0]?.prediction_id}
            score={ranked.name}
          />
        )}
        {!standing && props.isJudging && (
          <Text size="xs" c="dimmed">
            judging …
          </Text>
        )}
      </Table.Td>
      {scores.map((score) => (
        <ScoreCell
          key={score.name}
          score={score}
          isRanked={score === ranked}
          value={row.scores.get(score.name) ?? null}
          interval={intervals.get(id)?.get(score.name)}
          domain={domainOf(
            rows.map((each) => each.scores.get(score.name) ?? null),
            rows.map((each) => intervals.get(each.id)?.get(score.name)),
          )}
        />
      ))}
    </Table.Tr>
  );
}

interface ScoreCellProps {
  score: ScoreOnTestSet;
  isRanked: boolean;
  value: number | null;
  interval: ScoreInterval | undefined;
  /** Of all values and intervals of the column. */
  domain: readonly [number, number];
}

function ScoreCell({ score, isRanked, value, interval, domain }: ScoreCellProps) {
  if (value === null) {
    return (
      <Table.Td ta="right" c="dimmed" title="undefined, or not logged">
        –
      </Table.Td>
    );
  }
  const best = score.statistics.best?.value === value;
  const { low = null, high = null } = interval ?? {};
  return (
    <Table.Td
      ta="right"
      fw={best || isRanked ? 700 : undefined}
      title={[String(value), intervalText(interval)].filter(Boolean).join(": ")}
      className={classes.score}
    >
      {best && (
        <span role="img" aria-label="best">
          ★
        </span>
      )}{" "}
      {showScore(value)}
      <Whisker
        value={value}
        low={low}
        high={high}
        domain={domain}
        label={low === null || high === null ? "no interval" : `from ${showScore(low)} to ${showScore(high)}`}
      />
    </Table.Td>
  );
}

function intervalText(interval: ScoreInterval | undefined): string | undefined {
  if (!interval) return undefined;
  const { low, high, level, method, reason } = interval;
  if (low === null || high === null) return `no interval: ${reason}`;
  return `on other samples from ${showScore(low)} to ${showScore(high)} (${showPercent(level)}, ${method})`;
}

/** One scale for a column, so that its whiskers can be compared. */
function domainOf(
  values: readonly (number | null)[],
  intervals: readonly (ScoreInterval | undefined)[],
): readonly [number, number] {
  const all = [...values, ...intervals.flatMap((each) => (each ? [each.low, each.high] : []))].filter(
    (each) => each !== null,
  );
  return all.length === 0 ? [0, 1] : rangeOf(all);
}
