import { Stack } from "@mantine/core";

import type { Experiment } from "../../api/types.js";
import { PositiveNote } from "../../components/positive-class.js";
import { WeightedNote } from "../../components/weighted-note.js";
import { AddedScores } from "./added-scores.js";
import { AllScores } from "./all-scores.js";
import { AnotherNumber } from "./another-number.js";
import { Remarks } from "./remarks.js";
import { ScoreCards } from "./score-cards.js";

/** How good the experiment is, and what a reader must know before trusting that. */
export function Overview({ experiment }: { experiment: Experiment }) {
  return (
    <Stack gap="sm">
      <Remarks experiment={experiment} />
      <WeightedNote experiment={experiment} />
      <PositiveNote labels={[experiment.positive_label]} />
      <ScoreCards experiment={experiment} />
      <AddedScores experiment={experiment} />
      <AllScores experiment={experiment} />
      <AnotherNumber id={experiment.prediction_id} runId={experiment.run_id} />
    </Stack>
  );
}
