import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { scoresQuery } from "../api/queries.js";
import type { SliceReport, SliceScore } from "../api/types.js";
import { shortNumber, showPercent } from "../charts/brief.js";
import { rangeOf } from "../charts/range-of.js";
import { titleOf } from "../components/positive-class.js";
import { showCount, showScore } from "../components/show-cell.js";
import { correctionName, Hint, type SliceRow, SliceRows } from "../components/slice-rows.js";
import { Whisker } from "../components/whisker.js";
import { useExperimentAddress } from "./address.js";

/** Every slice with its score beside that of all other samples; a slice opens its samples. */
export function SliceTable({ report }: { report: SliceReport }) {
  const { change } = useExperimentAddress();
  const { data: registry = [] } = useQuery(scoresQuery());
  const { slices, level, score, tried } = report;
  const known = registry.find(({ name }) => name === score);
  const scale = scaleOf(slices);
  const method = slices[0]?.difference?.method;
  return (
    <>
      <SliceRows
        label="Slices"
        heads={{
          values: [known ? titleOf(known, report.positive_label) : score, "Other samples"],
          whisker: (
            <Hint
              text={`The dot is the slice's score, the line its ${showPercent(level)} interval, the stroke the score of all other samples.`}
            >
              Compared
            </Hint>
          ),
          p: (
            <Hint
              text={`How often chance alone gives a difference this large, corrected for the ${showCount(tried)} slices that were compared. Below ${shortNumber(1 - level, 6)} counts as evidence.`}
            >
              p corrected
            </Hint>
          ),
          verdict: "Verdict",
        }}
        rows={slices.map((slice) =>
          rowOf(slice, scale, () => change({ slice: JSON.stringify(slice.conditions), offset: undefined })),
        )}
      />
      {method && (
        <Text size="xs" c="dimmed">
          Method: {method}; corrected by {correctionName(report.correction)} for {showCount(tried)} slices.
          Numbers are cut into {report.bins} groups of about equally many samples.
        </Text>
      )}
    </>
  );
}

function rowOf(slice: SliceScore, scale: Scale, open: () => void): SliceRow {
  const { text, n, rest, difference, verdict } = slice;
  const { value } = slice.slice;
  return {
    text,
    name: slice.conditions.some(({ type }) => type === "other") ? (
      text
    ) : (
      <Anchor component="button" type="button" ta="left" fz="sm" onClick={open} lineClamp={2} title={text}>
        {text}
      </Anchor>
    ),
    samples: n,
    values: [
      { shown: showScore(value), exact: String(value) },
      { shown: rest ? showScore(rest.value) : "–", exact: rest ? String(rest.value) : undefined },
    ],
    whisker: <SliceWhisker slice={slice} scale={scale} />,
    p: difference?.p_corrected ?? null,
    reason: difference?.reason ?? undefined,
    verdict,
  };
}

interface Scale {
  least: number;
  greatest: number;
}

/** From the least to the greatest of all that is drawn, so that the lines compare. */
function scaleOf(slices: readonly SliceScore[]): Scale {
  const ends = slices.flatMap(({ slice, rest }) => [
    slice.value,
    slice.low ?? slice.value,
    slice.high ?? slice.value,
    rest?.value ?? slice.value,
  ]);
  const [least, greatest] = rangeOf(ends);
  return { least, greatest };
}

function SliceWhisker({ slice: { slice, rest, verdict }, scale }: { slice: SliceScore; scale: Scale }) {
  const margin = (scale.greatest - scale.least) * 0.02;
  return (
    <Whisker
      value={slice.value}
      low={slice.low}
      high={slice.high}
      domain={[scale.least - margin, scale.greatest + margin]}
      mark={rest?.value}
      verdict={verdict}
      label={`${showScore(slice.value)}${slice.low === null || slice.high === null ? "" : `, between ${showScore(slice.low)} and ${showScore(slice.high)}`}${rest ? `; elsewhere ${showScore(rest.value)}` : ""}`}
    />
  );
}
