import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { ApiError } from "../api/fetch-json.js";
import { experimentsQuery, runsQuery } from "../api/queries.js";
import { isFilterError } from "./is-filter-error.js";

/**
 * The filter that a page shows: the one of its address, or, while that cannot be understood, the last one
 * that could, so that a mistake never empties a table.
 * @returns error: what is wrong with the address's filter
 */
export function useGoodFilter(
  project: string,
  filter: string | undefined,
  of: "experiments" | "runs" = "experiments",
): { filter: string | undefined; error: ApiError | undefined } {
  const [good, setGood] = useState<{ project: string; filter: string | undefined }>();
  const parameters = { filter, column: ["name"], limit: 1 };
  const experiments = useQuery({
    ...experimentsQuery(project, parameters),
    enabled: filter !== undefined && of === "experiments",
  });
  const runs = useQuery({
    ...runsQuery(project, parameters),
    enabled: filter !== undefined && of === "runs",
  });
  const asked = of === "runs" ? runs : experiments;
  const isUnderstood = filter === undefined || (asked.isSuccess && !asked.isPlaceholderData);
  useEffect(() => {
    if (isUnderstood) setGood({ project, filter });
  }, [isUnderstood, project, filter]);
  const error = isFilterError(asked.error) ? asked.error : undefined;
  if (!error) return { filter, error };
  return { filter: good?.project === project ? good.filter : undefined, error };
}
