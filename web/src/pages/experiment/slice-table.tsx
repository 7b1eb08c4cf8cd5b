import { Anchor, Table, Text, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { scoresQuery } from "../../api/queries.js";
import type { SliceReport, SliceScore } from "../../api/types.js";
import { rangeOf } from "../../charts/range-of.js";
import { titleOf } from "../../components/positive-class.js";
import { showCount, showP, showScore } from "../../components/show-cell.js";
import { useAddress } from "../../components/use-search.js";
import { Whisker } from "../../components/whisker.js";
import { VerdictText } from "../comparison/verdict-text.js";
import classes from "./slice-table.module.css";

/** Every slice with its score beside that of all other samples; a slice opens its samples. */
export function SliceTable({ report }: { report: SliceReport }) {
  const { change } = useAddress();
  const { data: registry = [] } = useQuery(scoresQuery());
  const { slices, level, score, tried } = report;
  const percent = Number((level * 100).toPrecision(6));
  const known = registry.find(({ name }) => name === score);
  const title = known ? titleOf(known, report.positive_label) : score;
  const scale = scaleOf(slices);
  const method = slices[0]?.difference?.method;
  return (
    <>
      <Table.ScrollContainer minWidth={760} tabIndex={0} aria-label="Slices">
        <Table verticalSpacing={4} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Slice</Table.Th>
              <Table.Th ta="right">Samples</Table.Th>
              <Table.Th ta="right">{title}</Table.Th>
              <Table.Th ta="right">Elsewhere</Table.Th>
              <Table.Th className={classes.wide}>
                <Hint
                  text={`The dot is the slice's score, the line where it would lie on other samples of the same kind (${percent} %), the stroke the score of all other samples.`}
                >
                  Compared
                </Hint>
              </Table.Th>
              <Table.Th ta="right">
                <Hint
                  text={`How often a difference like this would turn up by luck, raised for the ${showCount(tried)} slices that were looked at. Below ${Number((1 - level).toPrecision(6))} counts as evidence.`}
                >
                  p corrected
                </Hint>
              </Table.Th>
              <Table.Th>It is</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {slices.map((slice) => (
              <Table.Tr key={slice.text}>
                <Table.Th scope="row" fw={500} className={classes.name}>
                  {slice.conditions.some(({ type }) => type === "other") ? (
                    slice.text
                  ) : (
                    <Anchor
                      component="button"
                      type="button"
                      ta="left"
                      fz="sm"
                      onClick={() => change({ slice: JSON.stringify(slice.conditions), offset: undefined })}
                    >
                      {slice.text}
                    </Anchor>
                  )}
                </Table.Th>
                <Table.Td ta="right">{showCount(slice.n)}</Table.Td>
                <Table.Td ta="right" title={String(slice.slice.value)}>
                  {showScore(slice.slice.value)}
                </Table.Td>
                <Table.Td ta="right" title={slice.rest ? String(slice.rest.value) : undefined}>
                  {slice.rest ? showScore(slice.rest.value) : "–"}
                </Table.Td>
                <Table.Td className={classes.wide}>
                  <SliceWhisker slice={slice} scale={scale} />
                </Table.Td>
                <Table.Td ta="right" title={slice.difference?.reason ?? undefined}>
                  {showP(slice.difference?.p_corrected ?? null)}
                </Table.Td>
                <Table.Td className={classes.whole}>
                  <VerdictText
                    verdict={slice.verdict}
                    size="sm"
                    fw={slice.verdict === "no evidence" ? 400 : 600}
                  >
                    {slice.verdict}
                  </VerdictText>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {method && (
        <Text size="xs" c="dimmed">
          Method: {method}; corrected by {report.correction === "holm" ? "Holm" : "Benjamini and Hochberg"}{" "}
          for {showCount(tried)} slices. Numbers are cut into {report.bins} groups of about equally many
          samples.
        </Text>
      )}
    </>
  );
}

function Hint({ text, children }: { text: string; children: string }) {
  return (
    <Tooltip label={text} multiline w={280} events={{ hover: true, focus: true, touch: true }}>
      <span tabIndex={0}>{children}</span>
    </Tooltip>
  );
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
