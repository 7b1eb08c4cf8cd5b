import { answerQuery, streamAnswer } from "./answer-query.js";
import type { ProjectTable, QueryOptions } from "./catalog.js";
import { columnNamed, findColumn } from "./columns/find-column.js";
import { completeFilter } from "./filter/completions.js";
import { columnsOf, type LiveCatalog, type TableOf } from "./live-catalog.js";
import { columnSummaries } from "./queries/column-summaries.js";
import { differingColumns } from "./queries/differing-columns.js";
import { distinctValues } from "./queries/distinct-values.js";
import { exportRows } from "./queries/export-rows.js";
import { groupRows } from "./queries/group-rows.js";

/** What can be asked of the experiments of a project and of its runs alike. */
export function projectTable(live: LiveCatalog, of: TableOf): ProjectTable {
  const columns = (project: string) => columnsOf(live, of, project);
  return {
    columns: (project, { signal } = {}) =>
      answerQuery(live, signal, (session) => columnSummaries(session, columns(project))),

    differingColumns: (project, { signal, filter } = {}) =>
      answerQuery(live, signal, (session) => differingColumns(session, columns(project), filter)),

    groups: (project, query) =>
      answerQuery(live, query.signal, (session) => groupRows(session, columns(project), query)),

    distinctValues: (project, column, query = {}) =>
      answerQuery(live, query.signal, (session) => distinctValues(session, columns(project), column, query)),

    completions: (project, text, cursor, { signal }: QueryOptions = {}) =>
      answerQuery(live, signal, (session) => {
        const known = columns(project);
        return completeFilter(text, cursor, {
          columns: known.all.map(({ info }) => info),
          find: ({ parts }) => {
            const found = findColumn(known, parts);
            return "unknown" in found ? undefined : found.info;
          },
          values: (column, prefix, limit) =>
            distinctValues(session, known, columnNamed(known, column.name).info.name, { prefix, limit }),
        });
      }),

    exportRows: (project, query = {}) =>
      streamAnswer(live, query.signal, (session) => exportRows(session, columns(project), query)),
  };
}
