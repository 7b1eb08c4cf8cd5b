import { useQuery, useQueryClient } from "@tanstack/react-query";

import { addedScoresQuery } from "../../api/queries.js";
import { sendJson } from "../../api/send-json.js";
import type { AddedScore, ChangeAddedScore, Score } from "../../api/types.js";
import { useNotice } from "../notice.js";

/** The scores that a project has beside those of every project, by name. */
export function useAddedScores(project: string): readonly AddedScore[] {
  return useQuery(addedScoresQuery(project)).data ?? [];
}

/** The name of an added score's column in the project's table. */
export function columnOf({ name }: Pick<AddedScore, "name">): string {
  return `added.${name}`;
}

/** What a score is, in a few words. */
export function meaningOf({ definition, expression }: Pick<AddedScore, "definition" | "expression">): string {
  return definition === null
    ? `Added to this project: ${expression}`
    : `Added to this project: ${definition}.`;
}

/** An added score where tables take those of every project. */
export function asScore(added: AddedScore): Score {
  const { name, kind, direction } = added;
  return {
    name: columnOf(added),
    title: name,
    kind,
    direction,
    needs_score: false,
    headline: false,
    binary_only: false,
    min: null,
    max: null,
    best: direction === "zero" ? 0 : direction === "higher" ? Infinity : -Infinity,
    meaning: meaningOf(added),
  };
}

/** Adds, replaces or removes a score, for everybody. @returns whether that was done */
export function useChangeAddedScore(project: string): (change: ChangeAddedScore) => Promise<boolean> {
  const client = useQueryClient();
  const notify = useNotice();
  return async (change) => {
    try {
      await sendJson("/api/projects/{project}/added-scores", { project }, change);
      return true;
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), isError: true });
      return false;
    } finally {
      await client.invalidateQueries({ queryKey: ["store"] });
    }
  };
}
