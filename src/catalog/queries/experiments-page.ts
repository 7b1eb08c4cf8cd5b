import type { Session } from "../../duckdb/session.js";
import { experimentTitle } from "../../experiment/experiment-title.js";
import { innerParameters, modelInShort } from "../../experiment/model-in-short.js";
import type { TableQuery } from "../catalog.js";
import type { ExperimentsPage } from "../catalog-schema.js";
import type { ProjectColumns } from "../columns/project-columns.js";
import { tablePage } from "./table-page.js";

/** The columns that say what an experiment and its model are called. */
const names = ["name", "model", ...innerParameters.map((name) => `params.${name}`)];

/** One page of the experiments that a query selects. */
export async function experimentsPage(
  session: Session,
  columns: ProjectColumns,
  query: TableQuery,
): Promise<ExperimentsPage> {
  const { ids, naming, ...page } = await tablePage(session, columns, query, names);
  return {
    ...page,
    prediction_ids: ids,
    titles: ids.map((id, at) => experimentTitle(naming[at]?.get("name") as string | null, id)),
    models: naming.map((values) => {
      const inner = Object.fromEntries(innerParameters.map((name) => [name, values.get(`params.${name}`)]));
      return modelInShort(String(values.get("model")), inner);
    }),
  };
}
