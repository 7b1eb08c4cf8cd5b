import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { useRef } from "react";

import { experimentQuery, loggedModelQuery, runQuery } from "../../api/queries.js";

/**
 * The project that is looked at: the address's own, that of its experiment, run or logged model, or, on a page
 * of none, the last one.
 */
export function useCurrentProject(): string | undefined {
  const { project, id, run, logged } = useParams({ strict: false });
  const { id: compared } = useSearch({ strict: false });
  const experiment = id ?? compared?.[0];
  const { data } = useQuery({ ...experimentQuery(experiment ?? ""), enabled: experiment !== undefined });
  const { data: ofRun } = useQuery({ ...runQuery(run ?? ""), enabled: run !== undefined });
  const { data: ofModel } = useQuery({ ...loggedModelQuery(logged ?? ""), enabled: logged !== undefined });
  const last = useRef<string>(undefined);
  const current = project ?? data?.project ?? ofRun?.project ?? ofModel?.project;
  if (current !== undefined) last.current = current;
  return current ?? last.current;
}
