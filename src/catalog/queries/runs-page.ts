import type { Session } from "../../duckdb/session.js";
import { experimentTitle } from "../../experiment/experiment-title.js";
import type { TableQuery } from "../catalog.js";
import type { RunsPage } from "../catalog-schema.js";
import type { ProjectColumns } from "../columns/project-columns.js";
import { tablePage } from "./table-page.js";

/** One page of the runs that a query selects. */
export async function runsPage(
  session: Session,
  columns: ProjectColumns,
  query: TableQuery,
): Promise<RunsPage> {
  const { ids, naming, ...page } = await tablePage(session, columns, query, ["name"]);
  return {
    ...page,
    run_ids: ids,
    titles: ids.map((id, at) => experimentTitle(naming[at]?.get("name") as string | null, id)),
  };
}
