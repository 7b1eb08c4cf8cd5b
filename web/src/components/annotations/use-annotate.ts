import { useQueryClient } from "@tanstack/react-query";

import { sendJson } from "../../api/send-json.js";
import type { Annotations } from "../../api/types.js";
import { useNotice } from "../notice.js";
import { useIsThere } from "../use-is-there.js";

/** What is said of experiments, without which ones. */
export type Said = Omit<Annotations, "prediction_ids">;

export type Annotate = (
  ids: readonly string[],
  said: Said,
  /** What to show when it is done, and how it is taken back. */
  done?: { text: string; undo?: Said; onUndone?: () => void },
) => Promise<boolean>;

/**
 * Says something of experiments, for everybody; the pages show it at once. What is refused is shown.
 * @returns whether it was written, and the component that asked is still on the page: what it would do next
 * must not happen to a page that was opened meanwhile
 */
export function useAnnotate(): Annotate {
  const client = useQueryClient();
  const isThere = useIsThere();
  const notify = useNotice();
  const write = async (ids: readonly string[], said: Said): Promise<boolean> => {
    try {
      await sendJson("/api/annotations", {}, { prediction_ids: [...ids], ...said });
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), isError: true });
      return false;
    }
    void client.invalidateQueries({ queryKey: ["store"] });
    return true;
  };
  return async (ids, said, done) => {
    const isWritten = await write(ids, said);
    if (isWritten && done) {
      const { text, undo, onUndone } = done;
      const takeBack = async (before: Said) => {
        if (await write(ids, before)) onUndone?.();
      };
      notify({ text, undo: undo && (() => void takeBack(undo)) });
    }
    return isWritten && isThere.current;
  };
}
