import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { scoresQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";

/** What a reader must know before trusting the figures. */
export function Remarks({ experiment }: { experiment: Experiment }) {
  const { data: registry = [] } = useQuery(scoresQuery());
  const remarks: string[] = [];
  const hasScores = "log_loss" in experiment.scores || "brier_score" in experiment.scores;
  const blank = registry.filter(
    ({ name, kind, binary_only: binaryOnly, needs_score: needsScore }) =>
      kind === experiment.kind && !(name in experiment.scores) && !binaryOnly && (!needsScore || hasScores),
  );
  if (blank.length > 0) {
    remarks.push(
      `Undefined on this test set, and so left blank: ${blank.map(({ title }) => title).join(", ")}.`,
    );
  }
  if (experiment.test_set_size !== experiment.samples) {
    remarks.push(
      `The test set has ${experiment.test_set_size} ids but there are ${experiment.samples} predictions: the samples carry no ids.`,
    );
  }
  if (experiment.git_dirty)
    remarks.push("The code had changes that are in no commit: the commit alone does not reproduce it.");
  if (remarks.length === 0) return null;
  return (
    <Alert variant="light" color="orange" p="xs" title="Keep in mind">
      {remarks.map((remark) => (
        <div key={remark}>{remark}</div>
      ))}
    </Alert>
  );
}
