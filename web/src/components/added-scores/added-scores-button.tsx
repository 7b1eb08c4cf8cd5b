import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { statusQuery } from "../../api/queries.js";
import { Dialog } from "../dialog.js";
import { AddedScoresPanel } from "./added-scores-panel.js";
import { useAddedScores } from "./use-added-scores.js";

/** Opens the scores that the project has beside those of every project. */
export function AddedScoresButton({ project, mb }: { project: string; mb?: number }) {
  const [isOpen, setOpen] = useState(false);
  const { length } = useAddedScores(project);
  const { data: status } = useQuery(statusQuery());
  if (length === 0 && status?.read_only !== false) return null;
  return (
    <>
      <Button
        size={mb === undefined ? "compact-sm" : "compact-xs"}
        variant="default"
        fw={400}
        {...(mb === undefined ? { mt: 4 } : { mb })}
        onClick={() => setOpen(true)}
      >
        {length === 0 ? "Add a score" : `Added scores: ${length}`}
      </Button>
      {isOpen && (
        <Dialog title="Scores of this project" size="lg" onClose={() => setOpen(false)}>
          <AddedScoresPanel project={project} />
        </Dialog>
      )}
    </>
  );
}
