import { Switch } from "@mantine/core";
import { useMemo } from "react";

import type { Experiments, Score } from "../../api/types.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { exploreRoute, useExploreAddress } from "./address.js";
import {
  byTestSet,
  experimentPoints,
  type Parameter,
  scatterOption,
  withinColours,
} from "./scatter-option.js";

/** A point an experiment; a colour a test set, whose scores alone may be compared. */
export default function ScoreAgainstParameter({
  project,
  page,
  score,
  parameter,
}: {
  project: string;
  page: Experiments;
  score: Score;
  parameter: Parameter;
}) {
  const { search, change } = useExploreAddress();
  const navigate = exploreRoute.useNavigate();
  const points = useMemo(() => experimentPoints(page, score, parameter), [page, score, parameter]);
  const canBeLog =
    parameter.type === "number" &&
    points.length > 0 &&
    points.every(({ x }) => typeof x === "number" && x > 0);
  const isLog = canBeLog && search.log === "1";
  const sets = useMemo(() => byTestSet(points), [points]);
  const drawn = useMemo(() => withinColours(sets), [sets]);
  const option = useMemo(
    () => scatterOption(drawn, { score, parameter, isLog }),
    [drawn, score, parameter, isLog],
  );
  return (
    <PlotFrame
      level={2}
      title={`${score.title} against ${parameter.name}`}
      meaning={`A point is an experiment and opens it. ${score.direction === "higher" ? "Higher" : score.direction === "lower" ? "Lower" : "Nearer to 0"} is better, among points of one colour: scores on different test sets are not comparable.`}
      inWords={`${points.length} experiments on ${sets.length} test sets have both ${parameter.name} and ${score.title}.`}
      fileName={`${project}-${score.name}-${parameter.name}`.replace(/[^\w.-]+/g, "-")}
      controls={
        canBeLog && (
          <Switch
            size="xs"
            label="Logarithmic"
            checked={isLog}
            onChange={(event) => change({ log: event.currentTarget.checked ? "1" : undefined })}
          />
        )
      }
      chart={{
        option,
        height: 380,
        onClick: ({ seriesIndex, dataIndex }) => {
          const point = drawn[seriesIndex]?.points[dataIndex];
          if (point) void navigate({ to: "/experiments/$id", params: { id: point.id } });
        },
      }}
      note={
        points.length < page.rows.length
          ? `${page.rows.length - points.length} experiments without ${parameter.name} or ${score.title} are not drawn.`
          : undefined
      }
      table={[
        ["prediction_id", "name", "test_set", parameter.name, score.name],
        ...points.map(({ id, name, testSet, x, y }) => [id, name, testSet, x, y]),
      ]}
    />
  );
}
