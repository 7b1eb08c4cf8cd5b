import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { sendJson } from "../../api/send-json.js";
import type { Annotations } from "../../api/types.js";
import { type Notice, useNotice } from "../notice.js";

/** What is said of experiments, without which ones. */
export type Said = Omit<Annotations, "prediction_ids">;

export type Annotate = (
  ids: readonly string[],
  said: Said,
  /** What to show when it is done, and how it is taken back. */
  done?: { text: string; undo?: Said },
) => Promise<boolean>;

/**
 * Says something of experiments, for everybody; the pages show it at once. What is refused is shown.
 * @returns whether it was written, and the component that asked is still on the page: what it would do next
 * must not happen to a page that was opened meanwhile
 */
export function useAnnotate(): Annotate {
  const client = useQueryClient();
  const isThere = useRef(false);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
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
      const { undo } = done;
      const notice: Notice = { text: done.text, undo: undo && (() => void write(ids, undo)) };
      notify(notice);
    }
    return isWritten && isThere.current;
  };
}
