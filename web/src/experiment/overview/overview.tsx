import { Stack, Text } from "@mantine/core";

import type { Experiment } from "../../api/types.js";
import { shortName } from "../../components/short-name.js";
import { AllScores } from "./all-scores.js";
import { Remarks } from "./remarks.js";
import { ScoreCards } from "./score-cards.js";

/** How good the experiment is, and what a reader must know before trusting that. */
export function Overview({ experiment }: { experiment: Experiment }) {
  return (
    <Stack gap="sm">
      <Remarks experiment={experiment} />
      {experiment.positive_label !== null && (
        <Text size="sm">
          Precision, recall and F1 are about the positive class,{" "}
          <b title={experiment.positive_label}>{shortName(experiment.positive_label)}</b>.
        </Text>
      )}
      <ScoreCards experiment={experiment} />
      <AllScores experiment={experiment} />
    </Stack>
  );
}
