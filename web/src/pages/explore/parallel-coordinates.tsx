import { Group, Text } from "@mantine/core";
import { useMemo, useState } from "react";

import type { Experiments, Score } from "../../api/types.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { PageButton, PageLink } from "../../components/page-link.js";
import { showCount, showScore } from "../../components/show-cell.js";
import { type AxisRanges, type Line, linesWithin, parallelLines, parallelOption } from "./parallel-option.js";

const maxListed = 10;

/**
 * A line an experiment over an axis a parameter, coloured by the score; a range drawn on an axis chooses
 * experiments.
 */
export default function ParallelCoordinates({
  project,
  page,
  score,
  axes,
}: {
  project: string;
  page: Experiments;
  score: Score;
  axes: readonly string[];
}) {
  const [ranges, setRanges] = useState<AxisRanges>(new Map());
  const names = useMemo(() => [...axes, score.name], [axes.join("\0"), score.name]);
  const drawn = useMemo(() => parallelLines(page, names), [page, names]);
  const option = useMemo(() => parallelOption(drawn, score), [drawn, score]);
  const { lines } = drawn;
  const comparable = new Set(lines.map(({ testSet }) => testSet)).size < 2;
  const chosen = linesWithin(lines, ranges, score);
  return (
    <PlotFrame
      level={2}
      title="Parallel coordinates"
      meaning="A line is an experiment; its colour is the score. Drag along an axis to choose a range; click the axis to remove it."
      inWords={`${lines.length} experiments over ${axes.join(", ")} and ${score.title}.`}
      fileName={`${project}-parallel-${score.name}`.replace(/[^\w.-]+/g, "-")}
      chart={
        option && {
          option,
          height: 380,
          onAxisRange: (axis, range) =>
            setRanges((before) => {
              const next = new Map(before);
              if (range) next.set(axis, range);
              else next.delete(axis);
              return next;
            }),
        }
      }
      note={
        comparable
          ? undefined
          : "These are of several test sets, whose scores are not comparable: choose one to see which are best."
      }
      table={[
        ["prediction_id", "name", ...names],
        ...lines.map(({ id, name, cells }) => [
          id,
          name,
          ...cells.map((cell) => (typeof cell === "boolean" ? String(cell) : (cell ?? null))),
        ]),
      ]}
    >
      <Text size="sm" mt="xs" aria-live="polite">
        {ranges.size === 0
          ? `${showCount(lines.length)} experiments`
          : `${showCount(chosen.length)} of ${showCount(lines.length)} experiments chosen`}
        {comparable && chosen.length > 0 && "; the best:"}
      </Text>
      {comparable && <BestLines best={chosen.slice(0, maxListed)} />}
    </PlotFrame>
  );
}

function BestLines({ best }: { best: readonly Line[] }) {
  return (
    <Group gap="xs">
      {best.map(({ id, name, score }) => (
        <PageLink key={id} to="/experiments/$id" params={{ id }} size="sm">
          {name} ({showScore(score)})
        </PageLink>
      ))}
      {best.length > 1 && (
        <PageButton
          to="/compare"
          search={{ id: best.map(({ id }) => id) }}
          size="compact-xs"
          variant="default"
        >
          Compare these
        </PageButton>
      )}
    </Group>
  );
}
