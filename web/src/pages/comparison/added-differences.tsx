import { Paper, Title } from "@mantine/core";

import type { Comparison } from "../../api/types.js";
import { columnOf, meaningOf } from "../../components/added-scores/use-added-scores.js";
import { directionMark } from "../../components/positive-class.js";
import { ScoreName } from "../../components/score-name.js";
import { DifferenceRow, DifferenceTable } from "./difference-table.js";

/** The scores that the project has beside those of every project, of both; nothing where it has none. */
export function AddedDifferences({ comparison: { added } }: { comparison: Comparison }) {
  if (added.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="added-differences">
      <Title order={2} size="h5" id="added-differences" mb="xs">
        Scores of this project
      </Title>
      <DifferenceTable label="Scores of this project, of both">
        {added.map((each) => (
          <DifferenceRow key={each.score} difference={each} note={each.reason ?? each.method}>
            <ScoreName name={columnOf({ name: each.score })} title={each.score} meaning={meaningOf(each)}>
              {each.score} {directionMark(each)}
            </ScoreName>
          </DifferenceRow>
        ))}
      </DifferenceTable>
    </Paper>
  );
}
