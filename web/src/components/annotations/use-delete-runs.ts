import { useQueryClient } from "@tanstack/react-query";

import { sendJson } from "../../api/send-json.js";
import { useNotice } from "../notice.js";

/** Puts a run into the trash, or takes it out of it; it can be taken back. @returns whether it was written */
export function useDeleteRun(): (id: string, title: string, deleted: boolean) => Promise<boolean> {
  const client = useQueryClient();
  const notify = useNotice();
  const write = async (id: string, deleted: boolean): Promise<boolean> => {
    try {
      await sendJson("/api/runs/deleted", {}, { run_ids: [id], deleted });
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), isError: true });
      return false;
    }
    void client.invalidateQueries({ queryKey: ["store"] });
    return true;
  };
  return async (id, title, deleted) => {
    if (!(await write(id, deleted))) return false;
    const text = deleted ? `${title} is in the trash` : `${title} is back`;
    notify({ text, undo: () => void write(id, !deleted) });
    return true;
  };
}
