import { Alert, Button, List, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { leaderboardQuery } from "../../api/queries.js";
import type { Leaderboard } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageLink } from "../../components/page-link.js";
import { showCount } from "../../components/show-cell.js";

export interface LeaderboardNotesProps {
  board: Leaderboard;
  /** Of the query that the board is from. */
  parameters: Parameters<typeof leaderboardQuery>[1];
}

/**
 * What somebody should know before picking the first one; and, when asked, the samples in common with other
 * test sets.
 */
export function LeaderboardNotes({ board, parameters }: LeaderboardNotesProps) {
  const [asked, setAsked] = useState(false);
  const { data, error, isFetching } = useQuery({
    ...leaderboardQuery(board.project, { ...parameters, shared: "true" }),
    enabled: asked,
  });
  const best = board.rows.find(({ verdict }) => verdict === "best");
  return (
    <>
      {board.note && (
        <Alert variant="light" color="gray" p="xs" mt="sm">
          <Text size="sm">{board.note}</Text>
        </Alert>
      )}
      <Text size="xs" c="dimmed" mt="xs">
        {board.rows.length < board.experiments &&
          `The best ${board.rows.length} of ${showCount(board.experiments)} experiments are judged. `}
        {board.rows.length > 1 && `p-values are corrected by ${board.correction}.`}
      </Text>
      {board.other_test_sets.length > 0 && !data && (
        <Button variant="subtle" size="compact-sm" mt={4} loading={isFetching} onClick={() => setAsked(true)}>
          Samples that other test sets share
        </Button>
      )}
      {error && <ErrorBox error={error} />}
      {data && (
        <List size="sm" mt="xs">
          {data.other_test_sets.slice(0, 10).map((other) => (
            <List.Item key={other.test_set_digest}>
              Test set {other.test_set_digest.slice(0, 6)}:{" "}
              {other.shared_samples === null
                ? "whether it shares samples cannot be told from its ids"
                : `${showCount(other.shared_samples)} samples are in both`}
              {best && other.shared_samples !== null && other.shared_samples > 0 && (
                <>
                  {" · "}
                  <PageLink
                    size="sm"
                    to="/compare"
                    search={{ id: [best.prediction_id, other.best.prediction_id], shared: "true" }}
                  >
                    compare the best of either on those
                  </PageLink>
                </>
              )}
            </List.Item>
          ))}
        </List>
      )}
    </>
  );
}
