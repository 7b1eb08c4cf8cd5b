import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";

import { sendJson } from "../../api/send-json.js";
import type { Score } from "../../api/types.js";
import { useNotice } from "../../components/notice.js";

/** Makes a score the one that the project is ranked by, everywhere and for everybody. */
export function PrimaryScoreButton({ project, score }: { project: string; score: Score }) {
  const client = useQueryClient();
  const notify = useNotice();
  const set = async () => {
    try {
      await sendJson("/api/projects/{project}/primary-score", { project }, { score: score.name });
      notify({ text: `${project} is ranked by ${score.title} from now on` });
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), isError: true });
    }
    await client.invalidateQueries({ queryKey: ["store"] });
  };
  return (
    <Button size="compact-xs" variant="default" mb={6} onClick={() => void set()}>
      Make it the primary score
    </Button>
  );
}
